#pragma once

#include "strategies/strategy.h"

#include <span>
#include <vector>

namespace vegadesk::strategies
{

/// Forecast of realised volatility from daily closes: average variance of the next `horizonDays` (>= 1) trading days, regressed
/// on the variance of the last day, week (5) and month (22). A forecast that leaves the range of averages seen is held to it.
/// The other forecast is risk::ewmaVolatility(). Only what the closes say is known: no average reaches beyond the last of them.
///
/// Units   volatility: decimal per year (252 trading days), 0.20 is 20 %.
/// Errors  NaN with fewer than 22 + horizon + 60 returns, or where a close is not positive.
/// Source  Corsi (2009), eq. 9, with squared daily returns in place of realised variances, which end-of-day data cannot give.
double harVolatility(std::span<const double> closes, int horizonDays);

/// "forecast" (ewma or har), "ewma_decay", "har_days".
std::vector<base::ParameterSpec> forecastSpecs();
/// The forecast that the parameters ask for, of the days until `expiration` of the state's chain, from its daily closes. NaN where
/// too few are known.
double forecastOf(const StrategyState& state, const base::Parameters& parameters, std::size_t expiration);

} // namespace vegadesk::strategies
