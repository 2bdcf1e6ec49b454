#include "ui/panels/expiration_strip.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int gap = 6, margin = Theme::unit, chipHeight = 23;
}

ExpirationStrip::ExpirationStrip(QWidget* parent) : QWidget(parent), m_more(new QToolButton(this))
{
    m_more->setObjectName(QStringLiteral("more_expirations"));
    m_more->setProperty("kind", QStringLiteral("chip"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_more->setAccessibleName(tr("More expirations"));
    connect(m_more->menu(), &QMenu::aboutToShow, this, &ExpirationStrip::fillMenu);
    m_more->hide();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QString ExpirationStrip::chipText(const desk::ExpirationTab& tab, const std::string& underlying)
{
    QString text = tab.isOver
                       ? tr("%1 · expired", "expiration").arg(shortDateText(tab.date))
                       : tr("%1 · %2d", "expiration and days left").arg(shortDateText(tab.date)).arg(tab.daysLeft);
    if (tab.root != underlying)
        text += QLatin1Char(' ') + QString::fromStdString(tab.root);
    if (tab.settlement == market::Settlement::AM)
        text += QLatin1Char(' ') + tr("AM");
    return text;
}

void ExpirationStrip::setTabs(const std::vector<desk::ExpirationTab>& tabs, const std::string& underlying)
{
    qDeleteAll(m_chips);
    m_chips.clear();
    m_isOver.clear();
    for (std::size_t tab = 0; tab < tabs.size(); ++tab) {
        auto* const chip = new QPushButton(chipText(tabs[tab], underlying), this);
        chip->setProperty("kind", QStringLiteral("chip"));
        chip->setObjectName(QStringLiteral("expiration_%1").arg(tab));
        chip->setCheckable(true);
        chip->installEventFilter(this);
        m_isOver.push_back(tabs[tab].isOver);
        connect(chip, &QPushButton::clicked, this, [this, tab] {
            setSelected(tab);
            Q_EMIT chosen(tab);
        });
        m_chips.push_back(chip);
    }
    if (m_selected >= m_chips.size())
        m_selected = 0;
    arrange();
}

void ExpirationStrip::setChain(std::shared_ptr<const desk::ChainView> chain)
{
    m_chain = std::move(chain);
}

QString ExpirationStrip::chipHelp(const desk::ExpirationTab& tab)
{
    QString help = QStringLiteral("%1 %2").arg(QString::fromStdString(tab.root), dateText(tab.date));
    if (tab.isOver)
        help += QLatin1Char('\n') + tr("Its options trade no more.");
    else if (std::isfinite(tab.expectedMove))
        help += QLatin1Char('\n') +
                tr("expected move ±%1: one standard deviation, by the fitted surface").arg(number(tab.expectedMove, 2));
    return help;
}

bool ExpirationStrip::eventFilter(QObject* watched, QEvent* event)
{
    // Moves change all the time and are read now and then: the words are made when they are asked for.
    const auto chip = std::ranges::find(m_chips, watched);
    if (event->type() != QEvent::ToolTip || chip == m_chips.end())
        return QWidget::eventFilter(watched, event);
    const auto tab = static_cast<std::size_t>(chip - m_chips.begin());
    if (m_chain && tab < m_chain->tabs.size())
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), chipHelp(m_chain->tabs[tab]), *chip);
    return true;
}

void ExpirationStrip::setSelected(std::size_t tab)
{
    m_selected = tab;
    for (std::size_t chip = 0; chip < m_chips.size(); ++chip)
        m_chips[chip]->setChecked(chip == tab);
    arrange();
}

void ExpirationStrip::arrange()
{
    // The selected chip always has its place; the others follow in order as far as there is room. What has expired waits in
    // the menu.
    const auto widthOf = [this](std::size_t chip) { return m_chips[chip]->sizeHint().width() + gap; };
    int all = 2 * margin - gap;
    bool hasMenu = false;
    for (std::size_t chip = 0; chip < m_chips.size(); ++chip) {
        all += isInMenu(chip) ? 0 : widthOf(chip);
        hasMenu |= isInMenu(chip);
    }
    m_more->setText(QStringLiteral("+%1 ▾").arg(m_chips.size()));
    if (hasMenu)
        all += gap + m_more->sizeHint().width();
    const bool isTight = all > width();
    const int moreWidth = m_more->sizeHint().width();
    int room = width() - 2 * margin - (isTight ? moreWidth : 0);
    if (isTight && m_selected < m_chips.size())
        room -= widthOf(m_selected);

    int x = margin, hidden = 0;
    bool isFull = false;
    for (std::size_t chip = 0; chip < m_chips.size(); ++chip) {
        const bool isSelected = chip == m_selected;
        if (isInMenu(chip)) {
            m_chips[chip]->hide();
            ++hidden;
            continue;
        }
        if (isTight && !isSelected) {
            isFull |= room < widthOf(chip);
            if (isFull) {
                m_chips[chip]->hide();
                ++hidden;
                continue;
            }
            room -= widthOf(chip);
        }
        m_chips[chip]->setGeometry(x, (height() - chipHeight) / 2, widthOf(chip) - gap, chipHeight);
        m_chips[chip]->show();
        x += widthOf(chip);
    }
    m_more->setVisible(hidden > 0);
    m_more->setText(QStringLiteral("+%1 ▾").arg(hidden));
    m_more->setGeometry(x, (height() - chipHeight) / 2, moreWidth, chipHeight);
}

void ExpirationStrip::fillMenu()
{
    QMenu& menu = *m_more->menu();
    menu.clear();
    for (std::size_t tab = 0; tab < m_chips.size(); ++tab) {
        if (!m_chips[tab]->isHidden())
            continue;
        menu.addAction(m_chips[tab]->text(), this, [this, tab] {
            setSelected(tab);
            Q_EMIT chosen(tab);
        });
    }
}

QSize ExpirationStrip::sizeHint() const
{
    return {400, chipHeight + 2 * Theme::unit};
}

QSize ExpirationStrip::minimumSizeHint() const
{
    return {160, chipHeight + 2 * Theme::unit};
}

void ExpirationStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ExpirationStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        arrange();
}

} // namespace vegadesk::ui
