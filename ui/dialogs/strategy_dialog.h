#pragma once

#include "desk/desk.h"
#include "desk/dispersion_basket.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class EntryLook;
class ParameterForm;
class SignalFields;

/// Which strategy is to be armed, in what, and with which parameters; for which account, how that differs from the strategy's usual
/// values, and what it would open first. It closes when another environment opens: it would be another account's.
class StrategyDialog : public QDialog
{
    Q_OBJECT

public:
    explicit StrategyDialog(desk::Desk& desk, QWidget* parent = nullptr);

    /// Begins with these; a strategy or parameter that is not known is passed over.
    void load(const desk::StrategyRequest& request);
    desk::StrategyRequest request() const;
    /// Where it would be armed, as these say.
    void drawWhere(const desk::StatusView& status, const desk::TradingView& trading);

private:
    void addFields(QFormLayout& form);
    QWidget* makeParameters();
    QWidget* makeButtons();
    void chooseStrategy(int index);
    void check();
    void drawDifferences();
    QString limitWords(const desk::TradingView& trading) const;
    QString capitalWords(const desk::TradingView& trading) const;
    QString atWorkWords() const;
    const desk::StrategyOption* option() const;

    desk::Desk& m_desk;
    std::vector<desk::StrategyOption> m_options;
    const desk::DispersionBasket m_basket;
    QString m_typed; ///< the underlying, while a strategy that trades a basket has that of the basket
    QLabel *m_where, *m_limits, *m_about, *m_basketWords, *m_differences, *m_note, *m_fault;
    QComboBox *m_strategy, *m_underlying;
    ParameterForm* m_parameters;
    SignalFields* m_signal;
    QPushButton *m_usual, *m_arm;
    EntryLook* m_look = nullptr;
};

} // namespace vegadesk::ui
