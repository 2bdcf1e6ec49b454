#pragma once

#include "desk/backtest_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <memory>

namespace vegadesk::ui
{

/// The hedge ledger of one trade: a row a mark and a row a hedge, oldest first.
class HedgeLedgerModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        TimeColumn,
        EventColumn,
        SpotColumn,
        GammaColumn,
        DeltaBeforeColumn,
        DeltaAfterColumn,
        BandColumn,
        CostColumn,
        ScalpedColumn,
        UnhedgedColumn,
        ResidualColumn,
        SettledColumn,
        ProfitColumn,
        TradedColumn,
        PriceColumn,
        ReasonColumn
    };

    explicit HedgeLedgerModel(const Theme& theme, QObject* parent = nullptr);

    /// One of the report's ledgers; beyond them the table is empty.
    void setLedger(std::shared_ptr<const desk::BacktestReport> report, std::size_t ledger);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString display(const desk::HedgeStep& step, int column) const;

    const Theme& m_theme;
    std::shared_ptr<const desk::BacktestReport> m_report;
    const desk::BacktestLedger* m_ledger = nullptr; ///< of the report
};

} // namespace vegadesk::ui
