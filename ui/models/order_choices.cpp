#include "ui/models/order_choices.h"

#include "ui/theme/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{

using portfolio::OrderType;
using portfolio::TimeInForce;

struct Rules {
    Q_DECLARE_TR_FUNCTIONS(OrderRules)
};

constexpr double optionRoom = 0.10, shareRoom = 0.01, limitRoom = 0.02;

/// Away from the market, on the grid.
base::Decimal beyond(base::Decimal price, bool isUp, const market::TickTable& ticks)
{
    const base::Decimal tick = market::tickAt(ticks, price);
    return std::max(isUp ? price.ceiledTo(tick) : price.flooredTo(tick), tick);
}

} // namespace

bool onlyCloses(std::span<const StagedLeg> legs)
{
    return !legs.empty() && std::ranges::all_of(legs, &StagedLeg::isClosing);
}

bool onlyOpens(std::span<const StagedLeg> legs)
{
    return !legs.empty() && std::ranges::none_of(legs, &StagedLeg::isClosing);
}

bool isOneOfShares(std::span<const StagedLeg> legs)
{
    return legs.size() == 1 && legs.front().type == market::InstrumentType::Equity;
}

bool needsTrigger(OrderType type)
{
    return type == OrderType::Stop || type == OrderType::StopLimit;
}

bool needsLimit(OrderType type)
{
    return type == OrderType::Limit || type == OrderType::StopLimit;
}

QString typeRefusal(OrderType type, std::span<const StagedLeg> legs)
{
    if (type == OrderType::NotionalMarket && !isOneOfShares(legs))
        return Rules::tr("Only shares, by themselves, are traded for an amount of dollars.");
    if (type != OrderType::Limit && legs.size() > 1)
        return Rules::tr("The broker takes market and stop orders of one leg only.");
    const bool isAtMarket = type == OrderType::Market || type == OrderType::NotionalMarket;
    if (!isAtMarket && isOneOfShares(legs) && !legs.front().quantity.isWhole())
        return Rules::tr("A fraction of a share is traded at the market only.");
    return {};
}

QString timeRefusal(TimeInForce time, OrderType type, std::span<const StagedLeg> legs)
{
    const bool lasts = time == TimeInForce::Gtc || time == TimeInForce::Gtd;
    if (type == OrderType::NotionalMarket && time != TimeInForce::Day)
        return Rules::tr("An order for an amount is for the day.");
    if (type == OrderType::Market && lasts)
        return Rules::tr("The broker keeps no market order for another day.");
    if (type == OrderType::Stop && lasts && !onlyCloses(legs))
        return Rules::tr("The broker keeps no stop that opens for another day; one with a limit it does.");
    if (needsTrigger(type) && time == TimeInForce::Ioc)
        return Rules::tr("A stop waits for its trigger: it cannot be filled at once or cancelled.");
    return {};
}

QString triggerRefusal(base::Decimal trigger, bool buys, double mark)
{
    if (!std::isfinite(mark) || (buys ? trigger.toDouble() > mark : trigger.toDouble() < mark))
        return {};
    return buys ? Rules::tr(
                      "The market is at %1: a stop that buys needs a trigger above that, or it would trade at once.")
                      .arg(number(mark, 2))
                : Rules::tr(
                      "The market is at %1: a stop that sells needs a trigger below that, or it would trade at once.")
                      .arg(number(mark, 2));
}

base::Decimal usualValue()
{
    return base::Decimal::fromInteger(100);
}

std::optional<base::Decimal> usualTrigger(bool buys, bool isOption, double bid, double ask,
                                          const market::TickTable& ticks)
{
    const auto touch = base::Decimal::fromDouble(buys ? ask : bid);
    if (!touch || !(*touch > base::Decimal()))
        return {};
    const base::Decimal leastRoom = market::tickAt(ticks, *touch) * 2;
    const double room = std::max((isOption ? optionRoom : shareRoom) * touch->toDouble(), leastRoom.toDouble());
    const auto wanted = base::Decimal::fromDouble(touch->toDouble() + (buys ? room : -room));
    return wanted ? std::optional(beyond(*wanted, buys, ticks)) : std::nullopt;
}

base::Decimal usualStopLimit(base::Decimal trigger, bool buys, const market::TickTable& ticks)
{
    const double room = std::max(limitRoom * trigger.toDouble(), market::tickAt(ticks, trigger).toDouble());
    const base::Decimal price = base::Decimal::fromDouble(trigger.toDouble() + (buys ? room : -room)).value_or(trigger);
    return buys ? beyond(price, true, ticks) : -beyond(price, false, ticks);
}

} // namespace vegadesk::ui
