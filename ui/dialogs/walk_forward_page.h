#pragma once

#include "desk/sweep_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>

class QLabel;
class QTableView;

namespace vegadesk::ui
{

class EquityPlot;
class FoldPlot;
class FoldsModel;

/// A walk-forward: how much of what was picked for was kept, the steps over time, the out-of-sample days as one account, and all
/// steps as a table.
class WalkForwardPage : public QWidget
{
    Q_OBJECT

public:
    explicit WalkForwardPage(const Theme& theme, QWidget* parent = nullptr);

    /// Of a walk-forward.
    void setReport(std::shared_ptr<const desk::SweepReport> report);

private:
    QLabel *m_verdict, *m_honesty;
    FoldPlot* m_folds;
    EquityPlot* m_equity;
    FoldsModel* m_model;
    QTableView* m_table;
};

} // namespace vegadesk::ui
