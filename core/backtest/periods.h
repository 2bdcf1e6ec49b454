#pragma once

#include "backtest/metrics.h"
#include "pricing/chain_analytics.h"

#include <span>
#include <string>
#include <vector>

/// A run's profit by days, weeks, months and by how volatile the market was.
namespace vegadesk::backtest
{

/// A stretch of New York dates, both included.
struct PeriodProfit {
    base::Date first{}, last{};
    double profit = 0;   ///< cash
    double fraction = 0; ///< of the equity before it; NaN where that is not positive
};

/// Trading days; weeks from Monday; calendar months. Each from the last point before it to its own last point, so that they add up
/// to the whole run; the run's first point opens the first one.
std::vector<PeriodProfit> profitByDay(std::span<const EquityPoint> curve);
std::vector<PeriodProfit> profitByWeek(std::span<const EquityPoint> curve);
std::vector<PeriodProfit> profitByMonth(std::span<const EquityPoint> curve);
/// The `count` largest losses, worst first; only losses.
std::vector<PeriodProfit> worst(std::vector<PeriodProfit> periods, std::size_t count);

/// The volatility of options about 30 days from expiry at the forward, per year: total variance linear in time between the
/// expirations around 30 days, flat beyond the first and last that are 5 to 120 days away. NaN without one.
double thirtyDayVolatility(const pricing::ChainAnalytics& analytics);

/// Days that began (by the evening before) with a 30-day implied volatility in one band.
struct RegimeProfit {
    std::string name; ///< "below 15 %", …, "not known"
    std::size_t days = 0;
    double profit = 0; ///< cash
};
/// Bands below 15 %, to 20, to 30 and above, lowest first, then what is not known; none that has no days. They add up to the run.
std::vector<RegimeProfit> profitByRegime(std::span<const EquityPoint> curve);

} // namespace vegadesk::backtest
