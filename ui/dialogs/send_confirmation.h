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
    /// `before`: the terms of the order whose place it takes, in words; empty: it is one more.
    SendConfirmation(const desk::TicketView& ticket, QWidget* parent, const QString& before = {});
};

} // namespace vegadesk::ui
