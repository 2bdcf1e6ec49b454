#include "desk/daily_history.h"

#include "base/log.h"
#include "market/calendar.h"

#include <algorithm>
#include <utility>

namespace vegadesk::desk
{

DailyHistory::DailyHistory(market::ReferenceData& reference, std::shared_ptr<const base::Clock> clock,
                           std::shared_ptr<const base::Clock> wall, Arrived arrived)
    : m_reference(reference), m_clock(std::move(clock)), m_wall(std::move(wall)), m_arrived(std::move(arrived))
{
}

void DailyHistory::tick()
{
    const base::Date today = market::newYorkDate(m_clock->now());
    auto asking = static_cast<std::size_t>(
        std::ranges::count_if(m_asked, [](const auto& entry) { return entry.second.isAsking; }));
    for (const std::string& symbol : m_wanted) {
        if (asking >= askedAtOnce)
            return;
        const Asked& asked = m_asked[symbol];
        if (asked.isAsking || asked.day == today || (asked.again && m_wall->now() < *asked.again))
            continue;
        ask(symbol, today);
        ++asking;
    }
}

void DailyHistory::ask(const std::string& symbol, base::Date today)
{
    m_asked[symbol].isAsking = true;
    m_reference.candles(symbol, "1d,tho=true", m_clock->now() - reach,
                        [this, alive = std::weak_ptr(m_alive), symbol, today](auto candles) {
                            if (!alive.expired())
                                answered(symbol, today, std::move(candles));
                        });
}

void DailyHistory::answered(const std::string& symbol, base::Date day,
                            base::Result<std::vector<market::Candle>> candles)
{
    Asked& asked = m_asked[symbol];
    asked.isAsking = false;
    if (!candles) {
        asked.again = m_wall->now() + askAgain;
        base::log::warning("no daily bars of {}: {}", symbol, candles.error().message());
        return;
    }
    asked.again.reset();
    asked.day = day;
    // Today's is not over: what it will be nobody knows. A daily bar is stamped with midnight UTC of its date.
    std::erase_if(*candles, [day](const market::Candle& candle) {
        return std::chrono::floor<std::chrono::days>(candle.time).time_since_epoch() >= day.time_since_epoch();
    });
    m_arrived(symbol, std::move(*candles));
}

} // namespace vegadesk::desk
