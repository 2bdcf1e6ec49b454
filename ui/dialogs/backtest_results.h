#pragma once

#include "ui/dialogs/backtest_run.h"
#include "ui/panels/panel.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedLayout;
class QTabWidget;
class QTableView;

namespace vegadesk::ui
{

class BacktestAttribution;
class BacktestCompare;
class BacktestLedgers;
class EquityPlot;
class MetricsModel;
class MonthlyReturnsModel;
class SortedRows;
class TradesModel;

/// The runs of this session: the chosen one's chart, figures, trades and where its profit came from, the others beside it; a trade's
/// chain, comparisons and files are asked for from here.
class BacktestResults : public QWidget
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const desk::BacktestReport>;

    explicit BacktestResults(const PanelContext& context, QWidget* parent = nullptr);

    /// The newest run becomes the chosen one. `strategy` is its title.
    void add(const Report& report, const QString& strategy);

Q_SIGNALS:
    /// What became of something that was asked for here; `isFailure` where it did not work.
    void said(const QString& words, bool isFailure);

private:
    QWidget* makeHead();
    QTabWidget* makeTabs();
    QTableView* makeTrades();
    QWidget* makeAssumptions();
    void draw(int index);
    static QString intervalText(const desk::BacktestInterval& interval);
    QString honestyOf(const desk::BacktestReport& report) const;
    void openTrade(int row);
    void openCompare();
    void askFile();
    void save(const QString& file, const QString& filter);
    void copyTab();
    /// The table of the tab in front; null where it has none.
    QTableView* shownTable() const;

    PanelContext m_context;
    std::vector<BacktestRun> m_runs; ///< newest first
    Report m_shown;
    int m_count = 0;
    quint64 m_saving = 0; ///< 0: nothing is being written
    QStackedLayout* m_pages;
    QComboBox* m_choice;
    QPushButton *m_compare, *m_export, *m_copy;
    QTabWidget* m_tabs;
    EquityPlot* m_plot;
    MetricsModel* m_metrics;
    TradesModel* m_trades;
    SortedRows* m_sortedTrades = nullptr;
    MonthlyReturnsModel* m_months;
    BacktestAttribution* m_attribution;
    BacktestLedgers* m_ledgers;
    QTableView *m_metricsView, *m_monthsView, *m_tradesView;
    QLabel *m_first, *m_honesty;
    QPointer<BacktestCompare> m_comparison;
};

} // namespace vegadesk::ui
