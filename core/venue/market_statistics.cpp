#include "venue/market_statistics.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace vegadesk::venue
{

namespace
{

using base::Date;
using market::Candle;
using market::Instrument;

constexpr const char* benchmark = "SPY";
constexpr double tradingDays = 252;

Date dateOf(const Candle& candle)
{
    return Date(std::chrono::floor<std::chrono::days>(candle.time.time_since_epoch()));
}

std::vector<double> returnsOf(const std::vector<Candle>& candles)
{
    std::vector<double> returns;
    for (std::size_t i = 1; i < candles.size(); ++i)
        returns.push_back(std::log(candles[i].close / candles[i - 1].close));
    return returns;
}

std::span<const double> newest(const std::vector<double>& values, std::size_t count)
{
    return std::span(values).last(std::min(count, values.size()));
}

struct Moments {
    double varianceA = 0, varianceB = 0, covariance = 0; ///< of one day
};

/// Of two series that end on the same day.
Moments momentsOf(std::span<const double> a, std::span<const double> b)
{
    const std::size_t count = std::min(a.size(), b.size());
    a = a.last(count);
    b = b.last(count);
    double meanA = 0, meanB = 0;
    for (std::size_t i = 0; i < count; ++i) {
        meanA += a[i] / static_cast<double>(count);
        meanB += b[i] / static_cast<double>(count);
    }
    Moments moments;
    for (std::size_t i = 0; i < count; ++i) {
        moments.varianceA += (a[i] - meanA) * (a[i] - meanA);
        moments.varianceB += (b[i] - meanB) * (b[i] - meanB);
        moments.covariance += (a[i] - meanA) * (b[i] - meanB);
    }
    const double degrees = static_cast<double>(count) - 1;
    if (count < 2)
        return {market::unknown, market::unknown, market::unknown};
    return {moments.varianceA / degrees, moments.varianceB / degrees, moments.covariance / degrees};
}

double volatility(const std::vector<double>& returns, std::size_t days)
{
    const auto last = newest(returns, days);
    if (last.size() < days)
        return market::unknown;
    return std::sqrt(tradingDays * momentsOf(last, last).varianceA);
}

} // namespace

const NameStatistics& MarketStatistics::of(const Instrument& underlying, Date today)
{
    NameStatistics& kept = m_byName[underlying.symbol];
    if (kept.date != today)
        kept = make(underlying, today);
    return kept;
}

/// Daily bars of the year before `today`.
std::vector<Candle> MarketStatistics::year(const Instrument& underlying, Date today)
{
    using namespace std::chrono_literals;
    const Date before = market::previousTradingDay(today);
    return m_market.candles(underlying, std::chrono::days(1), market::fromNewYork(before - std::chrono::days(365), 0s),
                            market::sessionOn(before)->close);
}

NameStatistics MarketStatistics::make(const Instrument& underlying, Date today)
{
    NameStatistics statistics;
    statistics.date = today;
    const std::vector<Candle> candles = year(underlying, today);
    if (candles.empty())
        return statistics;
    const std::vector<double> returns = returnsOf(candles);
    statistics.historical30 = volatility(returns, 30);
    statistics.historical60 = volatility(returns, 60);
    statistics.historical90 = volatility(returns, 90);
    if (const Instrument* const spy = m_market.find(benchmark, today)) {
        const std::vector<double> other = returnsOf(year(*spy, today));
        const Moments ofYear = momentsOf(returns, other);
        const Moments ofQuarter = momentsOf(newest(returns, 63), newest(other, 63));
        statistics.beta = ofYear.covariance / ofYear.varianceB;
        statistics.correlation = ofQuarter.covariance / std::sqrt(ofQuarter.varianceA * ofQuarter.varianceB);
    }
    statistics.yearLow = statistics.yearHigh = candles.front().close;
    for (const Candle& candle : candles) {
        statistics.yearLow = std::min(statistics.yearLow, candle.low);
        statistics.yearHigh = std::max(statistics.yearHigh, candle.high);
        const auto session = market::sessionOn(dateOf(candle));
        statistics.implied.push_back(session ? m_market.monthVolatility(underlying, session->close) : market::unknown);
    }
    std::erase_if(statistics.implied, [](double value) { return !std::isfinite(value); });
    if (!statistics.implied.empty()) {
        const auto [low, high] = std::ranges::minmax(statistics.implied);
        statistics.impliedLow = low;
        statistics.impliedHigh = high;
        if (statistics.implied.size() >= 5)
            statistics.impliedWeekAgo = *(statistics.implied.end() - 5);
    }
    const std::size_t month = std::min<std::size_t>(21, candles.size());
    for (const Candle& candle : std::span(candles).last(month)) {
        const double volume = std::isfinite(candle.volume) ? candle.volume : 0;
        statistics.shareVolume += volume / static_cast<double>(month);
        statistics.dollarVolume += volume * candle.close / static_cast<double>(month);
    }
    return statistics;
}

} // namespace vegadesk::venue
