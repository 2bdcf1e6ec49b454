#pragma once

#include "base/error.h"
#include "desk/desk.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace vegadesk::ui
{

class SweepGridForm;

/// What is to be swept: strategy, data, days, money, how to look at it, and the values of each parameter.
class SweepForm : public QWidget
{
    Q_OBJECT

public:
    explicit SweepForm(desk::Desk& desk, QWidget* parent = nullptr);

    /// Errors: the first field that is wrong, its value and what is allowed.
    base::Result<desk::SweepRequest> request() const;
    SweepGridForm& grid() { return *m_grid; }

Q_SIGNALS:
    void changed();

private:
    void addMarketRows(QFormLayout& form);
    void addMoneyRows(QFormLayout& form);
    void addWalkForwardRows(QFormLayout& form);
    void chooseStrategy(int index);
    void chooseKind();
    void browse();
    QDateEdit* addDate(const char* name, const QDate& date);
    QDoubleSpinBox* addNumber(const char* name, double low, double high, double value, int decimals, double step);
    QSpinBox* addDays(const char* name, int low, int value);

    const std::vector<desk::StrategyOption> m_strategies;
    QComboBox *m_strategy, *m_underlying, *m_tolerance, *m_kind, *m_objective;
    QLabel* m_about;
    QLineEdit* m_folder;
    QDateEdit *m_start, *m_end;
    QDoubleSpinBox *m_capital, *m_slippage, *m_spread;
    QSpinBox *m_seed, *m_inSample, *m_outOfSample, *m_purge, *m_embargo;
    QWidget* m_walkForward; ///< the rows of one
    SweepGridForm* m_grid;
};

} // namespace vegadesk::ui
