#include "ui/dialogs/backtest_ledger.h"

#include "ui/models/words.h"
#include "ui/panels/hedge_ledger.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

BacktestLedgers::BacktestLedgers(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_choice(new QComboBox(this)),
      m_ledger(
          new HedgeLedgerTable(theme, HedgeLedgerModel::Order::OldestFirst, QStringLiteral("backtest_ledger"), this))
{
    m_choice->setObjectName(QStringLiteral("backtest_ledger_trade"));
    m_choice->setAccessibleName(tr("trade"));

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_choice);
    column->addWidget(m_ledger, 1);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &BacktestLedgers::draw);
}

QTableView& BacktestLedgers::table()
{
    return m_ledger->table();
}

const desk::BacktestTrade* BacktestLedgers::tradeOf(const desk::HedgeLedgerView& ledger) const
{
    const auto trade = std::ranges::find(m_report->trades, ledger.group, &desk::BacktestTrade::group);
    return trade == m_report->trades.end() ? nullptr : &*trade;
}

void BacktestLedgers::setReport(const std::shared_ptr<const desk::BacktestReport>& report)
{
    m_report = report;
    {
        const QSignalBlocker quiet(m_choice);
        m_choice->clear();
        for (const desk::HedgeLedgerView& ledger : report->ledgers) {
            const desk::BacktestTrade* const trade = tradeOf(ledger);
            m_choice->addItem(trade ? tr("%1: %2, %3", "day, trade, profit")
                                          .arg(newYorkText(trade->opened, tr("d MMM yy", "date format")),
                                               text(trade->title), signedMoney(trade->profit))
                                    : text(ledger.group));
        }
    }
    m_choice->setVisible(!report->ledgers.empty());
    draw(m_choice->currentIndex());
}

void BacktestLedgers::draw(int ledger)
{
    if (ledger < 0)
        return m_ledger->setEmpty(tr("No trade of this run was hedged with shares: there is no ledger."));
    m_ledger->setLedger({m_report, &m_report->ledgers[static_cast<std::size_t>(ledger)]});
}

} // namespace vegadesk::ui
