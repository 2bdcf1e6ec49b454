#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Short straddle at the forward with wings bought, one expiry: an iron condor whose short strikes meet. More credit for the same
/// width, and a narrower range to keep it in.
///
/// Arithmetic  maximum profit = credit, at the strike only; maximum loss = wider wing − credit; break-evens = strike ∓ credit.
/// Source      as the iron condor's; that a quarter of the credit is the target is convention.
StrategyInfo ironButterfly();

} // namespace vegadesk::strategies
