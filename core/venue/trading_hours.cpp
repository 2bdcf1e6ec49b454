#include "venue/trading_hours.h"

#include "market/calendar.h"
#include "tastytrade/wire/order_request.h"
#include "venue/market_hours.h"

namespace vegadesk::venue
{

namespace
{

using base::Date;
using base::Instant;

constexpr std::chrono::hours extendedOpen{7}, extendedEnd{20};

/// When the hours of `date`, a day with a session, begin.
Instant beginning(TradingHours hours, Date date)
{
    switch (hours) {
    case TradingHours::Regular:
        return market::sessionOn(date)->open;
    case TradingHours::Extended:
        return market::fromNewYork(date, extendedOpen);
    case TradingHours::Futures:
        return *hoursOn(HoursOf::Cme, date)->openAt;
    case TradingHours::Overnight:
        break;
    }
    return market::fromNewYork(date - std::chrono::days(1), extendedEnd);
}

} // namespace

TradingHours tradingHoursOf(std::string_view timeInForceText)
{
    if (!tastytrade::wire::isExtended(timeInForceText))
        return TradingHours::Regular;
    return tastytrade::wire::isOvernight(timeInForceText) ? TradingHours::Overnight : TradingHours::Extended;
}

bool isTrading(TradingHours hours, Instant at)
{
    if (hours == TradingHours::Regular)
        return market::isOpen(at);
    const Date today = market::newYorkDate(at);
    const bool isFutures = hours == TradingHours::Futures;
    if (market::isTradingDay(today) && at >= beginning(hours, today) &&
        at < (isFutures ? futuresClose(today) : extendedClose(today)))
        return true;
    const Date tomorrow = today + std::chrono::days(1);
    return (hours == TradingHours::Overnight || isFutures) && market::isTradingDay(tomorrow) &&
           at >= beginning(hours, tomorrow);
}

Instant nextTrading(TradingHours hours, Instant at)
{
    const Date today = market::newYorkDate(at);
    if (market::isTradingDay(today) && beginning(hours, today) > at)
        return beginning(hours, today);
    const Date next = market::nextTradingDay(today);
    if (beginning(hours, next) > at)
        return beginning(hours, next);
    return beginning(hours, market::nextTradingDay(next)); // its evening before has begun
}

Instant futuresClose(Date date)
{
    return *hoursOn(HoursOf::Cme, date)->closeAt;
}

Instant extendedClose(Date date)
{
    return market::fromNewYork(date, extendedEnd);
}

} // namespace vegadesk::venue
