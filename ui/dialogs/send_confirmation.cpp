#include "ui/dialogs/send_confirmation.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

SendConfirmation::SendConfirmation(const desk::TicketView& ticket, QWidget* parent, const QString& before)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("send_confirmation"));
    setWindowTitle(tr("Send a live order"));

    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(Theme::unit * 2);
    const auto row = [&](const QString& name, const QString& value, const char* tone) {
        form->addRow(makeLabel(name, "dim", this), makeLabel(value, tone, this));
    };
    row(tr("order"), text(ticket.intent.underlying) + QStringLiteral("  ") + legsText(ticket.intent), "strong");
    row(tr("price"),
        ticket.intent.price ? netPriceText(portfolio::signedLimit(ticket.intent)) : typeWord(ticket.intent.type),
        "strong");
    if (ticket.intent.stopTrigger)
        row(tr("trigger"), number(ticket.intent.stopTrigger->toDouble(), 2), "strong");
    row(tr("time in force"), timeText(ticket.intent), "strong");
    if (ticket.complex) {
        for (const portfolio::OrderIntent& exit : ticket.complex->orders) {
            if (&exit == &ticket.complex->orders.front() && !ticket.complex->trigger)
                continue; // it is what is above
            row(exit.stopTrigger ? tr("stop loss") : tr("profit target"),
                (exit.stopTrigger ? tr("at %1").arg(number(exit.stopTrigger->toDouble(), 2))
                                  : netPriceText(portfolio::signedLimit(exit))) +
                    QStringLiteral(" · ") + timeText(exit),
                "strong");
        }
    }
    if (!before.isEmpty())
        row(tr("in place of"), before, "dim");
    if (ticket.effect == portfolio::OrderEffect::Opens) {
        row(tr("max loss"), maxLossText(ticket.maxLoss), "loss");
        if (!std::isnan(ticket.maxLossWithHeld))
            row(tr("with what you hold"), maxLossText(ticket.maxLossWithHeld), "strong");
    } else {
        row(tr("realised"), signedMoney(ticket.realised), signTone(ticket.realised));
        row(tr("after it"), ticket.isFlatAfter ? tr("flat") : tr("max loss %1").arg(maxLossText(ticket.maxLoss)),
            ticket.isFlatAfter ? "strong" : "loss");
    }
    row(tr("buying power"), money(ticket.buyingPowerEffect), "strong");
    row(tr("fees"), money(ticket.fees), "strong");

    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* const send = buttons->addButton(tr("SEND LIVE"), QDialogButtonBox::AcceptRole);
    send->setProperty("kind", QStringLiteral("live"));
    send->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::unit * 2, Theme::unit * 2, Theme::unit * 2, Theme::unit * 2);
    column->setSpacing(Theme::unit * 2);
    column->addWidget(makeLabel(tr("This order goes to the live broker and trades real money."), "warning", this));
    for (const std::string& warning : ticket.warnings) {
        QLabel* const line = makeLabel(text(warning), "warning", this);
        line->setWordWrap(true);
        column->addWidget(line);
    }
    column->addLayout(form);
    column->addWidget(buttons);
}

} // namespace vegadesk::ui
