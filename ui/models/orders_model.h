#pragma once

#include "desk/views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// The session's orders, newest first.
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
std::int64_t filledUnits(const execution::Order& order);

} // namespace vegadesk::ui
