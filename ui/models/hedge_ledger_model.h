#pragma once

#include "desk/hedge_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace vegadesk::ui
{

/// The hedge ledger of one trade: a row a mark and a row a hedge.
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

    enum class Order : std::uint8_t { OldestFirst, NewestFirst };

    HedgeLedgerModel(const Theme& theme, Order order, QObject* parent = nullptr);

    /// Null: the table is empty. Of the same trade the view is told what changed only.
    void setLedger(std::shared_ptr<const desk::HedgeLedgerView> ledger);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString display(const desk::HedgeStep& step, int column) const;
    std::size_t place(std::size_t row) const; ///< of a row's step, and of a step's row

    const Theme& m_theme;
    const Order m_order;
    std::shared_ptr<const desk::HedgeLedgerView> m_ledger;
};

} // namespace vegadesk::ui
