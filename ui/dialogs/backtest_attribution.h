#pragma once

#include "desk/backtest_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableView;

namespace vegadesk::ui
{

class RunAttributionModel;
class SortedRows;
class WaterfallPlot;

/// Where a backtest's profit came from: a table of its trades, and the chosen row's parts as bars.
class BacktestAttribution : public QWidget
{
    Q_OBJECT

public:
    explicit BacktestAttribution(const Theme& theme, QWidget* parent = nullptr);

    void setReport(const std::shared_ptr<const desk::BacktestReport>& report);
    QTableView& table() { return *m_view; }

private:
    void draw();
    QString sumWords() const;

    std::shared_ptr<const desk::BacktestReport> m_report;
    RunAttributionModel* m_model;
    QTableView* m_view;
    SortedRows* m_sorted;
    WaterfallPlot* m_plot;
    QLabel *m_title, *m_sum;
};

} // namespace vegadesk::ui
