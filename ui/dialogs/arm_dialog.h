#pragma once

#include "desk/desk.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace vegadesk::ui
{

/// The last door before orders with real money: the account's number is typed, so that nobody passes by habit.
class ArmDialog : public QDialog
{
    Q_OBJECT

public:
    ArmDialog(desk::Desk& desk, QWidget* parent);

private:
    desk::Desk& m_desk;
    QLineEdit* m_typed;
    QPushButton* m_arm;
};

} // namespace vegadesk::ui
