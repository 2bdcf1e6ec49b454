#pragma once

#include "base/random.h"
#include "market/quote.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace vegadesk::backtest
{

/// From the 5th to the 95th percentile. NaN: not known; infinite where that many draws have no losses.
struct Interval {
    double low = market::unknown, high = market::unknown;
};

struct BootstrapSettings {
    double meanBlock =
        1; ///< days, >= 1: about as long as a trade is held, so that what hangs together is drawn together
    std::size_t draws = 2000;
    std::uint64_t seed = 1;
};

/// How far a run's figures might have come out otherwise, had the same days and trades come in another order.
struct Bootstrap {
    BootstrapSettings settings;
    Interval sharpe;       ///< per year
    Interval maxDrawdown;  ///< fraction of the high, positive
    Interval profitFactor; ///< of trades, which are drawn one by one
};

/// Fills `sample` with values of `series`, in blocks that begin anywhere and go on, past the end from the beginning, with
/// probability 1 − 1/meanBlock at each step: their lengths are geometric, and the sample is stationary.
/// Requires  a series that is not empty, meanBlock >= 1.
/// Source    Politis and Romano, "The stationary bootstrap" (1994).
void drawStationary(std::span<const double> series, double meanBlock, base::Generator& generator,
                    std::span<double> sample);

/// The smallest of `values` with at least that part of them at or below it; sorts them. NaN for none.
double nearestRank(std::vector<double>& values, double part);

/// Of daily returns and of closed trades' profits; NaN where there are fewer than two of them, and all of them after a stop request:
/// fewer draws would be other intervals. The risk-free rate is per year.
Bootstrap bootstrap(std::span<const double> dailyReturns, std::span<const double> tradeProfits, double riskFree,
                    const BootstrapSettings& settings, const std::stop_token& stop = {});

} // namespace vegadesk::backtest
