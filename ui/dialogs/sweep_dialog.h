#pragma once

#include "ui/panels/panel.h"

#include <QDialog>

#include <memory>
#include <vector>

class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class RunControls;
class SweepForm;
class SweepResults;

/// Runs a strategy with every combination of some of its parameters' values, or walks forward through them, and shows what that is
/// worth. Runs go on in the background; closing the dialog cancels.
class SweepDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SweepDialog(const PanelContext& context, QWidget* parent = nullptr);
    ~SweepDialog() override;

    SweepForm& form() { return *m_form; }

private:
    QWidget* makeSide();
    void check();
    void run();
    void cancel();
    void showProgress(const std::shared_ptr<const desk::SweepProgress>& progress);
    void finish(const std::shared_ptr<const desk::SweepReport>& report);
    void askForFile();
    void load(const QString& file);
    void offer(const std::shared_ptr<const desk::StoredSweeps>& stored);
    void drawRunning();
    QString strategyTitle(const desk::SweepReport& report) const;

    PanelContext m_context;
    const std::vector<desk::StrategyOption> m_strategies;
    quint64 m_running = 0; ///< 0: nothing runs
    bool m_isLoading = false;
    bool m_canRun = false;
    SweepForm* m_form;
    SweepResults* m_results;
    RunControls* m_controls;
    QPushButton* m_load;
    QLabel* m_size;
};

} // namespace vegadesk::ui
