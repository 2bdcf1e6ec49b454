#pragma once

#include "desk/desk.h"
#include "desk/dispersion_basket.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace vegadesk::ui
{

class ParameterForm;

/// Which strategy is to be armed, in what, and with which parameters.
class StrategyDialog : public QDialog
{
    Q_OBJECT

public:
    explicit StrategyDialog(desk::Desk& desk, QWidget* parent = nullptr);

    /// Begins with these; a strategy or parameter that is not known is passed over.
    void load(const desk::StrategyRequest& request);
    desk::StrategyRequest request() const;

private:
    void chooseStrategy(int index);
    void check();

    std::vector<desk::StrategyOption> m_options;
    const desk::DispersionBasket m_basket;
    QString m_typed; ///< the underlying, while a strategy that trades a basket has that of the basket
    QComboBox *m_strategy, *m_underlying;
    QLabel *m_about, *m_basketWords, *m_fault;
    ParameterForm* m_parameters;
    QPushButton* m_arm;
};

} // namespace vegadesk::ui
