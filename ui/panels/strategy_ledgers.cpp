#include "ui/panels/strategy_ledgers.h"

#include "ui/models/words.h"
#include "ui/panels/hedge_ledger.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{

QString whoseAreKept()
{
    return StrategyLedgers::tr(
               "A ledger begins with a trade's first fill; of closed trades the last %1 of all strategies "
               "keep theirs until the program ends.")
        .arg(number(static_cast<double>(desk::closedLedgersKept), 0));
}

} // namespace

StrategyLedgers::StrategyLedgers(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_choice(new QComboBox(this)),
      m_ledger(
          new HedgeLedgerTable(theme, HedgeLedgerModel::Order::NewestFirst, QStringLiteral("strategy_ledger"), this))
{
    m_choice->setObjectName(QStringLiteral("strategy_ledger_trade"));
    m_choice->setAccessibleName(tr("trade"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // a dock may be narrow
    m_ledger->table().setMinimumHeight(16 * Theme::unit);                            // below that the page scrolls

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_choice);
    column->addWidget(m_ledger, 1);
    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { choose(m_shown[static_cast<std::size_t>(index)].group); });
    setRow(nullptr, {});
}

void StrategyLedgers::setRow(const desk::StrategyRow* row, const std::vector<desk::LiveLedger>& ledgers)
{
    const std::string strategy = row ? row->strategy : std::string(),
                      underlying = row ? row->underlying : std::string();
    if (strategy != m_strategy || underlying != m_underlying)
        m_group.clear();
    m_strategy = strategy;
    m_underlying = underlying;
    if (!row)
        m_whyNone = tr("No strategy is chosen.");
    else if (!row->hedgesWithShares)
        m_whyNone = tr("%1 does not hedge with shares: its trades have no hedge ledger.").arg(text(row->title));
    else if (row->trades.empty())
        m_whyNone = tr("It has not traded yet.") + u' ' + whoseAreKept();
    else
        m_whyNone = tr("None of its trades has a ledger.") + u' ' + whoseAreKept();
    m_shown.clear();
    for (const desk::StrategyTrade& trade : row ? row->trades : std::vector<desk::StrategyTrade>()) {
        const auto ledger = std::ranges::find(ledgers, trade.group, &desk::LiveLedger::group);
        if (ledger == ledgers.end())
            continue;
        const QString opened = newYorkText(trade.openedAt, tr("d MMM yy HH:mm", "date format"));
        m_shown.push_back({trade.group,
                           (trade.isOpen ? tr("%1: %2, open", "when, trade") : tr("%1: %2, closed", "when, trade"))
                               .arg(opened, text(trade.title)),
                           ledger->ledger});
    }
    if (m_group.empty() && !m_shown.empty())
        m_group = m_shown.front().group;
    drawChoice();
    draw();
}

void StrategyLedgers::choose(const std::string& group)
{
    m_group = group;
    drawChoice();
    draw();
}

void StrategyLedgers::drawChoice()
{
    const QSignalBlocker quiet(m_choice);
    const int count = static_cast<int>(m_shown.size());
    while (m_choice->count() > count)
        m_choice->removeItem(count);
    for (int index = 0; index < count; ++index) {
        const QString& title = m_shown[static_cast<std::size_t>(index)].title;
        if (index == m_choice->count())
            m_choice->addItem(title);
        else if (m_choice->itemText(index) != title)
            m_choice->setItemText(index, title);
    }
    const auto shown = std::ranges::find(m_shown, m_group, &Shown::group);
    m_choice->setCurrentIndex(shown == m_shown.end() ? -1 : static_cast<int>(shown - m_shown.begin()));
    m_choice->setVisible(count > 0);
}

void StrategyLedgers::draw()
{
    const auto shown = std::ranges::find(m_shown, m_group, &Shown::group);
    if (shown != m_shown.end() && shown->ledger)
        return m_ledger->setLedger(shown->ledger);
    if (shown != m_shown.end())
        return m_ledger->setEmpty(
            tr("This trade was open when the program was started. Its ledger begins as soon as the "
               "marks of all that it holds are known, while the market is open."));
    m_ledger->setEmpty(m_group.empty() || m_shown.empty() ? m_whyNone
                                                          : tr("That trade has no ledger.") + u' ' + whoseAreKept());
}

} // namespace vegadesk::ui
