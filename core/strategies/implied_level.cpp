#include "strategies/implied_level.h"

#include "risk/sizing.h"

#include <algorithm>
#include <cmath>
#include <ranges>
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

std::size_t firstExpirationFrom(const pricing::ChainAnalytics& analytics, double years)
{
    const auto places = std::views::iota(std::size_t{0}, analytics.expirations.size());
    const auto first =
        std::ranges::partition_point(places, [&](std::size_t at) { return analytics.expirations[at].years < years; });
    return static_cast<std::size_t>(first - places.begin());
}

double constantMaturityVolatility(const pricing::ChainAnalytics& analytics, double days)
{
    const double years = days / 365;
    const auto isKnown = [](const pricing::ExpirationAnalytics& expiration) {
        return expiration.years > 0 && expiration.atmVolatility > 0 && std::isfinite(expiration.atmVolatility);
    };
    const std::size_t first = firstExpirationFrom(analytics, years);
    const pricing::ExpirationAnalytics* below = nullptr;
    const pricing::ExpirationAnalytics* above = nullptr;
    for (std::size_t at = first; at-- > 0 && !below;)
        below = isKnown(analytics.expirations[at]) ? &analytics.expirations[at] : nullptr;
    for (std::size_t at = first; at < analytics.expirations.size() && !above; ++at)
        above = isKnown(analytics.expirations[at]) ? &analytics.expirations[at] : nullptr;
    if (!below && !above)
        return market::unknown;
    if (!above)
        return below->atmVolatility;
    if (!below || above->years == years)
        return above->atmVolatility;
    const double part = (years - below->years) / (above->years - below->years);
    const double lower = below->atmVolatility, upper = above->atmVolatility;
    const double variance = (1 - part) * lower * lower * below->years + part * upper * upper * above->years;
    return std::sqrt(variance / years);
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
