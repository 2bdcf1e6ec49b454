// The prices of the staged order: its limit, the trigger of a stop, and those of its exits.
#include "market/calendar.h"
#include "ui/models/order_choices.h"
#include "ui/panels/exit_rows.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/trigger_row.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

using portfolio::OrderType;

/// What was paid for one unit of what the legs close, positive, or received; NaN when one of them is not held.
double heldPrice(const desk::TradingView& trading, const portfolio::OrderIntent& close)
{
    const auto averageOf = [&](const std::string& symbol) {
        for (const desk::PositionGroup& group : trading.groups) {
            for (const desk::PositionRow& row : group.rows) {
                if (row.position.symbol == symbol)
                    return row.position.averageOpenPrice.toDouble();
            }
        }
        return desk::unknown;
    };
    const auto units = portfolio::unitCount(close).toDouble();
    double net = 0;
    for (const portfolio::OrderLeg& leg : close.legs)
        net -= portfolio::signedQuantity(leg.action, leg.quantity).toDouble() / units * averageOf(leg.symbol);
    return net;
}

bool buysFirst(const StagedOrder& staged)
{
    return !staged.legs().empty() && staged.legs().front().quantity > 0;
}

} // namespace

bool OrderTicketPanel::hasExits() const
{
    const ExitPlan& plan = m_context.staged.exits();
    return (plan.target.isOn || plan.stop.isOn) && exitRefusal(m_context.staged).isEmpty();
}

bool OrderTicketPanel::isPair() const
{
    return hasExits() && onlyCloses(m_context.staged.legs());
}

std::optional<base::Decimal> OrderTicketPanel::limitInForce() const
{
    const StagedOrder& staged = m_context.staged;
    if (isPair()) {
        const auto target = exitPrices().target;
        return target && !buysFirst(staged) ? std::optional(-*target) : target;
    }
    if (staged.limit())
        return staged.limit();
    if (staged.type() != OrderType::StopLimit)
        return m_mid;
    return staged.trigger() ? std::optional(usualStopLimit(*staged.trigger(), buysFirst(staged), m_ticks))
                            : std::nullopt;
}

double OrderTicketPanel::premium() const
{
    const StagedOrder& staged = m_context.staged;
    const double mid = m_mid ? m_mid->toDouble() : desk::unknown;
    if (onlyCloses(staged.legs())) {
        // By what was paid, unless the market is beyond that exit already: then by the market.
        const double held = heldPrice(*m_context.desk.trading(), staged.intent({}));
        const auto isBeyond = [&](ExitSide side, const ExitPart& part) {
            const auto price = exitPrice(side, part, held, m_ticks);
            const bool isAbove = (side == ExitSide::Target) == (held > 0);
            return part.isOn && !part.price && price &&
                   (isAbove ? price->toDouble() <= std::fabs(mid) : price->toDouble() >= std::fabs(mid));
        };
        const bool isPassed =
            isBeyond(ExitSide::Target, staged.exits().target) || isBeyond(ExitSide::Stop, staged.exits().stop);
        return std::isfinite(held) && !isPassed ? held : -mid;
    }
    if (staged.type() == OrderType::Stop)
        return staged.trigger() ? (buysFirst(staged) ? 1 : -1) * staged.trigger()->toDouble() : desk::unknown;
    if (!needsLimit(staged.type()))
        return mid;
    const auto limit = limitInForce();
    return limit ? limit->toDouble() : desk::unknown;
}

ExitPrices OrderTicketPanel::exitPrices() const
{
    const ExitPlan& plan = m_context.staged.exits();
    const double net = premium();
    ExitPrices prices;
    if (plan.target.isOn)
        prices.target = exitPrice(ExitSide::Target, plan.target, net, m_ticks);
    if (plan.stop.isOn && stopRefusal(m_context.staged).isEmpty())
        prices.stop = exitPrice(ExitSide::Stop, plan.stop, net, m_ticks);
    return prices;
}

OrderTicketPanel::Wanted OrderTicketPanel::wanted() const
{
    Wanted wanted{m_context.staged.intent(limitInForce().value_or(base::Decimal())), {}};
    if (!hasExits())
        return wanted;
    const ExitPrices prices = exitPrices();
    if (isPair() && prices.target && prices.stop)
        wanted.complex = pairOf(wanted.intent, prices);
    else if (!isPair() && (prices.target || prices.stop))
        wanted.complex = bracketOf(wanted.intent, prices);
    if (wanted.complex)
        wanted.intent = portfolio::firstPartOf(*wanted.complex);
    return wanted;
}

bool OrderTicketPanel::isPriced() const
{
    const StagedOrder& staged = m_context.staged;
    if (needsTrigger(staged.type()) && !staged.trigger())
        return false;
    if (needsLimit(staged.type()) && !limitInForce())
        return false;
    if (!hasExits())
        return true;
    const ExitPrices prices = exitPrices();
    const bool wantsStop = staged.exits().stop.isOn && stopRefusal(staged).isEmpty();
    return (!staged.exits().target.isOn || prices.target) && (!wantsStop || prices.stop);
}

bool OrderTicketPanel::chooseTrigger(const desk::TicketView& ticket)
{
    StagedOrder& staged = m_context.staged;
    if (!needsTrigger(staged.type()) || staged.trigger() || ticket.legs.size() != 1)
        return false;
    const desk::TicketLeg& leg = ticket.legs.front();
    const auto trigger = usualTrigger(buysFirst(staged), leg.option.has_value(), leg.bid, leg.ask, ticket.ticks);
    if (trigger)
        staged.setTrigger(trigger);
    return trigger.has_value();
}

bool OrderTicketPanel::chooseDate()
{
    constexpr std::chrono::days usual(30), longest(366);
    const base::Date today = market::newYorkDate(m_context.desk.status()->marketTime);
    base::Date last = today + longest;
    for (const StagedLeg& leg : m_context.staged.legs()) {
        if (leg.option)
            last = std::min(last, leg.option->expiry);
    }
    m_trigger->setDates(today, last);
    if (m_context.staged.timeInForce() != portfolio::TimeInForce::Gtd || m_context.staged.gtcDate())
        return false;
    m_context.staged.setGtcDate(std::clamp(today + usual, today, std::max(today, last)));
    return true;
}

QString OrderTicketPanel::priceObstacle() const
{
    const StagedOrder& staged = m_context.staged;
    if (needsTrigger(staged.type()) && !staged.trigger() && m_isMidMissing)
        return tr("The contract has no two-sided quote of now. Enter a trigger yourself.");
    if (!m_trigger->refusal().isEmpty())
        return m_trigger->refusal();
    const double net = premium();
    if (!hasExits() || !std::isfinite(net))
        return {};
    const ExitPrices prices = exitPrices();
    const auto saysNothing = [&](const ExitPart& part, const std::optional<base::Decimal>& price) {
        return part.isOn && !price;
    };
    if (saysNothing(staged.exits().target, prices.target))
        return tr("That profit target leaves no price above 0: choose a smaller percent.");
    if (stopRefusal(staged).isEmpty() && saysNothing(staged.exits().stop, prices.stop))
        return tr("That stop loss leaves no price above 0: choose a smaller percent.");
    return {};
}

void OrderTicketPanel::drawTerms()
{
    m_trigger->setMarket(m_mark, m_ticks);
    m_trigger->setTerms(m_context.staged);
    const bool isOfThis = m_isJudged && m_ticket;
    m_exits->setPlan(m_context.staged, {premium(), m_ticks, isOfThis ? m_ticket->targetProfit : desk::unknown,
                                        isOfThis ? m_ticket->stopProfit : desk::unknown});
}

} // namespace vegadesk::ui
