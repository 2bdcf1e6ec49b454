#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Short strangle with wings bought, one expiry: earns the credit while the underlying stays between the short strikes.
///
/// Arithmetic  maximum profit = credit; maximum loss = wider wing − credit; break-evens = short strikes ∓ credit.
/// Source      tastytrade's mechanics as the domain reference, C3, states them: about 45 days, 16 to 30 delta shorts, managed
///             at half the credit or 21 days. Hypotheses, not an edge: the studies state no fill cost.
StrategyInfo ironCondor();

} // namespace vegadesk::strategies
