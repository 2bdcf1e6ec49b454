#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "desk/published.h"
#include "desk/views.h"
#include "market/book.h"
#include "market/reference_data.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Bars of one span, as the broker recommends them: the period in its own words ("5m"), its length (a day: 24 h), and how
/// far back the first one is.
struct ChartPeriod {
    const char* words;
    base::Nanos length;
    std::chrono::days reach;
    double barsPerYear; ///< for annualising
};
ChartPeriod periodOf(ChartSpan span);

/// Close-to-close volatility a year of the last `window` returns up to each close; unknown for the first ones. Returns'
/// mean is taken as zero: over a few bars its estimate is mostly noise.
std::vector<double> realisedVolatility(std::span<const double> closes, std::size_t window, double barsPerYear);

/// The bars that the price chart draws: a history that is asked for, and its last bar as it grows with what trades. Lives
/// with its owner on one thread; publishes for any.
class PriceChart
{
public:
    static constexpr std::size_t window = 20; ///< bars of a realised volatility
    /// Between two questions for the same history: what a bar of ours is built from misses trades.
    static constexpr base::Nanos askEvery = std::chrono::minutes(5), askAgain = std::chrono::seconds(10);

    /// The references outlive it. `clock` is the market's.
    PriceChart(market::ReferenceData& reference, const market::Book& book, std::shared_ptr<const base::Clock> clock,
               std::shared_ptr<Published<ChartView>> view);

    /// Asks for the history; the newest call wins.
    void show(const std::string& symbol, ChartSpan span);
    /// Once or twice a second: grows the last bar, and asks anew when it is time.
    void tick();

private:
    void ask();
    void arrived(base::Result<std::vector<market::Candle>> candles);
    bool grow(base::Instant now);
    std::optional<base::Instant> barOf(base::Instant at) const;
    void publish();

    market::ReferenceData& m_reference;
    const market::Book& m_book;
    const std::shared_ptr<const base::Clock> m_clock;
    const std::shared_ptr<Published<ChartView>> m_published;
    std::string m_symbol;
    ChartSpan m_span = ChartSpan::Year;
    std::vector<market::Candle> m_candles;
    std::string m_why; ///< why there are none
    base::Instant m_askAt{};
    bool m_isAsking = false;
    std::uint64_t m_version = 0;
    std::shared_ptr<int> m_question = std::make_shared<int>(); ///< answers to an older one find it gone
};

} // namespace vegadesk::desk
