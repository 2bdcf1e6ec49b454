#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Takes the way of a close outside the range of the closes before it: pays for a spread where implied volatility is cheap within
/// its own year, sells one where it is dear, and stays out between.
///
/// Source  Donchian's channel, of closes; the filter is the domain reference's, C5: buy below a rank of 0.3, sell above 0.5.
StrategyInfo breakoutSpread();

} // namespace vegadesk::strategies
