#pragma once

#include "market/quote.h"

#include <cstddef>
#include <span>

/// What a series of returns says of a strategy, and how far it may be believed.
namespace vegadesk::backtest
{

inline constexpr double tradingDaysPerYear = 252;

/// Moments of a sample of returns; population (divided by n), kurtosis Pearson's (normal: 3). NaN below two returns or
/// without spread.
struct Moments {
    double mean = market::unknown, deviation = market::unknown, skewness = market::unknown, kurtosis = market::unknown;
};
Moments moments(std::span<const double> values);

/// Annual figures take 252 trading days; the risk-free rate (per year) is earned evenly over them. NaN when the returns
/// have no spread (Sharpe) or no downside (Sortino: deviation below the risk-free rate, over all days).
double sharpe(std::span<const double> dailyReturns, double riskFree);
double sortino(std::span<const double> dailyReturns, double riskFree);

/// What was won over what was lost, positive; NaN where nothing was lost.
double profitFactor(std::span<const double> profits);

/// Probability that the true Sharpe ratio exceeds `benchmark`; both ratios per period, not annualised. NaN below two periods.
/// Source: Bailey and López de Prado (2012), eq. 11; `kurtosis` is Pearson's.
double probabilisticSharpe(double sharpePerPeriod, std::size_t periods, double skewness, double kurtosis,
                           double benchmark = 0);

/// The Sharpe ratio that the best of `trials` strategies without any skill may be expected to show by luck, given the variance
/// of the trials' own ratios; per period as that is. 0 for a single trial, which was picked from nothing, and where the trials
/// do not differ (variance 0 or not known).
/// Source: Bailey and López de Prado (2014), eq. 6: √V ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), γ of Euler and Mascheroni.
double luckySharpe(double variance, std::size_t trials);

} // namespace vegadesk::backtest
