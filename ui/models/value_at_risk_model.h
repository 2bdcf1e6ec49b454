#pragma once

#include "desk/risk_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

namespace vegadesk::ui
{

/// Value at risk and expected shortfall by each method; the one that the gauge goes by is strong, and those that differ from it by
/// more than a quarter are in the warning colour.
class ValueAtRiskModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { MethodColumn, ValueColumn, ShareColumn, ShortfallColumn, ErrorColumn, NoteColumn };

    explicit ValueAtRiskModel(const Theme& theme, QObject* parent = nullptr);

    /// `netLiquidation` in dollars, NaN when not known.
    void update(const desk::ValueAtRiskView& view, double netLiquidation);
    const std::string& methodOf(int row) const { return m_rows[static_cast<std::size_t>(row)].row.id; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        desk::ValueAtRiskRow row;
        bool isShown = false, isApart = false;
        double share = desk::unknown;
    };
    QString words(const Row& row, int column) const;

    const Theme& m_theme;
    std::vector<Row> m_rows;
};

/// Differs from the shown method's figure by more than a quarter of that.
bool isApart(const desk::ValueAtRiskView& view, std::size_t row);

} // namespace vegadesk::ui
