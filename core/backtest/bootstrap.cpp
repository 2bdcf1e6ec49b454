#include "backtest/bootstrap.h"

#include "backtest/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace vegadesk::backtest
{

namespace
{

/// Of one dollar that earns the returns in turn.
double maxDrawdownOf(std::span<const double> returns)
{
    double worth = 1, high = 1, worst = 0;
    for (const double step : returns) {
        worth = std::max(0.0, worth * (1 + step));
        high = std::max(high, worth);
        worst = std::max(worst, 1 - worth / high);
    }
    return worst;
}

Interval intervalOf(std::vector<double>& values)
{
    return {nearestRank(values, 0.05), nearestRank(values, 0.95)};
}

} // namespace

void drawStationary(std::span<const double> series, double meanBlock, base::Generator& generator,
                    std::span<double> sample)
{
    assert(!series.empty());
    assert(meanBlock >= 1);
    const auto last = static_cast<std::int64_t>(series.size()) - 1;
    std::size_t at = 0;
    bool isFirst = true;
    for (double& value : sample) {
        const bool goesOn = !isFirst && generator.uniform() * meanBlock >= 1;
        at = goesOn ? (at + 1) % series.size() : static_cast<std::size_t>(generator.integer(0, last));
        value = series[at];
        isFirst = false;
    }
}

double nearestRank(std::vector<double>& values, double part)
{
    if (values.empty())
        return market::unknown;
    std::ranges::sort(values);
    const double rank = std::ceil(part * static_cast<double>(values.size()) - 1e-9);
    return values[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

Bootstrap bootstrap(std::span<const double> dailyReturns, std::span<const double> tradeProfits, double riskFree,
                    const BootstrapSettings& settings, const std::stop_token& stop)
{
    Bootstrap out;
    out.settings = settings;
    base::Generator generator(settings.seed);
    std::vector<double> sharpes, falls, factors;
    if (dailyReturns.size() >= 2) {
        std::vector<double> sample(dailyReturns.size());
        for (std::size_t draw = 0; draw < settings.draws && !stop.stop_requested(); ++draw) {
            drawStationary(dailyReturns, settings.meanBlock, generator, sample);
            // A draw without spread has no ratio, and says nothing of it.
            if (const double ratio = sharpe(sample, riskFree); std::isfinite(ratio))
                sharpes.push_back(ratio);
            falls.push_back(maxDrawdownOf(sample));
        }
    }
    if (tradeProfits.size() >= 2) {
        std::vector<double> sample(tradeProfits.size());
        for (std::size_t draw = 0; draw < settings.draws && !stop.stop_requested(); ++draw) {
            drawStationary(tradeProfits, 1, generator, sample);
            const double factor = profitFactor(sample);
            factors.push_back(std::isnan(factor) ? std::numeric_limits<double>::infinity() : factor);
        }
    }
    if (stop.stop_requested())
        return out;
    out.sharpe = intervalOf(sharpes);
    out.maxDrawdown = intervalOf(falls);
    out.profitFactor = intervalOf(factors);
    return out;
}

} // namespace vegadesk::backtest
