#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <functional>
#include <initializer_list>
#include <vector>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace vegadesk::ui
{

class SignalFields;

/// Margins and gaps as all forms of runs have them.
void prepareRows(QFormLayout& form);
/// Fields of several forms, one above the other, begin at one place.
void alignRows(std::initializer_list<QFormLayout*> forms);

/// What every run over past or generated days is asked for, be it one or a sweep: data and dates, capital, tolerance, costs, and a
/// signal that entries wait for. What is wrong with a field stands below it.
class RunSettingsForm : public QWidget
{
    Q_OBJECT

public:
    /// Its fields are named "<prefix>_capital" and so on.
    RunSettingsForm(const char* prefix, desk::Desk& desk, QWidget* parent = nullptr);

    QFormLayout* rows() const { return m_rows; }
    /// All but strategy and parameters.
    void fill(desk::BacktestRequest& request) const;
    /// What is wrong with the first field that is; empty: nothing.
    QString fault() const;
    void focusFault(); ///< the field of fault()
    /// Of the strategy that is chosen: taken where nobody has changed the last one's.
    void setUsualCapital(double dollars);

Q_SIGNALS:
    void changed();

private:
    struct Checked {
        QWidget* field;
        QLabel* words; ///< below it
        std::function<QString()> fault;
    };
    template<class Box>
    Box* add(const char* id);
    QDateEdit* addDate(const char* id, const QDate& date);
    QDoubleSpinBox* addNumber(const char* id, double low, double high, double value, int decimals, double step);
    QLabel* name(const QString& words, QWidget* buddy);
    void addChecked(QFormLayout& form, const char* id, QWidget* field, std::function<QString()> fault);
    void addMarketRows(QFormLayout& form);
    void addMoneyRows(QFormLayout& form);
    QString dateFault() const;
    QString folderFault() const;
    void check();
    void browse();
    QString folder() const;
    bool hasDates() const; ///< the data's own are not all wanted

    QString m_prefix;
    QFormLayout* m_rows;
    desk::Desk& m_desk;
    std::vector<Checked> m_checked;
    double m_usualCapital = desk::BacktestRequest().capital;
    QComboBox *m_underlying, *m_tolerance;
    QLineEdit* m_folder;
    QCheckBox* m_allDays;
    QDateEdit *m_start, *m_end;
    QDoubleSpinBox *m_capital, *m_slippage, *m_spread, *m_interest;
    QSpinBox* m_seed;
    SignalFields* m_signal;
};

} // namespace vegadesk::ui
