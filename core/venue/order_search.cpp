#include "venue/order_search.h"

#include "market/calendar.h"

#include <algorithm>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Instant;

std::string valueOf(const QUrlQuery& query, const char* key)
{
    return query.queryItemValue(QLatin1String(key), QUrl::FullyDecoded).toStdString();
}

base::Result<std::optional<Instant>> midnightOf(const QUrlQuery& query, const char* key, std::chrono::days later)
{
    const std::string text = valueOf(query, key);
    if (text.empty())
        return std::nullopt;
    const auto date = base::parseDate(text, key);
    if (!date)
        return tl::make_unexpected(date.error());
    return market::fromNewYork(*date + later, std::chrono::seconds(0));
}

base::Result<std::optional<Instant>> momentOf(const QUrlQuery& query, const char* key)
{
    std::string text = valueOf(query, key);
    if (text.empty())
        return std::nullopt;
    std::ranges::replace(text, ' ', '+'); // a plus that was not escaped
    const auto moment = base::parseInstant(text, key);
    if (!moment)
        return tl::make_unexpected(moment.error());
    return *moment;
}

} // namespace

QStringList valuesOf(const QUrlQuery& query, const char* key)
{
    QStringList values;
    const auto items = query.queryItems(QUrl::FullyDecoded);
    for (const auto& [name, value] : items) {
        if (name == QLatin1String(key))
            values.append(value);
    }
    return values;
}

base::Result<OrderSearch> OrderSearch::parse(const QUrlQuery& query)
{
    OrderSearch search;
    std::optional<base::Error> problem;
    const auto take = [&](auto result) -> std::optional<Instant> {
        if (result)
            return *result;
        problem = result.error();
        return std::nullopt;
    };
    search.m_from =
        std::max(take(midnightOf(query, "start-date", std::chrono::days(0))), take(momentOf(query, "start-at")));
    const auto lastDay = take(midnightOf(query, "end-date", std::chrono::days(1)));
    const auto lastMoment = take(momentOf(query, "end-at"));
    search.m_to = lastDay && lastMoment ? std::min(lastDay, lastMoment) : lastDay ? lastDay : lastMoment;
    search.m_underlying = valueOf(query, "underlying-symbol");
    search.m_future = valueOf(query, "futures-symbol");
    if (const std::string type = valueOf(query, "underlying-instrument-type"); !type.empty()) {
        const auto known = market::instrumentTypeFromWire(type);
        if (!known)
            return tl::make_unexpected(known.error());
        search.m_underlyingType = *known;
    }
    const QStringList states = valuesOf(query, "status[]");
    for (const QString& state : states) {
        search.m_states.push_back(wire::orderStateFromWire(state.toStdString()));
        if (search.m_states.back() == wire::OrderState::Other)
            return base::badInput("status[]", state.toStdString(), "an order's status, such as Live");
    }
    const std::string sort = valueOf(query, "sort");
    if (!sort.empty() && sort != "Asc" && sort != "Desc")
        return base::badInput("sort", sort, "Desc or Asc");
    search.m_isAscending = sort == "Asc";
    if (problem)
        return tl::make_unexpected(*problem);
    return search;
}

bool OrderSearch::fits(const wire::Order& order) const
{
    const Instant received = order.receivedAt.value_or(Instant{});
    const bool isOfFuture =
        m_future.empty() ||
        std::ranges::any_of(order.legs, [this](const wire::Leg& leg) { return leg.terms.symbol == m_future; }) ||
        order.underlying == m_future;
    return (!m_from || received >= *m_from) && (!m_to || received < *m_to) && isOfFuture &&
           (m_underlying.empty() || order.underlying == m_underlying) &&
           (!m_underlyingType || order.underlyingType == *m_underlyingType) &&
           (m_states.empty() || std::ranges::find(m_states, order.state) != m_states.end());
}

std::vector<const wire::Order*> OrderSearch::among(const std::vector<const wire::Order*>& newestFirst) const
{
    std::vector<const wire::Order*> found;
    for (const wire::Order* const order : newestFirst) {
        if (fits(*order))
            found.push_back(order);
    }
    if (m_isAscending)
        std::ranges::reverse(found);
    return found;
}

} // namespace vegadesk::venue
