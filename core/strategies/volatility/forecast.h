#pragma once

#include <span>

namespace vegadesk::strategies
{

/// Forecasts of realised volatility from daily closes.
///
/// Units   volatility: decimal per year (252 trading days), 0.20 is 20 %.
/// Errors  NaN where the closes do not suffice (see each), or one of them is not positive.
/// Source  EWMA: RiskMetrics technical document (1996), section 5.2, zero mean. HAR: Corsi (2009), eq. 9, with
///         squared daily returns in place of realised variances, which end-of-day data cannot give.

/// Needs 11 closes. `decay` in (0, 1); the first return's square starts the recursion.
double ewmaVolatility(std::span<const double> closes, double decay);

/// Average variance of the next `horizonDays` (>= 1) trading days, regressed on the variance of the last day, week (5)
/// and month (22). Needs 22 + horizon + 60 returns; a forecast that leaves the range of averages seen is held to it.
double harVolatility(std::span<const double> closes, int horizonDays);

} // namespace vegadesk::strategies
