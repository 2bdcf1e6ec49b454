#include "ui/models/exit_plan.h"

#include "ui/models/order_choices.h"

#include <QCoreApplication>

#include <cmath>

namespace vegadesk::ui
{

namespace
{

using portfolio::OrderIntent;
using portfolio::OrderType;

struct Exits {
    Q_DECLARE_TR_FUNCTIONS(ExitPlan)
};

/// Of the premium's size: a paid one is sold dearer at a target, a received one bought back cheaper.
double factorOf(ExitSide side, double percent, double net)
{
    const bool isUp = (side == ExitSide::Target) == (net > 0);
    return 1 + (isUp ? percent : -percent) / 100;
}

portfolio::Action closing(portfolio::Action action)
{
    return portfolio::isBuy(action) ? portfolio::Action::SellToClose : portfolio::Action::BuyToClose;
}

OrderIntent closeOf(OrderIntent entry)
{
    for (portfolio::OrderLeg& leg : entry.legs)
        leg.action = closing(leg.action);
    entry.timeInForce = portfolio::TimeInForce::Gtc;
    entry.gtcDate.reset();
    return entry;
}

/// `isCredit`: the close receives.
OrderIntent atTarget(OrderIntent close, base::Decimal price, bool isCredit)
{
    close.type = OrderType::Limit;
    close.stopTrigger.reset();
    close.price = price;
    close.effect = isCredit ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
    return close;
}

OrderIntent atStop(OrderIntent close, base::Decimal trigger)
{
    close.type = OrderType::Stop;
    close.stopTrigger = trigger;
    close.price.reset();
    close.effect = portfolio::PriceEffect::None;
    return close;
}

/// Whether what the entry opens was paid for. An order without a limit has one leg.
bool isPaid(const OrderIntent& entry)
{
    return entry.price ? entry.effect != portfolio::PriceEffect::Credit : portfolio::isBuy(entry.legs.front().action);
}

} // namespace

double usualExitPercent(ExitSide side, double net)
{
    constexpr double half = 50, whole = 100;
    return side == ExitSide::Stop && net < 0 ? whole : half;
}

std::optional<base::Decimal> exitPrice(ExitSide side, double percent, double net, const market::TickTable& ticks)
{
    const auto exact = base::Decimal::fromDouble(std::fabs(net) * factorOf(side, percent, net));
    if (!exact || !(*exact > base::Decimal()))
        return {};
    return std::max(exact->roundedTo(market::tickAt(ticks, *exact)), market::tickAt(ticks, *exact));
}

double exitPercent(ExitSide side, base::Decimal price, double net)
{
    if (!(std::fabs(net) > 0))
        return std::nan("");
    const double change = 100 * (price.toDouble() / std::fabs(net) - 1);
    return (side == ExitSide::Target) == (net > 0) ? change : -change;
}

std::optional<base::Decimal> exitPrice(ExitSide side, const ExitPart& part, double net, const market::TickTable& ticks)
{
    if (part.price)
        return part.price;
    return exitPrice(side, part.percent.value_or(usualExitPercent(side, net)), net, ticks);
}

QString exitRefusal(const StagedOrder& staged)
{
    if (staged.value())
        return Exits::tr("Exits need a number of shares, which an amount of dollars does not say.");
    if (onlyOpens(staged.legs()))
        return {};
    if (!onlyCloses(staged.legs()))
        return Exits::tr("Exits go with an order that only opens, or one that only closes.");
    if (staged.legs().size() > 1)
        return Exits::tr(
            "Of two closes that cancel each other one is a stop, and the broker takes stops of one leg only.");
    if (staged.type() != OrderType::Limit)
        return Exits::tr("Two closes that cancel each other are a limit and a stop: choose a limit order.");
    return {};
}

QString stopRefusal(const StagedOrder& staged)
{
    return staged.legs().size() > 1 ? Exits::tr("The broker takes stops of one leg only.") : QString();
}

portfolio::ComplexIntent bracketOf(const OrderIntent& entry, const ExitPrices& prices)
{
    portfolio::ComplexIntent bracket;
    bracket.kind = prices.target && prices.stop ? portfolio::ComplexKind::Otoco : portfolio::ComplexKind::Oto;
    bracket.trigger = entry;
    const OrderIntent close = closeOf(entry);
    if (prices.target)
        bracket.orders.push_back(atTarget(close, *prices.target, isPaid(entry)));
    if (prices.stop)
        bracket.orders.push_back(atStop(close, *prices.stop));
    return bracket;
}

portfolio::ComplexIntent pairOf(const OrderIntent& close, const ExitPrices& prices)
{
    portfolio::ComplexIntent pair;
    pair.kind = portfolio::ComplexKind::Oco;
    pair.orders = {atTarget(close, *prices.target, !portfolio::isBuy(close.legs.front().action)),
                   atStop(close, *prices.stop)};
    return pair;
}

} // namespace vegadesk::ui
