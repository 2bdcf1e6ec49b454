#pragma once

#include "risk/hedging/hedge_planner.h"
#include "strategies/strategy.h"

/// The delta of what a strategy holds, by other volatilities than the implied ones.
namespace vegadesk::strategies
{

/// Net delta in shares with every option at another volatility: its own times `factor`.
double deltaAtVolatilities(const StrategyState& state, double factor);
/// Net delta in shares with every option at the one volatility that is expected. NaN where that is not known.
double deltaAtForecast(const StrategyState& state, double volatility);

/// How an option's volatility has moved with the underlying, from the closes and volatilities at the money of the past days alone.
///
/// Method  each past day gives three calls of 30 days, of a delta of about a quarter, a half and three quarters, valued before and
///         after it at unchanged time. Of a strike the volatility is the day's at the money plus the slope of the chain's smile
///         now times log-moneyness: history does not hold smiles, and a smile that only moves along with the spot is no move of
///         volatility at a strike twice.
/// Errors  those of risk::fitMinimumVariance(); closes or volatilities of too few days.
base::Result<risk::MinimumVariance> minimumVarianceOf(const StrategyState& state);
/// Net delta in shares, each option's by risk::minimumVarianceDelta().
double minimumVarianceDelta(const StrategyState& state, const risk::MinimumVariance& fit);

} // namespace vegadesk::strategies
