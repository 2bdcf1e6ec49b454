#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// What an order is for those that it depends on.
enum class OrderPart : std::uint8_t { Alone, Entry, Target, Stop };
OrderPart partOf(const execution::Order& order, const std::vector<execution::Order>& all);

/// The session's orders, newest first. Those that depend on each other stand together, where the newest of them is: the entry,
/// then its exits.
class OrdersModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        TimeColumn,
        UnderlyingColumn,
        LegsColumn,
        TypeColumn,
        LimitColumn,
        StatusColumn,
        FilledColumn,
        AverageColumn,
        ReasonColumn
    };

    explicit OrdersModel(const Theme& theme, QObject* parent = nullptr);

    void update(const std::vector<execution::Order>& orders);
    const execution::Order& order(int row) const { return m_orders[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QString display(const execution::Order& order, int column) const;
    QVariant colour(const execution::Order& order, int column) const;

    const Theme& m_theme;
    std::vector<execution::Order> m_orders;
};

/// Whole units (spreads) of which every leg has filled.
base::Quantity filledUnits(const execution::Order& order);

} // namespace vegadesk::ui
