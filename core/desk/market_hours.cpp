#include "desk/market_hours.h"

#include "market/calendar.h"

#include <cstdlib>

namespace vegadesk::desk
{

namespace
{
constexpr int favouriteDays = 30;
} // namespace

base::Instant nextOpen(base::Instant now)
{
    const base::Date today = market::newYorkDate(now);
    if (const auto session = market::sessionOn(today); session && now < session->open)
        return session->open;
    return market::sessionOn(market::nextTradingDay(today))->open;
}

base::Instant lastTradingMoment(const market::Expiration& expiration)
{
    if (expiration.settlement == market::Settlement::PM)
        return expiration.expiresAt;
    return market::sessionOn(market::previousTradingDay(expiration.date))->close;
}

std::size_t favouriteExpiration(const market::OptionChain& layout, base::Instant now)
{
    const base::Date today = market::newYorkDate(now);
    const auto distance = [&](std::size_t at) {
        return std::abs((layout.expirations[at].date - today).count() - favouriteDays);
    };
    const std::size_t count = layout.expirations.size();
    std::size_t best = count;
    for (std::size_t i = 0; i < count; ++i) {
        if (lastTradingMoment(layout.expirations[i]) > now && (best == count || distance(i) < distance(best)))
            best = i;
    }
    return best < count || count == 0 ? best : count - 1;
}

std::size_t stillTrading(const market::OptionChain& layout, std::size_t chosen, base::Instant now)
{
    for (std::size_t i = chosen; i < layout.expirations.size(); ++i) {
        if (lastTradingMoment(layout.expirations[i]) > now)
            return i;
    }
    return chosen;
}

} // namespace vegadesk::desk
