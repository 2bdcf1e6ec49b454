#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// A call and a put of one expiry, bought or sold, without a hedge: bought it earns by moves larger than implied volatility said,
/// sold by smaller ones. The straddle's strikes meet at the forward, the strangle's stand apart by delta.
///
/// Loss    bought: the premium. Sold: not limited, so it is sized by what it loses under stress, and by margin.
/// Source  conventions; that short ones are managed at half the credit or 21 days is the domain reference's C3, of strangles on
///         SPY from 2005 to 2018 without a stated fill cost: a hypothesis.
StrategyInfo straddle();
StrategyInfo strangle();

} // namespace vegadesk::strategies
