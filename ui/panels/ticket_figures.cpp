#include "ui/panels/ticket_figures.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double cent = 0.005; ///< differences below show as 0.00 and are none
}

TicketFigures::TicketFigures(QWidget* parent)
    : QWidget(parent), m_price(new Figure(tr("price"), this)), m_maxProfit(new Figure(tr("max profit"), this)),
      m_maxLoss(new Figure(tr("max loss"), this)), m_probability(new Figure(tr("prob. of profit"), this)),
      m_breakEvens(new Figure(tr("break-even"), this)), m_greeks(new Figure(tr("Δ · Θ / day"), this)),
      m_realised(new Figure(tr("realised"), this)), m_note(makeLabel({}, "dim", this))
{
    m_probability->setToolTip(
        tr("Chance that the order is worth more than it cost at expiry, by today's volatility. A model's "
           "figure, not a promise."));
    m_realised->setToolTip(
        tr("What the closing legs make against their average open prices, less their fees. Where the order "
           "opens something too, that counts at its mid and the rest of the price is the close's."));
    m_note->setObjectName(QStringLiteral("ticket_note"));
    m_note->setWordWrap(true);
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    int column = 0;
    for (Figure* figure : {m_price, m_maxProfit, m_maxLoss})
        grid->addWidget(figure, 0, column++);
    column = 0;
    for (Figure* figure : {m_probability, m_breakEvens, m_greeks})
        grid->addWidget(figure, 1, column++);
    auto* const last = new QHBoxLayout;
    last->setSpacing(12);
    last->addWidget(m_realised);
    last->addWidget(m_note, 1);
    grid->addLayout(last, 2, 0, 1, 3);
    for (int i = 0; i < 3; ++i)
        grid->setColumnStretch(i, 1);
    clear();
}

void TicketFigures::clear()
{
    for (Figure* figure : {m_price, m_maxProfit, m_maxLoss, m_probability, m_breakEvens, m_greeks})
        figure->setValue({});
    m_realised->hide();
    m_note->hide();
}

void TicketFigures::setTicket(const desk::TicketView& ticket)
{
    double price = portfolio::signedLimit(ticket.intent);
    if (std::isnan(price) && ticket.intent.stopTrigger)
        price = ticket.intent.stopTrigger->toDouble() * (portfolio::isBuy(ticket.intent.legs.front().action) ? 1 : -1);
    if (std::isnan(price))
        price = ticket.natural; // what a market order pays
    m_price->setName(price < 0 ? tr("credit") : price > 0 ? tr("debit") : tr("price"));
    m_price->setValue(number(std::fabs(price), 2));
    setResults(ticket);
    setGreeks(ticket);
    setNote(ticket);
}

void TicketFigures::setResults(const desk::TicketView& ticket)
{
    const bool opens = ticket.effect == portfolio::OrderEffect::Opens;
    m_maxProfit->setName(opens ? tr("max profit") : tr("max profit after"));
    m_maxLoss->setName(opens ? tr("max loss") : tr("max loss after"));
    if (ticket.isFlatAfter) {
        for (Figure* figure : {m_maxProfit, m_maxLoss, m_probability, m_breakEvens})
            figure->setValue(tr("none"), "dim");
        return;
    }
    const double maxLoss = std::isinf(ticket.maxLoss) ? -1 : -ticket.maxLoss;
    m_maxProfit->setValue(std::isinf(ticket.maxProfit) ? tr("unlimited") : money(ticket.maxProfit),
                          signTone(ticket.maxProfit));
    m_maxLoss->setValue(maxLossText(ticket.maxLoss), signTone(maxLoss));
    m_probability->setValue(percent(ticket.probabilityOfProfit, 0));
    QStringList breakEvens;
    for (const double spot : ticket.breakEvens)
        breakEvens << number(spot, 2);
    m_breakEvens->setValue(breakEvens.isEmpty() ? tr("none") : breakEvens.join(QStringLiteral(" · ")));
}

void TicketFigures::setGreeks(const desk::TicketView& ticket)
{
    const bool opens = ticket.effect == portfolio::OrderEffect::Opens;
    const desk::GreekSums& greeks = ticket.whatIf ? ticket.whatIf->greeks : ticket.greeks;
    m_greeks->setName(ticket.whatIf ? tr("what if: Δ · Θ / day") : opens ? tr("Δ · Θ / day") : tr("Δ · Θ / day after"));
    m_greeks->setToolTip(opens ? tr("What the order adds: delta in shares, theta in dollars over the next calendar "
                                    "day, in the time to expiry of the settings")
                               : tr("Of what is held after the order: delta in shares, theta in dollars over the next "
                                    "calendar day, in the time to expiry of the settings"));
    const bool isKnown = greeks.unknownCount == 0;
    m_greeks->setValue(signedNumber(isKnown ? greeks.delta : desk::unknown, 1) + QStringLiteral(" · ") +
                           signedNumber(isKnown ? greeks.theta : desk::unknown, 1),
                       ticket.whatIf ? "accent" : "strong");
}

void TicketFigures::setNote(const desk::TicketView& ticket)
{
    const bool opens = ticket.effect == portfolio::OrderEffect::Opens;
    m_realised->setVisible(!opens);
    m_realised->setValue(signedMoney(ticket.realised), signTone(ticket.realised));
    QString words;
    if (ticket.isFlatAfter)
        words = tr("Flat after this order");
    else if (!opens)
        words = tr("After: all that stays in %1, at its open prices, and what is realised")
                    .arg(text(ticket.intent.underlying));
    else if (!std::isnan(ticket.maxLossWithHeld))
        words = tr("With what you hold: max loss %1").arg(maxLossText(ticket.maxLossWithHeld));
    m_note->setText(words);
    m_note->setVisible(!words.isEmpty());
    setLook(*m_note, "tone", ticket.isFlatAfter ? QStringLiteral("strong") : QStringLiteral("dim"));
}

BrokerTable::BrokerTable(QWidget* parent) : QWidget(parent)
{
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    const auto put = [&](const QString& words, const char* tone, int row, int column) {
        QLabel* const label = makeLabel(words, tone, this);
        grid->addWidget(label, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
        return label;
    };
    put(tr("broker"), "label", 0, 1)->setToolTip(tr("The broker's answer to the dry run"));
    put(tr("ours"), "label", 0, 2);
    put(tr("difference"), "label", 0, 3);
    const std::array names{tr("buying power"), tr("fees")};
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int row = static_cast<int>(i) + 1;
        put(names[i], "dim", row, 0);
        m_rows[i] = {put({}, "", row, 1), put({}, "", row, 2), put({}, "dim", row, 3)};
    }
    grid->setColumnStretch(0, 1);
}

void BrokerTable::fill(const Row& row, double broker, double ours)
{
    row.broker->setText(money(broker));
    row.ours->setText(money(ours));
    row.difference->setText(money(broker - ours));
    setLook(*row.difference, "tone",
            std::fabs(broker - ours) >= cent ? QStringLiteral("warning") : QStringLiteral("dim"));
}

void BrokerTable::setFigures(const desk::TicketView& ticket, const portfolio::DryRunResult* dryRun)
{
    fill(m_rows[0], dryRun ? dryRun->changeInBuyingPower.toDouble() : desk::unknown, ticket.buyingPowerEffect);
    fill(m_rows[1], dryRun ? dryRun->totalFees.toDouble() : desk::unknown, ticket.fees);
}

} // namespace vegadesk::ui
