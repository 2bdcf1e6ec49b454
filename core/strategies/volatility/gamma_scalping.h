#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Long at-the-money straddle, delta-hedged with shares: it earns when the underlying moves more than the straddle's implied
/// volatility says, and pays time value when it moves less.
///
/// Hedge   back into a band around zero delta: a fixed one, or Whalley and Wilmott's, in delta per share of a straddle.
/// Source  Ahmad and Wilmott (2005) for the identity ½ΓS²[(dS/S)² − σ²dt]; the domain reference, C2.
StrategyInfo gammaScalping();

} // namespace vegadesk::strategies
