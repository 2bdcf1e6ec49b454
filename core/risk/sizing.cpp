#include "risk/sizing.h"

#include "risk/value_at_risk/distributions.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr std::size_t fewestCloses = 11;

bool isPositive(double value)
{
    return value > 0 && std::isfinite(value);
}

} // namespace

double ewmaVolatility(std::span<const double> closes, double decay)
{
    if (closes.size() < fewestCloses || !(decay > 0 && decay < 1) || !std::ranges::all_of(closes, isPositive))
        return market::unknown;
    double variance = 0;
    for (std::size_t day = 1; day < closes.size(); ++day) {
        const double move = std::log(closes[day] / closes[day - 1]);
        variance = day == 1 ? move * move : decay * variance + (1 - decay) * move * move;
    }
    return std::sqrt(variance * tradingDaysPerYear);
}

double sizeForVolatility(double sigma, const VolatilityTarget& settings)
{
    const bool isInOrder = isPositive(settings.target) && settings.least >= 0 && settings.least <= settings.most &&
                           std::isfinite(settings.most);
    if (!isPositive(sigma) || !isInOrder)
        return 0;
    return std::clamp(settings.target / sigma, settings.least, settings.most);
}

double kellyBinary(double win, double odds)
{
    if (!(win >= 0 && win <= 1) || !isPositive(odds))
        return market::unknown;
    return std::max(0.0, (odds * win - (1 - win)) / odds);
}

double kellyContinuous(double excessReturn, double volatility)
{
    if (!std::isfinite(excessReturn) || !isPositive(volatility))
        return market::unknown;
    return std::max(0.0, excessReturn / (volatility * volatility));
}

double shrunkMean(double mean, double deviation, double count, double priorDeviation)
{
    if (!std::isfinite(mean) || !isPositive(deviation) || !isPositive(count) || !isPositive(priorDeviation))
        return market::unknown;
    const double chance = deviation * deviation / count, belief = priorDeviation * priorDeviation;
    return mean * belief / (belief + chance);
}

double cappedKelly(double kelly, double part)
{
    if (!(kelly > 0) || !(part > 0))
        return 0;
    return std::min(1.0, kelly * std::min(part, kellyPartMost));
}

Size contractsWithin(const ContractRisk& each, const RiskBudget& budget, std::int64_t most)
{
    struct Part {
        double budget, cost;
        SizeBound bound;
    };
    const double scale = budget.multiplier;
    const std::array parts{Part{scale * budget.maxLoss, each.maxLoss, SizeBound::MaxLoss},
                           Part{scale * budget.stress, each.stressLoss, SizeBound::Stress},
                           Part{scale * budget.margin, each.margin, SizeBound::Margin},
                           Part{budget.contracts, 1, SizeBound::Liquidity}};
    if (!(scale > 0 && scale <= 1) || !(each.maxLoss > 0) || most < 0)
        return {0, SizeBound::Unknown};
    Size size{most, SizeBound::Most};
    for (const Part& part : parts) {
        if (!(part.budget >= 0) || !std::isfinite(part.budget) || !(part.cost >= 0))
            return {0, SizeBound::Unknown};
        if (part.cost == 0) // costs nothing of that budget
            continue;
        const double fits = std::floor(part.budget / part.cost); // of an unlimited loss none
        if (fits < static_cast<double>(size.contracts))
            size = {static_cast<std::int64_t>(fits), part.bound};
    }
    // A quotient just below a whole number may have been rounded to it: what is spent decides.
    for (const Part& part : parts)
        if (size.contracts > 0 && static_cast<double>(size.contracts) * part.cost > part.budget)
            size = {size.contracts - 1, part.bound};
    return size;
}

double liquidityBudget(double averageDailyVolume, double quotedSize, double volumePart, double quotedPart)
{
    if (!(averageDailyVolume >= 0) || !(quotedSize >= 0) || !(volumePart >= 0) || !(quotedPart >= 0))
        return market::unknown;
    return std::min(averageDailyVolume * volumePart, quotedSize * quotedPart);
}

double expectedMove(double spot, double volatility, double days)
{
    if (!isPositive(spot) || !isPositive(volatility) || !(days >= 0))
        return market::unknown;
    return spot * volatility * std::sqrt(days / 365);
}

double strikeForDelta(market::Right right, double spot, double volatility, double years, double rate,
                      double dividendYield, double delta)
{
    if (!isPositive(spot) || !isPositive(volatility) || !isPositive(years) || !std::isfinite(rate) ||
        !std::isfinite(dividendYield))
        return market::unknown;
    const double probability = delta * std::exp(dividendYield * years);
    if (!(probability > 0 && probability < 1))
        return market::unknown;
    const double deviation = volatility * std::sqrt(years);
    const double d1 = right == market::Right::Call ? normalQuantile(probability) : -normalQuantile(probability);
    return spot * std::exp((rate - dividendYield) * years + 0.5 * deviation * deviation - d1 * deviation);
}

double impliedVolatilityRank(double now, double lowest, double highest)
{
    if (!isPositive(now) || !isPositive(lowest) || !(highest > lowest) || !std::isfinite(highest))
        return market::unknown;
    return std::clamp((now - lowest) / (highest - lowest), 0.0, 1.0);
}

} // namespace vegadesk::risk
