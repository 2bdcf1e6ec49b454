#pragma once

#include "base/error.h"
#include "desk/desk.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace vegadesk::ui
{

class RunSettingsForm;
class SweepGridForm;

/// What is to be swept: strategy, data, days, money, how to look at it, and the values of each parameter.
class SweepForm : public QWidget
{
    Q_OBJECT

public:
    explicit SweepForm(desk::Desk& desk, QWidget* parent = nullptr);

    /// Errors: the first field that is wrong, its value and what is allowed.
    base::Result<desk::SweepRequest> request() const;
    /// What is wrong with the first of the run's settings that is, in the user's words; empty: nothing.
    QString fault() const;
    SweepGridForm& grid() { return *m_grid; }

Q_SIGNALS:
    void changed();

private:
    void addWalkForwardRows(QFormLayout& form);
    void chooseStrategy(int index);
    void chooseKind();
    QSpinBox* addDays(const char* name, int low, int value);

    const std::vector<desk::StrategyOption> m_strategies;
    QComboBox *m_strategy, *m_kind, *m_objective;
    QLabel* m_about;
    RunSettingsForm* m_settings;
    QWidget* m_walkForward; ///< the rows of one
    QSpinBox *m_inSample, *m_outOfSample, *m_purge, *m_embargo;
    SweepGridForm* m_grid;
};

} // namespace vegadesk::ui
