#pragma once

#include "desk/signals_view.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <vector>

namespace vegadesk::ui
{

/// Trained models: question, verdict, what each is worth and what it says of the coming session.
class SignalsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        NameColumn,
        TargetColumn,
        VerdictColumn,
        AreaColumn,
        IntervalColumn,
        ChanceColumn,
        TodayColumn,
        UntilColumn,
        ColumnTotal
    };

    explicit SignalsModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::SignalsView& view);
    /// Null for no such row.
    const desk::SignalRow* at(int row) const;
    /// −1 where there is none of that name.
    int rowOf(const std::string& name) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QVariant words(const desk::SignalRow& row, int column) const;
    QVariant colour(const desk::SignalRow& row, int column) const;
    QVariant toolTip(const desk::SignalRow& row, int column) const;

    const Theme& m_theme;
    std::vector<desk::SignalRow> m_rows;
};

/// Features, and how much of all gain the trees drew from each.
class SignalSharesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { FeatureColumn, BarColumn, ShareColumn, ColumnTotal };
    /// In BarColumn: 0 to 1, of the largest; invalid for no bar.
    static constexpr int barRole = Qt::UserRole + 1;

    explicit SignalSharesModel(QObject* parent = nullptr);

    /// Largest first; features that no split used are left out.
    void setShares(const std::vector<desk::SignalShare>& shares);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<desk::SignalShare> m_rows;
};

} // namespace vegadesk::ui
