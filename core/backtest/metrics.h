#pragma once

#include "backtest/statistics.h"
#include "base/time.h"
#include "market/quote.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::backtest
{

/// The account at one instant, open options marked to market.
struct EquityPoint {
    base::Instant at{};
    double equity = 0;                          ///< cash + marks
    double buyingPowerUsed = 0;                 ///< requirement of what is held, cash
    double notional = 0;                        ///< Σ |quantity| · multiplier · price of the underlying, cash
    double impliedVolatility = market::unknown; ///< thirtyDayVolatility() of the chain, per year
};

/// The largest fall of equity from an earlier high.
struct Drawdown {
    double fraction = 0; ///< of the high, positive
    double days = 0;     ///< calendar days of the longest stay under an earlier high, still running at the end included
    double timeUnderWater = 0; ///< part of the time that equity was under an earlier high
};

/// One figure of a report. Names are stable: JSON, table and dialog use them, and docs/backtesting.md says what each is.
struct Metric {
    std::string id;   ///< "sharpe"
    std::string unit; ///< "fraction", "usd", "ratio", "count", "days"
    double value = market::unknown;
};

/// The last point of each New York date, oldest first.
std::vector<EquityPoint> dailyPoints(std::span<const EquityPoint> curve);
/// Simple returns from point to point; a step from equity <= 0 ends the series.
std::vector<double> returns(std::span<const EquityPoint> points);
/// Simple returns from day to day; the first is from the run's start to the end of its first day, where that has more than the
/// start in it: what an entry costs belongs to the figures too.
std::vector<double> dailyReturns(std::span<const EquityPoint> curve);
/// Equity over its running high, minus 1: 0 or negative, one a point.
std::vector<double> drawdowns(std::span<const EquityPoint> curve);
Drawdown worstDrawdown(std::span<const EquityPoint> curve);

/// Compound growth per year of 365 days between first and last point; NaN without time, −1 when nothing is left.
double compoundAnnualGrowth(std::span<const EquityPoint> curve);

/// What trades, fills and the broker's figures add to the curve.
struct Tally {
    std::span<const double> tradeProfits; ///< cash, one a closed group, after fees
    std::size_t orders = 0, fills = 0, refusals = 0;
    double fees = 0, spread = 0, slippage = 0;
    double riskFree = 0; ///< per year
};
/// Every figure of a report, in the order it is shown. What cannot be known (a profit factor without losses) is NaN.
/// As a single trial: see judge() for what the number of trials changes.
std::vector<Metric> measure(std::span<const EquityPoint> curve, const Tally& tally);

/// NaN when there is none of that id.
double valueOf(std::span<const Metric> metrics, std::string_view id);
/// For picking alone, never to be shown: the figure, or +infinity where there was nothing to divide by (a profit factor without
/// losses, a Calmar ratio without a drawdown, a Sortino ratio without a day below its target) and trades made a profit. Others that
/// are not known stay NaN.
double rankOf(std::string_view id, double value, double trades, double netProfit);
double rankOf(std::span<const Metric> metrics, std::string_view id);
/// Of figures that measure() gave: the probability that the Sharpe ratio is more than the luckiest of as many trials without skill
/// would show. `sharpeVariance` of the trials' daily ratios. See luckySharpe().
double deflatedSharpe(std::span<const Metric> metrics, double sharpeVariance, std::size_t trials);
/// Sets the figure of that id; does nothing where there is none.
void setMetric(std::vector<Metric>& metrics, std::string_view id, double value);

} // namespace vegadesk::backtest
