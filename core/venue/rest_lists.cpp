#include "tastytrade/wire/lists.h"
#include "venue/rest_answers.h"

#include <algorithm>

/// The routes about search, watchlists and alerts.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using market::Instrument;

/// What a change of the customer's lists was refused for.
HttpAnswer listError(const base::Error& problem)
{
    switch (problem.kind) {
    case base::ErrorKind::NotFound:
        return notFound(problem.field + " " + problem.value);
    case base::ErrorKind::BadInput:
        return validationError(problem);
    case base::ErrorKind::Storage:
        return error(422, "state_not_written", problem.message());
    default:
        return error(422, "too_many", problem.message());
    }
}

/// What the venue offers to everybody: one list a kind of name.
std::vector<wire::Watchlist> publicLists(const std::vector<Instrument>& underlyings)
{
    std::vector<wire::Watchlist> lists(3);
    lists[0].name = "Indices";
    lists[1].name = "Funds";
    lists[2].name = "Stocks";
    for (const Instrument& underlying : underlyings) {
        const std::size_t kind = underlying.type == market::InstrumentType::Index ? 0 : isFund(underlying) ? 1 : 2;
        lists[kind].entries.push_back({underlying.symbol, std::string(market::toWire(underlying.type))});
    }
    for (std::size_t i = 0; i < lists.size(); ++i) {
        lists[i].group = "Simulated";
        lists[i].orderIndex = static_cast<std::int64_t>(i);
        lists[i].id = std::to_string(i + 1);
    }
    std::erase_if(lists, [](const wire::Watchlist& list) { return list.entries.empty(); });
    return lists;
}

base::Result<wire::QuoteAlert> alertIn(const QJsonObject& body)
{
    auto alert = wire::read<wire::QuoteAlert>(body);
    if (!alert)
        return alert;
    const auto isOneOf = [](const std::string& word, std::initializer_list<const char*> words) {
        return std::ranges::find(words, word) != words.end();
    };
    if (!isOneOf(alert->field, {"Last", "Bid", "Ask", "IV"}))
        return base::badInput("field", alert->field, "Last, Bid, Ask or IV");
    if (!isOneOf(alert->comparison, {">", "<"}))
        return base::badInput("operator", alert->comparison, "> or <");
    return alert;
}

QJsonObject alertJson(const wire::QuoteAlert& alert)
{
    QJsonObject object = wire::toJson(alert);
    object.insert(QLatin1String("threshold-numeric"), alert.threshold.toDouble());
    return object;
}

} // namespace

HttpAnswer RestApi::search(const Call& call)
{
    if (!call.isGet() || call.part(1) != QLatin1String("search") || call.segments.size() < 3)
        return notFound("route");
    const QString text = QString::fromStdString(call.symbol(2)).toUpper();
    std::vector<wire::FoundSymbol> found;
    for (const Instrument& underlying : m_market.underlyings()) {
        const QString description = QString::fromStdString(underlying.description);
        if (!QString::fromStdString(underlying.symbol).startsWith(text) && !description.toUpper().contains(text))
            continue;
        found.push_back({underlying.symbol, underlying.description, listedMarket(underlying), "0.01",
                         "9:30 to 16:00 America/New_York", "Equity", true});
    }
    const QString bare = text.startsWith(QLatin1Char('/')) ? text.mid(1) : text;
    for (const wire::Future& future : m_market.futures(m_exchange.today())) {
        const std::string description = future.product ? future.product->description : std::string();
        if (QString::fromStdString(future.symbol).mid(1).startsWith(bare) ||
            QString::fromStdString(description).toUpper().contains(bare))
            found.push_back({future.symbol, description, future.exchange, future.tick ? future.tick->toString() : "",
                             "18:00 to 17:00 America/New_York", "Future", true});
    }
    return items(found, call.context);
}

HttpAnswer RestApi::watchlists(const Call& call)
{
    const QByteArray& method = call.request.method;
    const auto answer = [&](const base::Result<wire::Watchlist>& changed, int status) {
        return changed ? data(*changed, call.context, status) : listError(changed.error());
    };
    if (call.segments.size() == 1) {
        if (method == "GET")
            return items(m_lists.watchlists(), call.context);
        if (method != "POST")
            return notFound("route");
        auto given = wire::parseWatchlist(call.body);
        return given ? answer(m_lists.add(std::move(*given)), 201) : validationError(given.error());
    }
    const std::string name = call.symbol(1);
    if (method == "GET") {
        const wire::Watchlist* const found = m_lists.watchlist(name);
        return found == nullptr ? notFound("watchlist " + name) : data(*found, call.context);
    }
    if (method == "PUT") {
        auto given = wire::parseWatchlist(call.body);
        return given ? answer(m_lists.change(name, std::move(*given)), 200) : validationError(given.error());
    }
    if (method != "DELETE")
        return notFound("route");
    const auto gone = m_lists.remove(name);
    return gone ? json(wire::toSnakeJson(*gone)) : listError(gone.error()); // without the envelope, as the broker does
}

HttpAnswer RestApi::publicWatchlists(const Call& call)
{
    const bool isPairs = call.part(0) == QLatin1String("pairs-watchlists");
    if (!call.isGet())
        return notFound("route");
    std::vector<wire::Watchlist> lists;
    if (!isPairs)
        lists = publicLists(m_market.underlyings());
    if (call.segments.size() > 1) {
        const std::string name = call.symbol(1);
        const auto found = std::ranges::find(lists, name, &wire::Watchlist::name);
        return found == lists.end() ? notFound("watchlist " + name) : data(*found, call.context);
    }
    if (call.query.flag("counts-only")) {
        for (wire::Watchlist& list : lists)
            list.entryCount = static_cast<std::int64_t>(list.entries.size());
    }
    return items(lists, call.context);
}

HttpAnswer RestApi::quoteAlerts(const Call& call)
{
    const QByteArray& method = call.request.method;
    if (call.segments.size() > 1) {
        if (method != "DELETE")
            return notFound("route");
        const auto removed = m_lists.removeAlert(call.symbol(1));
        return removed ? HttpAnswer{204, {}, "application/json"} : listError(removed.error());
    }
    if (method == "GET") {
        QJsonArray list;
        for (const wire::QuoteAlert& alert : m_lists.alerts())
            list.append(alertJson(alert));
        return json(wire::itemsEnvelope(list, call.context));
    }
    if (method != "POST")
        return notFound("route");
    auto given = alertIn(call.body);
    if (!given)
        return validationError(given.error());
    given->createdAt = m_exchange.now();
    const auto added = m_lists.add(std::move(*given));
    return added ? json(wire::envelope(alertJson(*added), call.context), 201) : listError(added.error());
}

} // namespace vegadesk::venue
