#include "market/calendar.h"
#include "venue/market_hours.h"
#include "venue/rest_answers.h"

#include <algorithm>

/// The routes about trading hours.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Instant;

constexpr std::chrono::days longestSpan{276}; ///< nine months

/// Those that the query names, or the one for stocks.
base::Result<std::vector<HoursOf>> collectionsIn(const Parameters& query)
{
    std::vector<HoursOf> collections;
    for (const char* key : {"instrument-collection", "instrument-collections"}) {
        for (const std::string& word : query.list(key)) {
            const auto collection = hoursFromText(word);
            if (!collection)
                return tl::make_unexpected(collection.error());
            collections.push_back(*collection);
        }
    }
    return collections.empty() ? std::vector{HoursOf::Equity} : collections;
}

/// Every session of the days that the query names.
base::Result<std::vector<wire::MarketSession>> sessionsIn(const Parameters& query,
                                                          const std::vector<HoursOf>& collections, Instant now)
{
    const auto from = query.date("from-date");
    const auto to = query.date("to-date");
    if (!from || !to)
        return tl::make_unexpected(from ? to.error() : from.error());
    if (!*from || !*to || **to < **from || **to - **from > longestSpan)
        return base::badInput("to-date", query.text("to-date"), "from-date to nine months after it");
    std::vector<wire::MarketSession> sessions;
    for (const HoursOf collection : collections) {
        for (Date date = **from; date <= **to; date += std::chrono::days(1)) {
            if (market::isTradingDay(date))
                sessions.push_back(sessionOf(collection, date, now));
        }
    }
    return sessions;
}

} // namespace

HttpAnswer RestApi::marketTime(const Call& call)
{
    if (!call.isGet())
        return notFound("route");
    if (call.part(1) != QLatin1String("sessions"))
        return marketTimeOfExchange(call);
    const Instant now = m_exchange.now();
    const auto collections = collectionsIn(call.query);
    if (!collections)
        return validationError(collections.error());
    if (call.segments.size() == 2) {
        const auto sessions = sessionsIn(call.query, *collections, now);
        return sessions ? items(*sessions, call.context) : validationError(sessions.error());
    }
    if (call.segments.size() != 3 || call.part(2) != QLatin1String("current"))
        return notFound("route");
    std::vector<wire::MarketSession> sessions;
    for (const HoursOf collection : *collections)
        sessions.push_back(currentSession(collection, now));
    return items(sessions, call.context);
}

/// /market-time/equities/… and /market-time/futures/…[/{exchange}]. Of two exchanges there are items, of one an object.
HttpAnswer RestApi::marketTimeOfExchange(const Call& call)
{
    const bool isFutures = call.part(1) == QLatin1String("futures");
    const bool isHolidays = call.part(2) == QLatin1String("holidays");
    const qsizetype exchangeAt = isHolidays ? 3 : 4;
    const bool isRoute = (isFutures || call.part(1) == QLatin1String("equities")) &&
                         (isHolidays || call.part(2) == QLatin1String("sessions")) &&
                         call.segments.size() >= exchangeAt && call.segments.size() <= exchangeAt + (isFutures ? 1 : 0);
    if (!isRoute)
        return notFound("route");
    std::vector<HoursOf> collections{HoursOf::Equity};
    if (isFutures)
        collections = {HoursOf::Cme, HoursOf::Cfe};
    if (call.segments.size() > exchangeAt) {
        const auto collection = hoursFromText(call.part(exchangeAt).toStdString());
        if (!collection || *collection == HoursOf::Equity)
            return notFound("exchange " + call.symbol(exchangeAt));
        collections = {*collection};
    }
    if (isHolidays)
        return data(holidaysFrom(m_exchange.today()), call.context);
    const auto asked = call.query.date("date");
    if (!asked)
        return validationError(asked.error());
    const Instant now = m_exchange.now();
    const Date date = asked->value_or(m_exchange.today());
    const QString which = call.part(3);
    std::vector<wire::MarketSession> sessions;
    for (const HoursOf collection : collections) {
        if (which == QLatin1String("current"))
            sessions.push_back(currentSession(collection, now));
        else if (which == QLatin1String("next"))
            sessions.push_back(sessionOf(collection, market::nextTradingDay(date), now));
        else if (which == QLatin1String("previous"))
            sessions.push_back(sessionOf(collection, market::previousTradingDay(date), now));
        else
            return notFound("route");
    }
    return sessions.size() == 1 ? data(sessions.front(), call.context) : items(sessions, call.context);
}

} // namespace vegadesk::venue
