#include "venue/order_tape.h"
#include "venue/rest_answers.h"

/// The routes about orders.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

HttpAnswer page(const std::vector<const wire::Order*>& all, const QUrlQuery& query, const std::string& context)
{
    const auto orderAt = [&all](std::size_t i) -> const wire::Order& { return *all[i]; };
    return venue::page(all.size(), orderAt, query, context);
}

} // namespace

HttpAnswer RestApi::orders(const Call& call)
{
    const QByteArray& method = call.request.method;
    const QString which = call.segments.value(3);
    if (which.isEmpty()) {
        if (method == "POST")
            return placeOrder(call, false);
        return method == "GET" ? page(m_exchange.orders(), call.request.query, call.context) : notFound("route");
    }
    if (which == QLatin1String("dry-run"))
        return method == "POST" ? placeOrder(call, true) : notFound("route");
    if (which == QLatin1String("live"))
        return page(m_exchange.liveOrders(), call.request.query, call.context);
    const std::string id = which.toStdString();
    if (method == "DELETE")
        return cancelOrder(call, id);
    const wire::Order* order = m_exchange.order(id);
    if (method != "GET" || order == nullptr)
        return notFound("order " + id);
    return json(wire::envelope(wire::toJson(*order), call.context));
}

HttpAnswer RestApi::cancelOrder(const Call& call, const std::string& id)
{
    if (m_tape) {
        if (const auto written = m_tape->cancelled(m_exchange.now(), id); !written)
            return error(422, "state_not_written", written.error().message()); // it was not let in
    }
    const Answer<wire::Order> cancelled = m_exchange.cancel(id);
    return cancelled ? json(wire::envelope(wire::toJson(*cancelled), call.context)) : refusal(cancelled.error());
}

HttpAnswer RestApi::placeOrder(const Call& call, bool isDryRun)
{
    const base::Result<wire::OrderRequest> request = wire::parseOrderRequest(call.body);
    if (!request)
        return validationError(request.error());
    if (m_tape && !isDryRun) {
        if (const auto written = m_tape->placed(m_exchange.now(), *request, m_exchange.isSessionOffline()); !written)
            return error(422, "state_not_written", written.error().message()); // it was not let in
    }
    const Answer<wire::OrderAnswer> answer = isDryRun ? m_exchange.dryRun(*request) : m_exchange.place(*request);
    if (!answer)
        return refusal(answer.error());
    return json(wire::envelope(wire::toJson(*answer), call.context), 201);
}

} // namespace vegadesk::venue
