#pragma once

#include "desk/signal_choice.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QTimer;

namespace vegadesk::desk
{
class Desk;
}

namespace vegadesk::ui
{

/// Which trained model a strategy's entries wait for, and what it must say; none as a rule.
class SignalFields : public QWidget
{
    Q_OBJECT

public:
    /// Offers the models of the signals folder; any other may be typed.
    explicit SignalFields(desk::Desk& desk, QWidget* parent = nullptr);

    void setChoice(const desk::SignalChoice& choice);
    desk::SignalChoice choice() const;
    /// Why it cannot be armed so; empty: it can.
    QString fault() const;

Q_SIGNALS:
    void changed();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void offerModels();

    desk::Desk& m_desk;
    QComboBox* m_name;
    QDoubleSpinBox *m_least, *m_most;
    QTimer* m_timer;
};

} // namespace vegadesk::ui
