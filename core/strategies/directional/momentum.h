#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Follows the underlying's own trend with a debit spread or an option bought, sized by the underlying's volatility.
///
/// Signal  of completed days: the return of twelve months without the last one, or the average of 20 closes against that of 100.
/// Size    the delta held is worth net liquidation times volatility_target over the underlying's EWMA volatility, at most
///         (risk::sizeForVolatility), and within every budget.
/// Source  Moskowitz, Ooi and Pedersen (2012), "Time series momentum"; the domain reference, C5.
StrategyInfo momentum();

} // namespace vegadesk::strategies
