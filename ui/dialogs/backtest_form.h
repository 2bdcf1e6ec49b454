#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace vegadesk::ui
{

class ParameterForm;

/// What a backtest is asked for: strategy (built in, or a rules file) with its parameters, data and dates, capital, tolerance, costs.
/// What is wrong with a field stands below it.
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
    struct Checked {
        QWidget* field;
        QLabel* words; ///< below it
        std::function<QString()> fault;
    };
    void addStrategyRows(QFormLayout& form);
    void addMarketRows(QFormLayout& form);
    void addMoneyRows(QFormLayout& form);
    QLabel* name(const QString& words, QWidget* buddy);
    void addChecked(QFormLayout& form, const char* id, QWidget* field, std::function<QString()> fault);
    QString dateFault() const;
    QString folderFault() const;
    void check();
    void chooseStrategy(int index);
    void addStrategy(const desk::StrategyOption& option);
    void askRules();
    void takeRules(quint64 question, const desk::OpenedRules& rules);
    void browse();
    QString folder() const;
    bool hasDates() const; ///< the data's own are not all wanted

    desk::Desk& m_desk;
    std::vector<desk::StrategyOption> m_strategies;
    std::vector<Checked> m_checked;
    quint64 m_opening = 0; ///< 0: no rules file is being read
    QComboBox *m_strategy, *m_underlying, *m_tolerance;
    QPushButton* m_openRules;
    QLabel *m_about, *m_rulesFault;
    QDateEdit *m_start, *m_end;
    QCheckBox* m_allDays;
    QLineEdit* m_folder;
    QDoubleSpinBox *m_capital, *m_slippage, *m_spread;
    double m_usualCapital = desk::BacktestRequest().capital; ///< of the strategy that is chosen
    QSpinBox* m_seed;
    ParameterForm* m_parameters;
};

} // namespace vegadesk::ui
