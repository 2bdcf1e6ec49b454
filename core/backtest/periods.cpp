#include "backtest/periods.h"

#include "market/calendar.h"
#include "strategies/implied_level.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace vegadesk::backtest
{

namespace
{

using Key = std::function<base::Date(base::Date)>;

std::vector<PeriodProfit> profitBy(std::span<const EquityPoint> curve, const Key& keyOf)
{
    std::vector<PeriodProfit> periods;
    if (curve.empty())
        return periods;
    double before = curve.front().equity;
    double opening = before;
    base::Date key{};
    for (const EquityPoint& point : curve.subspan(1)) {
        const base::Date date = market::newYorkDate(point.at);
        if (periods.empty() || keyOf(date) != key) {
            periods.push_back({date, date});
            key = keyOf(date);
            opening = before;
        }
        PeriodProfit& period = periods.back();
        period.last = date;
        period.profit = point.equity - opening;
        period.fraction = opening > 0 ? period.profit / opening : market::unknown;
        before = point.equity;
    }
    return periods;
}

} // namespace

std::vector<PeriodProfit> profitByDay(std::span<const EquityPoint> curve)
{
    return profitBy(curve, [](base::Date date) { return date; });
}

std::vector<PeriodProfit> profitByWeek(std::span<const EquityPoint> curve)
{
    return profitBy(curve, [](base::Date date) {
        const auto sinceMonday = std::chrono::weekday(date) - std::chrono::Monday;
        return date - sinceMonday;
    });
}

std::vector<PeriodProfit> profitByMonth(std::span<const EquityPoint> curve)
{
    return profitBy(curve, [](base::Date date) {
        const std::chrono::year_month_day day(date);
        return base::Date(day.year() / day.month() / 1);
    });
}

std::vector<PeriodProfit> worst(std::vector<PeriodProfit> periods, std::size_t count)
{
    std::erase_if(periods, [](const PeriodProfit& period) { return !(period.profit < 0); });
    std::ranges::stable_sort(periods, {}, &PeriodProfit::profit);
    periods.resize(std::min(periods.size(), count));
    return periods;
}

double thirtyDayVolatility(const pricing::ChainAnalytics& analytics)
{
    constexpr double target = 30.0 / 365, nearest = 5.0 / 365, farthest = 120.0 / 365;
    const pricing::ExpirationAnalytics* below = nullptr;
    const pricing::ExpirationAnalytics* above = nullptr;
    const std::size_t first = strategies::firstExpirationFrom(analytics, target);
    for (std::size_t at = first; at-- > 0 && !below && analytics.expirations[at].years >= nearest;)
        below = analytics.expirations[at].atmVolatility > 0 ? &analytics.expirations[at] : nullptr;
    for (std::size_t at = first;
         at < analytics.expirations.size() && !above && analytics.expirations[at].years <= farthest; ++at)
        above = analytics.expirations[at].atmVolatility > 0 ? &analytics.expirations[at] : nullptr;
    if (below == nullptr && above == nullptr)
        return market::unknown;
    if (below == nullptr || above == nullptr || above->years == target)
        return (above == nullptr ? below : above)->atmVolatility;
    const auto variance = [](const pricing::ExpirationAnalytics& each) {
        return each.atmVolatility * each.atmVolatility * each.years;
    };
    const double weight = (target - below->years) / (above->years - below->years);
    return std::sqrt(((1 - weight) * variance(*below) + weight * variance(*above)) / target);
}

std::vector<RegimeProfit> profitByRegime(std::span<const EquityPoint> curve)
{
    constexpr std::array<double, 3> bounds{0.15, 0.20, 0.30};
    std::vector<RegimeProfit> bands{{"below 15 %"}, {"15 to 20 %"}, {"20 to 30 %"}, {"above 30 %"}, {"not known"}};
    const std::vector<EquityPoint> daily = dailyPoints(curve);
    for (std::size_t i = 0; i < daily.size(); ++i) {
        // The first day has no evening before: what it made since the start counts by its own.
        const double before = i == 0 ? curve.front().equity : daily[i - 1].equity;
        const double volatility = daily[i == 0 ? 0 : i - 1].impliedVolatility;
        const auto band = std::isfinite(volatility) ? std::ranges::upper_bound(bounds, volatility) - bounds.begin() : 4;
        ++bands[static_cast<std::size_t>(band)].days;
        bands[static_cast<std::size_t>(band)].profit += daily[i].equity - before;
    }
    std::erase_if(bands, [](const RegimeProfit& band) { return band.days == 0; });
    return bands;
}

} // namespace vegadesk::backtest
