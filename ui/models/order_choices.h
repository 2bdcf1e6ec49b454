#pragma once

#include "ui/models/staged_order.h"

#include <QString>

#include <optional>
#include <span>

/// What the broker does not take together, said before anything is sent. Source: the broker's order rules; the risk gate holds
/// them too.
namespace vegadesk::ui
{

/// Only closes, or only opens. Neither of an order without legs.
bool onlyCloses(std::span<const StagedLeg> legs);
bool onlyOpens(std::span<const StagedLeg> legs);

/// One leg, of shares.
bool isOneOfShares(std::span<const StagedLeg> legs);

bool needsTrigger(portfolio::OrderType type);
bool needsLimit(portfolio::OrderType type);

/// Why an order of these legs cannot be of that type, in words; empty when it can.
QString typeRefusal(portfolio::OrderType type, std::span<const StagedLeg> legs);
/// Why one of that type cannot last so long.
QString timeRefusal(portfolio::TimeInForce time, portfolio::OrderType type, std::span<const StagedLeg> legs);
/// Why a stop cannot have that trigger: the market, by the middle of its quote, is there already.
QString triggerRefusal(base::Decimal trigger, bool buys, double mark);

/// Dollars to begin with of an order for an amount.
base::Decimal usualValue();
/// A trigger to begin with: a tenth of the price beyond the market, and at least two ticks; for a share a hundredth. None while
/// the market is not known.
std::optional<base::Decimal> usualTrigger(bool buys, bool isOption, double bid, double ask,
                                          const market::TickTable& ticks);
/// A limit to begin with behind that trigger: two hundredths worse, signed, positive is paid.
base::Decimal usualStopLimit(base::Decimal trigger, bool buys, const market::TickTable& ticks);

} // namespace vegadesk::ui
