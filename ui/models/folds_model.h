#pragma once

#include "desk/sweep_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <memory>

namespace vegadesk::ui
{

/// The steps of a walk-forward, oldest first: when was picked and traded, what, and what came of it.
class FoldsModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId {
        PickedFromColumn,
        PickedToColumn,
        TradedFromColumn,
        TradedToColumn,
        InSampleColumn,
        OutOfSampleColumn,
        ProfitColumn,
        TradesColumn,
        PickedColumn
    };

    explicit FoldsModel(const Theme& theme, QObject* parent = nullptr);

    /// Of a walk-forward.
    void setReport(std::shared_ptr<const desk::SweepReport> report);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::shared_ptr<const desk::SweepReport> m_report;
};

} // namespace vegadesk::ui
