#include "venue/order_search.h"
#include "venue/order_tape.h"
#include "venue/rest_answers.h"

/// The routes about orders.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

constexpr int searchNeedsStartSince = 20261012; ///< of the interface's versions

/// The search without an end to it: one that says when it begins, where the version wants that.
std::optional<base::Error> missingStart(const QUrlQuery& query, std::optional<int> version)
{
    if (version.value_or(0) < searchNeedsStartSince || query.hasQueryItem(QStringLiteral("start-date")) ||
        query.hasQueryItem(QStringLiteral("start-at")))
        return std::nullopt;
    return base::Error{base::ErrorKind::BadInput, "start-date", {}, "or start-at is required", {}};
}

HttpAnswer orderPage(const std::vector<const wire::Order*>& newestFirst, const QUrlQuery& query,
                     const std::string& context)
{
    const base::Result<OrderSearch> search = OrderSearch::parse(query);
    if (!search)
        return validationError(search.error());
    const std::vector<const wire::Order*> found = search->among(newestFirst);
    const auto orderAt = [&found](std::size_t i) -> const wire::Order& { return *found[i]; };
    return page(found.size(), orderAt, query, context);
}

/// It was not let in.
HttpAnswer notWritten(const base::Error& problem)
{
    return error(422, "state_not_written", problem.message());
}

template<class T>
HttpAnswer answerOf(const Answer<T>& answer, const std::string& context, int status = 200)
{
    return answer ? json(wire::envelope(wire::toJson(*answer), context), status) : refusal(answer.error());
}

} // namespace

HttpAnswer RestApi::orders(const Call& call)
{
    const QByteArray& method = call.request.method;
    const QString which = call.segments.value(3);
    const bool isLong = call.segments.size() > 4;
    if (which.isEmpty()) {
        if (method == "POST")
            return placeOrder(call, false);
        if (method != "GET")
            return notFound("route");
        if (const auto missing = missingStart(call.request.query, call.version))
            return validationError(*missing);
        return orderPage(m_exchange.orders(), call.request.query, call.context);
    }
    if (which == QLatin1String("dry-run") && !isLong)
        return method == "POST" ? placeOrder(call, true) : notFound("route");
    if (which == QLatin1String("live") && !isLong)
        return method == "GET" ? orderPage(m_exchange.liveOrders(), call.request.query, call.context)
                               : notFound("route");
    const std::string id = which.toStdString();
    const wire::Order* const order = m_exchange.order(id);
    if (order == nullptr)
        return notFound("order " + id);
    if (isLong) {
        if (method == "POST" && call.segments.at(4) == QLatin1String("dry-run"))
            return replaceOrder(call, *order, true);
        if (method == "POST" && call.segments.at(4) == QLatin1String("reconfirm"))
            return isTerminal(order->state) ? refusal(cannotUpdate("the order could not be reconfirmed"))
                                            : json(wire::envelope(wire::toJson(*order), call.context));
        return notFound("route");
    }
    if (method == "DELETE")
        return cancelOrder(call, id);
    if (method == "PUT" || method == "PATCH")
        return replaceOrder(call, *order, false);
    return method == "GET" ? json(wire::envelope(wire::toJson(*order), call.context)) : notFound("route");
}

/// All accounts of the customer that are named; there is one.
HttpAnswer RestApi::customerOrders(const Call& call)
{
    const bool isLive = call.segments.size() == 4 && call.segments.at(3) == QLatin1String("live");
    if (call.segments.size() != 3 && !isLive)
        return notFound("route");
    const QStringList accounts = valuesOf(call.request.query, "account-numbers[]");
    if (accounts.isEmpty())
        return validationError({base::ErrorKind::BadInput, "account-numbers", {}, "is missing", {}});
    for (const QString& account : accounts) {
        if (account.toStdString() != m_exchange.accountNumber())
            return error(403, "not_permitted", "User not permitted access");
    }
    if (const auto missing = missingStart(call.request.query, call.version); missing && !isLive)
        return validationError(*missing);
    return orderPage(isLive ? m_exchange.liveOrders() : m_exchange.orders(), call.request.query, call.context);
}

HttpAnswer RestApi::cancelOrder(const Call& call, const std::string& id)
{
    if (m_tape) {
        if (const auto written = m_tape->cancelled(m_exchange.now(), id); !written)
            return notWritten(written.error());
    }
    return answerOf(m_exchange.cancel(id), call.context);
}

/// A single order or orders that depend on each other: the way in is the same.
template<class Request>
HttpAnswer RestApi::place(const Call& call, const base::Result<Request>& request, bool isDryRun)
{
    if (!request)
        return validationError(request.error());
    if (isDryRun)
        return answerOf(m_exchange.dryRun(*request), call.context, 201);
    if (m_tape) {
        if (const auto written = m_tape->placed(m_exchange.now(), *request, m_exchange.isSessionOffline()); !written)
            return notWritten(written.error());
    }
    return answerOf(m_exchange.place(*request), call.context, 201);
}

HttpAnswer RestApi::placeOrder(const Call& call, bool isDryRun)
{
    return place(call, wire::parseOrderRequest(call.body), isDryRun);
}

HttpAnswer RestApi::replaceOrder(const Call& call, const wire::Order& old, bool isDryRun)
{
    const base::Result<wire::OrderRequest> request = wire::parseReplacement(call.body, wire::requestOf(old));
    if (!request)
        return validationError(request.error());
    const std::string id = old.id;
    if (isDryRun)
        return answerOf(m_exchange.dryRunReplacement(id, *request), call.context, 201);
    if (m_tape) {
        const auto written = m_tape->replaced(m_exchange.now(), id, *request, m_exchange.isSessionOffline());
        if (!written)
            return notWritten(written.error());
    }
    return answerOf(m_exchange.replace(id, *request), call.context);
}

HttpAnswer RestApi::complexOrders(const Call& call)
{
    const QByteArray& method = call.request.method;
    const QString which = call.segments.value(3);
    const bool isLive = which == QLatin1String("live");
    if (call.segments.size() <= 4 && method == "POST" && (which.isEmpty() || which == QLatin1String("dry-run")))
        return placeComplexOrder(call, !which.isEmpty());
    if (call.segments.size() <= 4 && method == "GET" && (which.isEmpty() || isLive)) {
        const std::vector<wire::ComplexOrder> all = m_exchange.complexOrders(isLive);
        const auto orderAt = [&all](std::size_t i) -> const wire::ComplexOrder& { return all[i]; };
        return page(all.size(), orderAt, call.request.query, call.context);
    }
    const std::string id = which.toStdString();
    const std::optional<wire::ComplexOrder> order = m_exchange.complexOrder(id);
    if (!order)
        return notFound("complex order " + id);
    const bool isDryRun = call.segments.size() == 5 && call.segments.at(4) == QLatin1String("dry-run");
    if ((method == "PATCH" && call.segments.size() == 4) || (method == "POST" && isDryRun))
        return refusal(cannotUpdate("only the threshold of a PAIRS order can be changed"));
    if (call.segments.size() != 4)
        return notFound("route");
    if (method == "GET")
        return json(wire::envelope(wire::toJson(*order), call.context));
    if (method != "DELETE")
        return notFound("route");
    if (m_tape) {
        if (const auto written = m_tape->complexCancelled(m_exchange.now(), id); !written)
            return notWritten(written.error());
    }
    return answerOf(m_exchange.cancelComplex(id), call.context);
}

HttpAnswer RestApi::placeComplexOrder(const Call& call, bool isDryRun)
{
    return place(call, wire::parseComplexOrderRequest(call.body), isDryRun);
}

} // namespace vegadesk::venue
