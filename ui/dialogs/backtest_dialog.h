#pragma once

#include "ui/panels/panel.h"

#include <QDialog>

#include <memory>
#include <vector>

class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace vegadesk::ui
{

class BacktestResults;
class ParameterForm;

/// Runs a strategy over past or generated markets. Runs go on in the background; closing the dialog cancels.
class BacktestDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BacktestDialog(const PanelContext& context, QWidget* parent = nullptr);
    ~BacktestDialog() override;

private:
    QWidget* makeForm();
    QWidget* makeControls();
    void addMarketRows(QFormLayout& form);
    void addMoneyRows(QFormLayout& form);

    void chooseStrategy(int index);
    void browse();
    desk::BacktestRequest request() const;
    /// What is wrong with the fields, naming them; empty when it can run.
    QString fault() const;
    void run();
    void cancel();
    void showProgress(quint64 id, double fraction, double secondsLeft);
    void finish(const std::shared_ptr<const desk::BacktestReport>& report);
    void drawRunning();
    void say(const QString& words, const char* tone);

    PanelContext m_context;
    std::vector<desk::StrategyOption> m_strategies;
    quint64 m_running = 0; ///< 0: nothing runs
    QComboBox *m_strategy, *m_underlying;
    QLabel* m_about;
    QDateEdit *m_start, *m_end;
    QLineEdit* m_folder;
    QDoubleSpinBox *m_capital, *m_slippage, *m_spread;
    QSpinBox* m_seed;
    ParameterForm* m_parameters;
    QWidget* m_fields;
    QPushButton *m_run, *m_cancel;
    QProgressBar* m_progress;
    QLabel* m_message;
    BacktestResults* m_results;
};

} // namespace vegadesk::ui
