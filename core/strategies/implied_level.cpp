#include "strategies/implied_level.h"

#include "risk/sizing.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vegadesk::strategies
{

namespace
{

std::vector<double> knownOfYear(std::span<const double> history)
{
    const std::span<const double> year = history.last(std::min(history.size(), daysOfYear));
    std::vector<double> known;
    std::ranges::copy_if(year, std::back_inserter(known),
                         [](double value) { return value > 0 && std::isfinite(value); });
    return known;
}

} // namespace

double constantMaturityVolatility(const pricing::ChainAnalytics& analytics, double days)
{
    const double years = days / 365;
    double yearsBelow = 0, below = market::unknown;
    for (const pricing::ExpirationAnalytics& expiration : analytics.expirations) {
        const double volatility = expiration.atmVolatility;
        if (!(expiration.years > 0) || !(volatility > 0) || !std::isfinite(volatility))
            continue;
        if (expiration.years < years) {
            yearsBelow = expiration.years;
            below = volatility;
            continue;
        }
        if (std::isnan(below) || expiration.years == years)
            return volatility;
        const double part = (years - yearsBelow) / (expiration.years - yearsBelow);
        const double variance =
            (1 - part) * below * below * yearsBelow + part * volatility * volatility * expiration.years;
        return std::sqrt(variance / years);
    }
    return below;
}

double impliedRank(std::span<const double> history, double now)
{
    const std::vector<double> known = knownOfYear(history);
    if (known.size() < fewestDaysForRank)
        return market::unknown;
    const auto [lowest, highest] = std::ranges::minmax(known);
    return risk::impliedVolatilityRank(now, lowest, highest);
}

double impliedPercentile(std::span<const double> history, double now)
{
    const std::vector<double> known = knownOfYear(history);
    if (known.size() < fewestDaysForRank || !(now > 0) || !std::isfinite(now))
        return market::unknown;
    const auto below = std::ranges::count_if(known, [&](double value) { return value < now; });
    return static_cast<double>(below) / static_cast<double>(known.size());
}

} // namespace vegadesk::strategies
