#include "ui/workspace_switch.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace vegadesk::ui
{

WorkspaceSwitch::WorkspaceSwitch(const Workspaces& workspaces, QWidget* parent)
    : QWidget(parent), m_workspaces(workspaces), m_menuButton(new QToolButton(this)), m_menu(new QMenu(m_menuButton))
{
    setObjectName(QStringLiteral("workspace_switch"));
    setAccessibleName(tr("Workspace"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->setSizeConstraint(QLayout::SetNoConstraint); // the buttons go before the window grows for them
    int number = 0;
    for (const ShippedWorkspace& each : shippedWorkspaces()) {
        auto* const button = new QPushButton(QCoreApplication::translate("Workspaces", each.title), this);
        button->setObjectName(QStringLiteral("workspace_") + QLatin1String(each.id));
        button->setProperty("kind", QStringLiteral("segment"));
        button->setProperty("dense", true);
        button->setCheckable(true);
        button->setToolTip(QCoreApplication::translate("Workspaces", each.about) +
                           QStringLiteral(" (Ctrl+%1)").arg(++number));
        // A click only asks; what is checked follows the window.
        connect(button, &QPushButton::clicked, this, [this, id = QString::fromLatin1(each.id)] {
            showCurrent();
            Q_EMIT asked(id);
        });
        row->addWidget(button);
        m_buttons.push_back(button);
    }
    m_menuButton->setObjectName(QStringLiteral("workspace_menu"));
    m_menuButton->setProperty("kind", QStringLiteral("flat"));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setMenu(m_menu);
    m_menuButton->setToolTip(tr("Workspaces: save, rename, reset"));
    row->addWidget(m_menuButton);
    connect(&m_workspaces, &Workspaces::changed, this, &WorkspaceSwitch::showCurrent);
    showCurrent();
}

void WorkspaceSwitch::showCurrent()
{
    const Workspaces::Entry& current = m_workspaces.current();
    for (std::size_t index = 0; index < m_buttons.size(); ++index) {
        m_buttons[index]->setChecked(!current.isOwn && index == static_cast<std::size_t>(current.shipped));
        m_buttons[index]->setVisible(!m_isFolded);
    }
    const bool isNamed = m_isFolded || current.isOwn;
    m_menuButton->setText(isNamed ? current.title + QStringLiteral(" ▾") : QStringLiteral("▾"));
    m_menuButton->setAccessibleName(tr("Workspace %1").arg(current.title));
    updateGeometry();
}

int WorkspaceSwitch::rowWidth() const
{
    int width = m_menuButton->sizeHint().width();
    for (const QPushButton* const button : m_buttons)
        width += button->sizeHint().width();
    return width;
}

QSize WorkspaceSwitch::sizeHint() const
{
    return {rowWidth(), std::max(m_buttons.front()->sizeHint().height(), m_menuButton->sizeHint().height())};
}

QSize WorkspaceSwitch::minimumSizeHint() const
{
    // As if folded: the longest name is not asked for, since it can be read in the menu.
    return {m_menuButton->sizeHint().width(), sizeHint().height()};
}

void WorkspaceSwitch::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isFolded = width() < rowWidth();
    if (isFolded == m_isFolded)
        return;
    m_isFolded = isFolded;
    showCurrent();
}

void WorkspaceSwitch::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace vegadesk::ui
