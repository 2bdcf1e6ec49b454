#include "learning/signals/targets.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr std::size_t skewYear = 252;
constexpr double unusualSkew = 0.5;         // in normal deviations of a year's skews, from their median
constexpr double normalDeviations = 1.4826; // a normal's deviation over its median absolute one

double realisedAfter(std::span<const HistoryDay> days, std::size_t entry)
{
    double sum = 0;
    for (std::size_t at = entry + 1; at <= entry + horizonDays; ++at) {
        const double step = std::log(days[at].close / days[at - 1].close);
        sum += step * step;
    }
    return std::sqrt(sum * tradingDaysPerYear / static_cast<double>(horizonDays));
}

double medianOf(std::vector<double>& values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

std::optional<bool> skewReverts(std::span<const HistoryDay> days, std::size_t entry)
{
    const double later = days[entry + horizonDays].skew;
    if (std::isnan(later) || std::isnan(days[entry].skew) || entry + 1 < skewYear)
        return std::nullopt;
    std::vector<double> past;
    for (const HistoryDay& day : days.subspan(entry + 1 - skewYear, skewYear))
        if (!std::isnan(day.skew))
            past.push_back(day.skew);
    if (past.size() < skewYear / 2)
        return std::nullopt;
    const double middle = medianOf(past);
    for (double& value : past)
        value = std::abs(value - middle);
    const double usual = normalDeviations * medianOf(past);
    const double distance = std::abs(days[entry].skew - middle);
    if (!(usual > 0 && distance > unusualSkew * usual))
        return std::nullopt;
    return std::abs(later - middle) <= distance / 2;
}

} // namespace

double straddleCredit(double volatility, std::size_t tradingDays)
{
    const double years = static_cast<double>(tradingDays) / tradingDaysPerYear;
    return 2 * (2 * pricing::normalCdf(volatility * std::sqrt(years) / 2) - 1);
}

std::optional<bool> answerOf(Target target, std::span<const HistoryDay> days, std::size_t known,
                             const risk::RegimeDay& regime)
{
    const std::size_t entry = known + 1, end = known + labelDays;
    if (end >= days.size())
        return std::nullopt;
    if (target == Target::SkewReverts)
        return skewReverts(days, entry);
    const double implied = days[entry].implied;
    if (std::isnan(implied))
        return std::nullopt;
    if (target == Target::VolatilityBeatsImplied)
        return realisedAfter(days, entry) > implied;
    if (!regime.regime)
        return std::nullopt;
    const double move = std::abs(days[end].close / days[entry].close - 1);
    return straddleCredit(implied, horizonDays) * (1 - straddleCost) > move;
}

} // namespace vegadesk::learning::market_signals
