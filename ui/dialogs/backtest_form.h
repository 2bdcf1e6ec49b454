#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class ParameterForm;
class RunSettingsForm;

/// What a backtest is asked for: a strategy (built in, or a rules file) with its parameters, and the settings of the run.
class BacktestForm : public QWidget
{
    Q_OBJECT

public:
    explicit BacktestForm(desk::Desk& desk, QWidget* parent = nullptr);

    desk::BacktestRequest request() const;
    /// What is wrong with the fields, naming the first one, which gets the focus; empty when it can run.
    QString firstFault();
    bool hasStrategies() const { return !m_strategies.empty(); }
    /// Of a request's strategy; its name where it is none of the form's.
    QString titleOf(const std::string& strategy) const;

private:
    void addStrategyRows(QFormLayout& form);
    void chooseStrategy(int index);
    void addStrategy(const desk::StrategyOption& option);
    void askRules();
    void takeRules(quint64 question, const desk::OpenedRules& rules);

    desk::Desk& m_desk;
    std::vector<desk::StrategyOption> m_strategies;
    quint64 m_opening = 0; ///< 0: no rules file is being read
    QComboBox* m_strategy;
    QPushButton* m_openRules;
    QLabel *m_about, *m_rulesFault;
    RunSettingsForm* m_settings;
    ParameterForm* m_parameters;
};

} // namespace vegadesk::ui
