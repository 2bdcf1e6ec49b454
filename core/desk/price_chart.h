#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "desk/published.h"
#include "desk/views.h"
#include "market/reference_data.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// Bars of one span, as the broker recommends them: the period in its own words, of the regular session and aligned to it
/// ("5m,tho=true,a=s"), its length (a day: 24 h), and how
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

/// The bars that the price chart draws: a history, and its newest bars as the broker's stream grows them. Lives with its owner on
/// one thread; publishes for any.
class PriceChart
{
public:
    static constexpr std::size_t window = 20;                         ///< bars of a realised volatility
    static constexpr base::Nanos askAgain = std::chrono::seconds(10); ///< for a history that did not come

    /// The references outlive it. `clock` is the market's.
    PriceChart(market::ReferenceData& reference, std::shared_ptr<const base::Clock> clock,
               std::shared_ptr<Published<ChartView>> view);

    /// Asks for the history; the newest call wins.
    void show(const std::string& symbol, ChartSpan span);
    /// Once or twice a second: publishes what the stream brought, and asks anew for a history that did not come.
    void tick();

private:
    base::Instant from() const;
    void ask();
    void arrived(base::Result<std::vector<market::Candle>> candles);
    void changed(market::CandleUpdate update);
    void take(std::vector<market::Candle> candles);
    void keepLastSession();
    void publish();

    market::ReferenceData& m_reference;
    const std::shared_ptr<const base::Clock> m_clock;
    const std::shared_ptr<Published<ChartView>> m_published;
    std::string m_symbol;
    ChartSpan m_span = ChartSpan::Year;
    std::vector<market::Candle> m_candles;
    std::string m_why;                    ///< why there are none
    std::shared_ptr<void> m_following;    ///< the stream of these bars
    bool m_hasNews = false;               ///< that are not published
    std::optional<base::Instant> m_askAt; ///< after a failure
    bool m_isAsking = false;
    std::uint64_t m_version = 0;
    std::shared_ptr<int> m_question = std::make_shared<int>(); ///< answers to an older one find it gone
};

} // namespace vegadesk::desk
