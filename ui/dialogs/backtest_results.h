#pragma once

#include "desk/views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class EquityPlot;
class MetricsModel;
class MonthlyReturnsModel;
class TradesModel;

/// The runs of this session: the chosen one's chart, figures and trades, the others beside it to compare.
class BacktestResults : public QWidget
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const desk::BacktestReport>;

    explicit BacktestResults(const Theme& theme, QWidget* parent = nullptr);

    /// The newest run becomes the chosen one. `strategy` is its title.
    void add(const Report& report, const QString& strategy);

private:
    struct Run {
        Report report;
        QString strategy;
        int number = 0;
    };
    QWidget* makeAssumptions();
    void draw(int index);

    std::vector<Run> m_runs; ///< newest first
    int m_count = 0;
    QStackedLayout* m_pages;
    QComboBox* m_choice;
    EquityPlot* m_plot;
    MetricsModel* m_metrics;
    TradesModel* m_trades;
    MonthlyReturnsModel* m_months;
    QTableView* m_metricsView;
    QLabel *m_first, *m_honesty;
};

} // namespace vegadesk::ui
