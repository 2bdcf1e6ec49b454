#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Sells straddles of an index and buys those of its members (or the reverse), each name's delta hedged with its shares: earns where
/// the members move less together than options say.
///
/// Enter   implied correlation at or above a percentile of its own year, and above what was realised over the same horizon by more
///         than all costs; names that report before the expiry and names without liquidity stay out, the others are weighted anew.
/// Size    whole straddles whose loss at a correlation of one stays within the budget of a trade, see stressLoss().
/// Hedge   each name's delta outside its band. An index without shares is hedged through its members' shares, by weight.
/// Adjust  the members' straddles where their vega has drifted from what belongs to the index'.
/// Leave   correlation back at its median, days, a loss of the trade's budget; a name before its report. While a leg is missing it
///         is completed, and after leg_minutes everything is unwound.
/// Source  domain reference, C1.
StrategyInfo dispersion();

} // namespace vegadesk::strategies
