#pragma once

#include "desk/backtest_views.h"
#include "ui/models/column_table.h"
#include "ui/theme/theme.h"

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// Figures of one or more backtests side by side: a row a metric, a column a run.
class MetricsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const desk::BacktestReport>;

    explicit MetricsModel(const Theme& theme, QObject* parent = nullptr);

    /// Rows follow the first report; `titles` has one word a report.
    void setReports(std::vector<Report> reports, QStringList titles);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const desk::BacktestMetric* metric(const QModelIndex& index) const;

    const Theme& m_theme;
    std::vector<Report> m_reports;
    QStringList m_titles;
};

QString metricTitle(const std::string& id);
/// Where it stands in a report; behind all others when it is none of ours.
std::size_t metricPlace(const std::string& id);
QString metricText(const desk::BacktestMetric& metric);

/// The trades of one backtest, oldest first.
class TradesModel : public ColumnTable
{
    Q_OBJECT

public:
    enum ColumnId { OpenedColumn, ClosedColumn, TitleColumn, ProfitColumn, FeesColumn, OrdersColumn, ReasonColumn };

    explicit TradesModel(const Theme& theme, QObject* parent = nullptr);

    void setReport(std::shared_ptr<const desk::BacktestReport> report);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    const Theme& m_theme;
    std::shared_ptr<const desk::BacktestReport> m_report;
};

} // namespace vegadesk::ui
