// What the ticket shows: figures, limit, dry run and the way to send, each from the desk's last answer.
#include "market/calendar.h"
#include "ui/elided_label.h"
#include "ui/models/legs_model.h"
#include "ui/models/order_choices.h"
#include "ui/models/strategy_shapes.h"
#include "ui/models/words.h"
#include "ui/panels/limit_row.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/ticket_figures.h"
#include "ui/panels/what_if_bar.h"
#include "ui/plots/payoff_plot.h"
#include "ui/theme/format.h"

#include <QLabel>
#include <QPushButton>

namespace vegadesk::ui
{

namespace
{
QString joined(const std::vector<std::string>& sentences)
{
    QStringList parts;
    for (const std::string& sentence : sentences)
        parts << text(sentence);
    return parts.join(QStringLiteral(" · "));
}
} // namespace

void OrderTicketPanel::takeTicket()
{
    const std::shared_ptr<const desk::TicketView> ticket = m_context.desk.ticket();
    if (ticket->request != m_request || ticket == m_ticket)
        return;
    const bool wasPriced = isPriced();
    const auto tick = base::Decimal::fromDouble(ticket->tick);
    const auto mid = base::Decimal::fromDouble(ticket->mid);
    const std::optional<base::Decimal> onGrid =
        mid && tick && *tick > base::Decimal() ? std::optional(mid->roundedTo(*tick)) : std::nullopt;
    m_isMidMissing = !onGrid;
    m_ticks = ticket->ticks;
    m_mark = ticket->legs.size() == 1 ? ticket->legs.front().mid : desk::unknown;
    if (std::exchange(m_effect, ticket->effect) != ticket->effect)
        drawTitle();
    m_mid = onGrid;
    if (chooseTrigger(*ticket))
        return; // staged anew
    // The mid went away or moved: what was staged had other prices. The next answer will have these.
    if (wanted() != m_staged)
        stage();
    if (!wasPriced) {
        if (m_isMidMissing) { // what stands there is another order's
            m_figures->clear();
            m_payoff->setTicket(nullptr);
        }
        drawTerms();
        return;
    }
    m_ticket = ticket;
    m_isJudged = true;
    m_model->setTicket(ticket);
    m_payoff->setTicket(ticket);
    m_figures->setTicket(*ticket);
    m_whatIf->setTicket(*ticket, market::newYorkDate(m_context.desk.status()->marketTime));
    drawLimit();
    drawDryRun();
}

void OrderTicketPanel::drawTitle()
{
    if (!m_titleExtras)
        return;
    const std::vector<StagedLeg>& legs = m_context.staged.legs();
    m_titleLegs->setText(legs.empty() ? QString() : tr("%n leg(s)", nullptr, static_cast<int>(legs.size())));
    if (legs.empty()) {
        m_titleName->setWords({});
        return;
    }
    const QString name = orderName(legs, m_effect);
    QString where = text(m_context.staged.underlying());
    if (legs.front().option && hasOneExpiry(legs))
        where += u' ' + shortDateText(legs.front().option->expiry);
    m_titleName->setWords(name.isEmpty() ? where : name + QStringLiteral(" · ") + where);
}

void OrderTicketPanel::drawLimit()
{
    if (m_mix.empty())
        return;
    if (m_ticket && m_isJudged)
        m_limit->setMarket(m_ticket->natural, m_ticket->mid, m_ticket->tick);
    m_limit->setLimit(limitInForce(), !m_context.staged.limit() && !isPair() && !needsTrigger(m_context.staged.type()));
    m_limit->setTerms(m_context.staged, portfolio::unitCount(intent()), isPair());
    drawTerms();
}

const desk::DryRunView* OrderTicketPanel::dryRunOfThis() const
{
    const bool isThis =
        m_dryRunRequest != 0 && m_dryRunWanted == wanted() && m_dryRun && m_dryRun->request == m_dryRunRequest;
    return isThis ? m_dryRun.get() : nullptr;
}

void OrderTicketPanel::drawDryRun()
{
    const desk::DryRunView* const answer = dryRunOfThis();
    const bool isAsked = m_dryRunRequest != 0 && m_dryRunWanted == wanted();
    const bool isRunning = isAsked && !(answer && answer->isDone);
    const bool isGood =
        answer && answer->isDone && answer->failure.empty() && answer->result && answer->result->errors.empty();
    m_dryRunButton->setEnabled(isPriced() && !isRunning);
    if (isRunning)
        m_dryRunButton->setText(tr("Dry run …"));
    else if (isGood)
        m_dryRunButton->setText(answer->seconds < 1 ? tr("Dry run ✓ %1 ms").arg(number(1000 * answer->seconds, 0))
                                                    : tr("Dry run ✓ %1 s").arg(number(answer->seconds, 1)));
    else if (answer)
        m_dryRunButton->setText(tr("Dry run ✗"));
    else
        m_dryRunButton->setText(tr("Dry run"));
    QString help = tr("Ask the broker what this order would cost, without sending it (Ctrl+D)");
    if (answer && !answer->failure.empty())
        help = tr("The broker gave no usable answer: %1. Nothing was sent.").arg(text(answer->failure));
    else if (answer && answer->result && !answer->result->errors.empty())
        help = tr("The broker would refuse it: %1").arg(joined(answer->result->errors));
    else if (answer && answer->result && !answer->result->warnings.empty())
        help = tr("The broker warns: %1").arg(joined(answer->result->warnings));
    m_dryRunButton->setToolTip(help);
    if (m_ticket)
        m_broker->setFigures(*m_ticket, answer && answer->result ? &*answer->result : nullptr);
}

OrderTicketPanel::Obstacle OrderTicketPanel::sendObstacle() const
{
    if (m_mix.empty())
        return {tr("There is nothing to send: click a bid to sell or an ask to buy.")};
    const std::shared_ptr<const desk::StatusView> status = m_context.desk.status();
    if (status->orders != desk::Light::Live)
        return {status->why.empty()
                    ? tr("The broker is not connected: nothing can be sent.")
                    : tr("The broker is not connected (%1): nothing can be sent.").arg(text(status->why))};
    // Before what a closed market brings with it: quotes without two sides, and the gate's refusal.
    if (const QString closed = closedMarketText(*status); !closed.isEmpty())
        return {closed};
    if (const QString price = priceObstacle(); !price.isEmpty())
        return {price};
    if (!isPriced() && m_isMidMissing)
        return {tr("A leg has no two-sided quote of now, so there is no mid to follow. Enter a limit price yourself.")};
    if (!isPriced())
        return {tr("Pricing …"), true};
    if (!m_isJudged || !m_ticket)
        return {tr("Checking …"), true};
    if (!m_ticket->isAllowed)
        return {joined(m_ticket->verdict)};
    return {};
}

void OrderTicketPanel::drawSend()
{
    const bool isLive = m_context.desk.status()->environment == desk::Environment::Live;
    const auto [obstacle, isPassing] = sendObstacle();
    m_sendButton->setText(isLive ? tr("SEND LIVE") : tr("Send to sandbox"));
    setLook(*m_sendButton, "kind", isLive ? QStringLiteral("live") : QStringLiteral("primary"));
    m_sendButton->setEnabled(obstacle.isEmpty());
    m_sendButton->setToolTip(obstacle.isEmpty() ? tr("Send the order (Ctrl+Return)") : obstacle);
    if (m_mix.empty()) {
        m_verdict->clear();
        return;
    }
    if (!obstacle.isEmpty()) {
        const bool isRefused = m_isJudged && m_ticket && !m_ticket->isAllowed && !m_ticket->warnings.empty();
        showVerdict(isRefused ? obstacle + QStringLiteral(" · ") + joined(m_ticket->warnings) : obstacle,
                    isPassing ? "dim" : "warning");
        return;
    }
    const desk::DryRunView* const answer = dryRunOfThis();
    if (answer && (!answer->failure.empty() || (answer->result && !answer->result->errors.empty())))
        showVerdict(m_dryRunButton->toolTip(), "warning");
    else if (!m_ticket->warnings.empty())
        showVerdict(joined(m_ticket->warnings) + QStringLiteral(" · ") + joined(m_ticket->verdict), "warning");
    else
        showVerdict(joined(m_ticket->verdict), "dim");
}

void OrderTicketPanel::showVerdict(const QString& words, const char* tone)
{
    m_verdict->setText(words);
    m_verdict->setToolTip(words);
    setLook(*m_verdict, "tone", QString::fromLatin1(tone));
}

} // namespace vegadesk::ui
