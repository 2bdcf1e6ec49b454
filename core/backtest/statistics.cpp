#include "backtest/statistics.h"

#include "pricing/normal_distribution.h"
#include "risk/value_at_risk/distributions.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace vegadesk::backtest
{

Moments moments(std::span<const double> values)
{
    if (values.size() < 2)
        return {};
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double second = 0, third = 0, fourth = 0;
    for (const double value : values) {
        const double away = value - mean;
        second += away * away / count;
        third += away * away * away / count;
        fourth += away * away * away * away / count;
    }
    if (!(second > 0))
        return {mean, market::unknown, market::unknown, market::unknown};
    const double deviation = std::sqrt(second);
    return {mean, deviation, third / (second * deviation), fourth / (second * second)};
}

double sharpe(std::span<const double> dailyReturns, double riskFree)
{
    const Moments shape = moments(dailyReturns);
    const auto count = static_cast<double>(dailyReturns.size());
    const double sampleDeviation = shape.deviation * std::sqrt(count / (count - 1));
    return (shape.mean - riskFree / tradingDaysPerYear) / sampleDeviation * std::sqrt(tradingDaysPerYear);
}

double sortino(std::span<const double> dailyReturns, double riskFree)
{
    if (dailyReturns.empty())
        return market::unknown;
    const double target = riskFree / tradingDaysPerYear;
    double mean = 0, below = 0;
    for (const double value : dailyReturns) {
        mean += value;
        below += value < target ? (value - target) * (value - target) : 0;
    }
    if (!(below > 0))
        return market::unknown;
    const auto count = static_cast<double>(dailyReturns.size());
    return (mean / count - target) * std::sqrt(tradingDaysPerYear) / std::sqrt(below / count);
}

double profitFactor(std::span<const double> profits)
{
    double wins = 0, losses = 0;
    for (const double profit : profits)
        (profit > 0 ? wins : losses) += std::abs(profit);
    return losses > 0 ? wins / losses : market::unknown;
}

double probabilisticSharpe(double sharpePerPeriod, std::size_t periods, double skewness, double kurtosis,
                           double benchmark)
{
    if (periods < 2)
        return market::unknown;
    const double variance = 1 - skewness * sharpePerPeriod + (kurtosis - 1) / 4 * sharpePerPeriod * sharpePerPeriod;
    if (!(variance > 0))
        return market::unknown;
    return pricing::normalCdf((sharpePerPeriod - benchmark) * std::sqrt(static_cast<double>(periods - 1)) /
                              std::sqrt(variance));
}

double luckySharpe(double variance, std::size_t trials)
{
    if (trials < 2 || !(variance > 0))
        return 0;
    const auto count = static_cast<double>(trials);
    return std::sqrt(variance) * ((1 - std::numbers::egamma) * risk::normalQuantile(1 - 1 / count) +
                                  std::numbers::egamma * risk::normalQuantile(1 - 1 / (count * std::numbers::e)));
}

} // namespace vegadesk::backtest
