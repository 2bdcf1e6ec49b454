#pragma once

#include "desk/dispersion_view.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// The index and its members: weights, volatilities, and what is held in each.
class DispersionModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        NameColumn,
        WeightColumn,
        ImpliedColumn,
        MonthColumn,
        QuarterColumn,
        DollarDeltaColumn,
        VegaColumn,
        ThetaColumn,
        ColumnTotal
    };

    explicit DispersionModel(const Theme& theme, QObject* parent = nullptr);

    void update(const desk::DispersionView& view);
    /// Why nothing is known of its implied volatility: "AAPL has no quotes yet"; empty when it is known.
    static QString gapText(const desk::DispersionRow& row);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    QVariant words(const desk::DispersionRow& row, int column) const;
    QVariant colour(const desk::DispersionRow& row, int column) const;
    QVariant toolTip(const desk::DispersionRow& row, int column) const;

    const Theme& m_theme;
    std::vector<desk::DispersionRow> m_rows; ///< the index first
};

} // namespace vegadesk::ui
