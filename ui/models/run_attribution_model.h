#pragma once

#include "desk/backtest_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <memory>

namespace vegadesk::ui
{

/// Where a backtest's profit came from, to the cent: the whole run, each trade, and what is of none.
class RunAttributionModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { ScopeColumn, OpenedColumn, TotalColumn, FirstPartColumn };
    static constexpr int columnTotal = FirstPartColumn + static_cast<int>(desk::attributionParts.size());

    explicit RunAttributionModel(const Theme& theme, QObject* parent = nullptr);

    void setReport(std::shared_ptr<const desk::BacktestReport> report);
    /// What that row is called.
    QString titleOf(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    /// Of that row; null for the whole run and for what is of no trade.
    const desk::BacktestTrade* tradeOf(int row) const;

    const Theme& m_theme;
    std::shared_ptr<const desk::BacktestReport> m_report;
};

} // namespace vegadesk::ui
