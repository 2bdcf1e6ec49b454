#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// At-the-money straddle, delta-hedged with shares. Long it earns when the underlying moves more than the straddle's implied
/// volatility says, and pays time value when it moves less; short it is the other way round, with wings bought.
///
/// Edge    forecast minus implied volatility (short: the reverse), less what hedging costs (hedgeCost()) and less the spreads of
///         all legs, in and out, divided by their vega.
/// Size    within the budget of a trade, and so that the book's vega, its loss on a day of one standard deviation (hedged at the
///         day's start) and its Γ · S · 1 % each stay within their part of equity. Margin counts the shares that will hedge it.
/// Hedge   hedgeOf(): by the clock, or back to the edge of a fixed band, Whalley and Wilmott's or Zakamouline's.
/// Events  nothing is entered over a company's report unless that is allowed, and what would go over one leaves before.
/// Source  Ahmad and Wilmott (2005) for the identity ½ΓS²[(dS/S)² − σ²dt], which portfolio::HedgeLedger accounts for; the domain
///         reference, C2.
StrategyInfo gammaScalping();

} // namespace vegadesk::strategies
