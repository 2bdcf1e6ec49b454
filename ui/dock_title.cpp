#include "ui/dock_title.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace vegadesk::ui
{

namespace
{
constexpr int titleHeight = 31;
}

DockTitle::DockTitle(QDockWidget* dock, ui::Panel* panel)
    : QFrame(dock), m_dock(dock), m_title(new QLabel(dock->windowTitle()))
{
    setProperty("kind", QStringLiteral("title"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(Theme::unit + 2, 0, Theme::unit / 2, 0);
    layout->setSpacing(Theme::unit);
    m_title->setProperty("tone", QStringLiteral("strong"));
    layout->addWidget(m_title);
    QWidget* const extras = panel->titleExtras();
    if (extras) {
        layout->addSpacing(Theme::unit);
        layout->addWidget(extras, 1);
        m_title->setVisible(!extras->property("replacesTitle").toBool());
    } else {
        layout->addStretch(1);
    }

    const auto addButton = [&](const QString& text, const QString& help) {
        auto* const button = new QToolButton;
        button->setText(text);
        button->setToolTip(help);
        button->setAccessibleName(help);
        button->setProperty("kind", QStringLiteral("flat"));
        button->setFocusPolicy(Qt::NoFocus); // the menu and the palette do the same by keyboard
        button->setFixedWidth(20);
        layout->addWidget(button);
        return button;
    };
    auto* const floating = addButton(QStringLiteral("◱"), tr("Float or dock this panel"));
    auto* const closing = addButton(QStringLiteral("×"), tr("Close this panel"));
    connect(floating, &QToolButton::clicked, dock, [dock] { dock->setFloating(!dock->isFloating()); });
    connect(closing, &QToolButton::clicked, dock, &QDockWidget::close);
}

void DockTitle::setFolded(bool isFolded)
{
    if (isFolded == m_isFolded)
        return;
    m_isFolded = isFolded;
    setMaximumHeight(isFolded ? 0 : QWIDGETSIZE_MAX);
    updateGeometry();
}

QSize DockTitle::sizeHint() const
{
    return {QFrame::sizeHint().width(), m_isFolded ? 0 : titleHeight};
}

QSize DockTitle::minimumSizeHint() const
{
    return {std::min(120, QFrame::minimumSizeHint().width()), m_isFolded ? 0 : titleHeight};
}

} // namespace vegadesk::ui
