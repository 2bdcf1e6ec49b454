#include "strategies/directional/trend.h"

#include "market/quote.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vegadesk::strategies
{

namespace
{

constexpr std::size_t daysOfYear = 252, daysOfMonth = 21;

/// The last `count`; empty where there are fewer, or one is no price.
std::span<const double> lastOf(std::span<const double> closes, std::size_t count)
{
    if (closes.size() < count)
        return {};
    const auto last = closes.last(count);
    const bool arePrices = std::ranges::all_of(last, [](double close) { return close > 0 && std::isfinite(close); });
    return arePrices ? last : std::span<const double>();
}

double mean(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

double twelveOneMomentum(std::span<const double> closes)
{
    const auto year = lastOf(closes, daysOfYear + 1);
    return year.empty() ? market::unknown : year[daysOfYear - daysOfMonth] / year.front() - 1;
}

double averageCross(std::span<const double> closes, std::size_t fast, std::size_t slow)
{
    const auto all = lastOf(closes, std::max(fast, slow));
    if (all.empty() || fast == 0 || slow == 0)
        return market::unknown;
    return mean(all.last(fast)) / mean(all.last(slow)) - 1;
}

double averageMove(std::span<const double> closes, std::size_t days)
{
    const auto all = lastOf(closes, days + 1);
    if (all.empty() || days == 0)
        return market::unknown;
    double sum = 0;
    for (std::size_t day = 1; day < all.size(); ++day)
        sum += std::abs(all[day] - all[day - 1]);
    return sum / static_cast<double>(days);
}

double breakout(std::span<const double> closes, std::size_t days)
{
    const auto all = lastOf(closes, days + 1);
    if (all.empty() || days == 0)
        return market::unknown;
    const auto [low, high] = std::ranges::minmax(all.first(days));
    return all.back() > high ? 1 : all.back() < low ? -1 : 0;
}

} // namespace vegadesk::strategies
