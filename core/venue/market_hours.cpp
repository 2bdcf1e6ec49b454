#include "venue/market_hours.h"

#include "market/calendar.h"

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Instant;
using namespace std::chrono_literals;

std::string stateAt(const wire::SessionHours& hours, Instant now)
{
    if (now >= *hours.openAt && now < *hours.closeAt)
        return "Open";
    if (now >= *hours.startAt && now < *hours.openAt)
        return "Pre-market";
    return now >= *hours.closeAt && now < *hours.closeAtExtended ? "Extended" : "Closed";
}

} // namespace

std::string_view toText(HoursOf collection)
{
    switch (collection) {
    case HoursOf::Cme:
        return "CME";
    case HoursOf::Cfe:
        return "CFE";
    case HoursOf::Equity:
        break;
    }
    return "Equity";
}

base::Result<HoursOf> hoursFromText(std::string_view text)
{
    for (const HoursOf collection : {HoursOf::Equity, HoursOf::Cme, HoursOf::Cfe}) {
        if (text == toText(collection))
            return collection;
    }
    return base::badInput("instrument-collection", text, "Equity, CME or CFE");
}

std::optional<wire::SessionHours> hoursOn(HoursOf collection, Date date)
{
    const auto session = market::sessionOn(date);
    if (!session)
        return std::nullopt;
    wire::SessionHours hours;
    hours.collection = toText(collection);
    hours.date = date;
    if (collection == HoursOf::Equity) {
        hours.startAt = market::fromNewYork(date, 8h + 15min);
        hours.openAt = session->open;
        hours.closeAt = session->close;
        hours.closeAtExtended = session->close + 4h;
    } else {
        hours.startAt = hours.openAt = market::fromNewYork(date - std::chrono::days(1), 18h);
        hours.closeAt = hours.closeAtExtended = market::fromNewYork(date, session->isHalfDay ? 13h + 15min : 17h);
    }
    return hours;
}

wire::MarketSession sessionOf(HoursOf collection, Date date, Instant now)
{
    wire::MarketSession session;
    session.hours = *hoursOn(collection, date);
    session.state = stateAt(session.hours, now);
    session.next = hoursOn(collection, market::nextTradingDay(date));
    session.previous = hoursOn(collection, market::previousTradingDay(date));
    return session;
}

wire::MarketSession currentSession(HoursOf collection, Instant now)
{
    const Date today = market::newYorkDate(now);
    Date date = market::isTradingDay(today) ? today : market::nextTradingDay(today);
    const Date after = market::nextTradingDay(date);
    if (now >= *hoursOn(collection, after)->startAt) // a futures day begins on the evening before
        date = after;
    return sessionOf(collection, date, now);
}

wire::MarketHolidays holidaysFrom(Date from)
{
    const int year = static_cast<int>(std::chrono::year_month_day(from).year());
    wire::MarketHolidays days;
    for (Date date = base::makeDate(year, 1, 1); date < base::makeDate(year + 2, 1, 1); date += std::chrono::days(1)) {
        if (!market::holidayName(date).empty())
            days.holidays.push_back(base::formatDate(date));
        else if (market::isHalfDay(date))
            days.halfDays.push_back(base::formatDate(date));
    }
    return days;
}

} // namespace vegadesk::venue
