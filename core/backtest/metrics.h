#pragma once

#include "base/time.h"
#include "market/quote.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::backtest
{

/// The account at one instant, open options marked to market.
struct EquityPoint {
    base::Instant at{};
    double equity = 0;          ///< cash + marks
    double buyingPowerUsed = 0; ///< requirement of what is held, cash
};

/// The largest fall of equity from an earlier high.
struct Drawdown {
    double fraction = 0; ///< of the high, positive
    double days = 0;     ///< calendar days of the longest stay under an earlier high, still running at the end included
};

/// Moments of a sample of returns; population (divided by n), kurtosis Pearson's (normal: 3). NaN below two returns or
/// without spread.
struct Moments {
    double mean = market::unknown, deviation = market::unknown, skewness = market::unknown, kurtosis = market::unknown;
};

/// One figure of a report. Names are stable: JSON, table and dialog use them.
struct Metric {
    std::string id;   ///< "sharpe"
    std::string unit; ///< "fraction", "usd", "ratio", "count", "days"
    double value = market::unknown;
};

/// The last point of each New York date, oldest first.
std::vector<EquityPoint> dailyPoints(std::span<const EquityPoint> curve);
/// Simple returns from point to point; a step from equity <= 0 ends the series.
std::vector<double> returns(std::span<const EquityPoint> points);
/// Equity over its running high, minus 1: 0 or negative, one a point.
std::vector<double> drawdowns(std::span<const EquityPoint> curve);
Drawdown worstDrawdown(std::span<const EquityPoint> curve);
Moments moments(std::span<const double> values);

/// Annual figures take 252 trading days; the risk-free rate (per year) is earned evenly over them. NaN when the returns
/// have no spread (Sharpe) or no downside (Sortino: deviation below the risk-free rate, over all days).
double sharpe(std::span<const double> dailyReturns, double riskFree);
double sortino(std::span<const double> dailyReturns, double riskFree);
/// Compound growth per year of 365 days between first and last point; NaN without time, −1 when nothing is left.
double compoundAnnualGrowth(std::span<const EquityPoint> curve);

/// Probability that the true Sharpe ratio exceeds `benchmark`; both ratios per period, not annualised.
/// Source: Bailey and López de Prado (2012), eq. 11; `kurtosis` is Pearson's.
double probabilisticSharpe(double sharpePerPeriod, std::size_t periods, double skewness, double kurtosis,
                           double benchmark = 0);

/// What trades, fills and the broker's figures add to the curve.
struct Tally {
    std::span<const double> tradeProfits; ///< cash, one a closed group, after fees
    std::size_t orders = 0, fills = 0, refusals = 0;
    double fees = 0, spread = 0, slippage = 0;
    double riskFree = 0; ///< per year
};
/// Every figure of a report, in the order it is shown. What cannot be known (a profit factor without losses) is NaN.
std::vector<Metric> measure(std::span<const EquityPoint> curve, const Tally& tally);

} // namespace vegadesk::backtest
