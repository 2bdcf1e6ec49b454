#include "ui/dialogs/backtest_ledger.h"

#include "ui/models/hedge_ledger_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/sorted_table.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

BacktestLedgers::BacktestLedgers(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_choice(new QComboBox(this)), m_model(new HedgeLedgerModel(theme, this)),
      m_view(new QTableView(this)), m_tie(makeLabel({}, "dim", this))
{
    m_choice->setObjectName(QStringLiteral("backtest_ledger_trade"));
    m_choice->setAccessibleName(tr("trade"));
    m_view->setObjectName(QStringLiteral("backtest_ledger"));
    m_view->setAccessibleName(tr("marks and hedges of the chosen trade"));
    sortTable(*m_view, *m_model);
    prepareTable(*m_view, theme, -1);
    m_tie->setObjectName(QStringLiteral("backtest_ledger_tie"));
    m_tie->setWordWrap(true);
    m_tie->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit, Theme::unit, Theme::unit, 0);
    column->setSpacing(Theme::unit / 2);
    column->addWidget(m_choice);
    column->addWidget(m_tie);
    column->addWidget(m_view, 1);
    connect(m_choice, &QComboBox::currentIndexChanged, this, &BacktestLedgers::draw);
}

const desk::BacktestTrade* BacktestLedgers::tradeOf(const desk::BacktestLedger& ledger) const
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
        for (const desk::BacktestLedger& ledger : report->ledgers) {
            const desk::BacktestTrade* const trade = tradeOf(ledger);
            m_choice->addItem(trade ? tr("%1: %2, %3", "day, trade, profit")
                                          .arg(newYorkText(trade->opened, tr("d MMM yy", "date format")),
                                               text(trade->title), signedMoney(trade->profit))
                                    : text(ledger.group));
        }
    }
    const bool isHedged = !report->ledgers.empty();
    m_choice->setVisible(isHedged);
    m_view->setVisible(isHedged);
    draw(m_choice->currentIndex());
}

void BacktestLedgers::draw(int ledger)
{
    m_model->setLedger(m_report, static_cast<std::size_t>(ledger)); // −1 is beyond all
    if (ledger < 0) {
        m_tie->setText(tr("No trade of this run was hedged with shares: there is no ledger."));
        m_tie->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        return;
    }
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {15, 11, 7, 6, 8, 8, 6, 9, 10, 10, 10, 9, 10, 26, 8, 40});
    const desk::BacktestLedger& shown = m_report->ledgers[static_cast<std::size_t>(ledger)];
    const desk::HedgeStep& total = shown.total;
    m_tie->setText(
        tr("½ΓS²[(ΔS/S)² − σ²Δt] %1, unhedged delta %2, residual %3 (implied volatility %4, higher order %5, "
           "marks beside the model %6), settlements %7, costs %8: together %9.")
            .arg(signedMoney(total.scalped), signedMoney(total.unhedged), signedMoney(total.residual),
                 signedMoney(shown.vega), signedMoney(shown.higherOrder), signedMoney(shown.unexplained),
                 signedMoney(total.settled), signedMoney(total.cost), signedMoney(total.profit)) +
        u' ' +
        tr("Less the financing of %1, which moves no cash of the trade, that is its profit, %2.")
            .arg(signedMoney(total.financing), signedMoney(total.profit - total.financing)));
}

} // namespace vegadesk::ui
