#pragma once

#include "desk/backtest_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QTableView;

namespace vegadesk::ui
{

class HedgeLedgerTable;

/// The hedge ledgers of a backtest, one trade at a time: every mark and hedge, and what ties the profit to the gamma held.
class BacktestLedgers : public QWidget
{
    Q_OBJECT

public:
    explicit BacktestLedgers(const Theme& theme, QWidget* parent = nullptr);

    void setReport(const std::shared_ptr<const desk::BacktestReport>& report);
    QTableView& table();

private:
    void draw(int ledger);
    const desk::BacktestTrade* tradeOf(const desk::HedgeLedgerView& ledger) const;

    std::shared_ptr<const desk::BacktestReport> m_report;
    QComboBox* m_choice;
    HedgeLedgerTable* m_ledger;
};

} // namespace vegadesk::ui
