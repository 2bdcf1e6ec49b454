#pragma once

#include "desk/desk.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace vegadesk::ui
{

/// The door to real money. Without credentials it says what is missing and why nothing changed; with them it asks for a
/// typed confirmation before the desk is asked, and shows the desk's refusal in place.
class LiveDialog : public QDialog
{
    Q_OBJECT

public:
    LiveDialog(desk::Desk& desk, QWidget* parent);

private:
    void askDesk();
    void showRefusal(const QString& reason);

    desk::Desk& m_desk;
    QLabel* m_headline;
    QLabel* m_reason;
    QLabel* m_money;
    QWidget* m_confirmation;
    QLineEdit* m_typed;
    QPushButton* m_switch;
};

} // namespace vegadesk::ui
