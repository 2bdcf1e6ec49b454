#pragma once

#include "ui/panels/panel.h"

#include <QDialog>

#include <memory>

namespace vegadesk::ui
{

class BacktestForm;
class BacktestResults;
class RunControls;

/// Runs a strategy over past or generated markets. Runs go on in the background; closing the dialog cancels.
class BacktestDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BacktestDialog(const PanelContext& context, QWidget* parent = nullptr);
    ~BacktestDialog() override;

private:
    void run();
    void cancel();
    void showProgress(quint64 id, double fraction, double secondsLeft);
    void finish(const std::shared_ptr<const desk::BacktestReport>& report);

    PanelContext m_context;
    quint64 m_running = 0; ///< 0: nothing runs
    BacktestForm* m_form;
    RunControls* m_controls;
    BacktestResults* m_results;
};

} // namespace vegadesk::ui
