#pragma once

#include "market/instrument.h"
#include "portfolio/complex_intent.h"
#include "ui/models/staged_order.h"

#include <QString>

#include <optional>
#include <span>

/// How a position is to be left: the exits that the ticket sends along with an order, as orders that depend on each other.
namespace vegadesk::ui
{

enum class ExitSide : std::uint8_t { Target, Stop };

/// An exit's percents are of the premium: what a target gains, and what a stop loses.
inline constexpr double exitPercentMost = 1000;
/// Half the premium made, half of a paid one lost; of a received one as much again.
double usualExitPercent(ExitSide side, double net);

/// Price per unit at which an exit trades, unsigned: a limit of a target, a trigger of a stop. `net` is the signed price of the
/// position's unit, positive was paid. None without it, or where the percent leaves no price above zero.
std::optional<base::Decimal> exitPrice(ExitSide side, double percent, double net, const market::TickTable& ticks);
/// The other way round; NaN without a premium.
double exitPercent(ExitSide side, base::Decimal price, double net);
/// What is typed, else by the percent, else by the usual one.
std::optional<base::Decimal> exitPrice(ExitSide side, const ExitPart& part, double net, const market::TickTable& ticks);

/// Why no exits go with this order, in words; empty when some do.
QString exitRefusal(const StagedOrder& staged);
/// Why no stop goes with it.
QString stopRefusal(const StagedOrder& staged);

struct ExitPrices {
    std::optional<base::Decimal> target, stop; ///< unsigned; none: without that exit
};
/// An opening order, and its closes behind it, until cancelled. One of both prices at least.
portfolio::ComplexIntent bracketOf(const portfolio::OrderIntent& entry, const ExitPrices& prices);
/// Two closes of what is held, of which one fills: at a target and, once the market comes there, at a stop. Both prices.
portfolio::ComplexIntent pairOf(const portfolio::OrderIntent& close, const ExitPrices& prices);

} // namespace vegadesk::ui
