#pragma once

#include "desk/views.h"

#include <QDialog>

namespace vegadesk::ui
{

/// Asked before an order goes to the live broker: what it is, what it can cost, and that it is real money.
class SendConfirmation : public QDialog
{
    Q_OBJECT

public:
    explicit SendConfirmation(const desk::TicketView& ticket, QWidget* parent);
};

} // namespace vegadesk::ui
