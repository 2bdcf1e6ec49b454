#pragma once

#include "desk/backtest_details.h"
#include "ui/dialogs/backtest_run.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QStackedLayout;
class QTableView;
class QTreeWidget;
class QTreeWidgetItem;

namespace vegadesk::ui
{

class ComparisonModel;
class CurvePlot;

/// Two or more backtests of one's choice beside each other: their curves over one another, the settings in which they differ, and
/// every figure. Runs of earlier sessions are those that the trials keep, which keep no curves; those that a sweep or a walk-forward
/// made one after another are folded away under one line.
class BacktestCompare : public QDialog
{
    Q_OBJECT

public:
    static constexpr int trialsShown = 500; ///< of earlier sessions, the newest

    /// The names of strategies are for runs of earlier sessions.
    BacktestCompare(desk::BacktestDetails& details, const Theme& theme, std::vector<desk::StrategyOption> strategies,
                    QWidget* parent = nullptr);

    /// Those of this session, newest first; what was chosen stays chosen. Of a new dialog the two newest are.
    void setRuns(const std::vector<BacktestRun>& runs);

private:
    struct Choice {
        desk::BacktestTrial trial;
        std::shared_ptr<const desk::BacktestReport> report; ///< null of an earlier session's
        QString title;                                      ///< in a column's head: "run 2", "26 Nov 15:04"
        QString line;
    };
    QWidget* makeChoice();
    QWidget* makePage(const Theme& theme);
    void take(quint64 question, const desk::TrialsView& trials);
    void fill();
    void addChoices();
    /// How many choices from there on were made one after another; 1: it stands alone.
    std::size_t batchFrom(std::size_t place) const;
    QTreeWidgetItem* addBatch(std::size_t place, std::size_t count);
    void filter();
    void draw();
    QString strategyTitle(const std::string& name) const;

    desk::BacktestDetails& m_details;
    const std::vector<desk::StrategyOption> m_strategies;
    quint64 m_question = 0;
    std::vector<BacktestRun> m_runs;
    std::vector<desk::BacktestTrial> m_trials;
    std::vector<Choice> m_choices;
    std::vector<QTreeWidgetItem*> m_items; ///< of each choice
    bool m_isNew = true;
    QLineEdit* m_filter;
    QTreeWidget* m_list;
    QLabel *m_state, *m_hint, *m_missing;
    QStackedLayout* m_pages;
    CurvePlot* m_plot;
    ComparisonModel* m_model;
    QTableView* m_view;
};

} // namespace vegadesk::ui
