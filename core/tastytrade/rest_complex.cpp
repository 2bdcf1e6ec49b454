#include "tastytrade/rest_api.h"

#include "tastytrade/rest_answers.h"
#include "tastytrade/user_agent.h"
#include "tastytrade/wire/complex_order.h"

#include <utility>

/// Orders that depend on each other.

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

wire::ComplexType typeOf(portfolio::ComplexKind kind)
{
    switch (kind) {
    case portfolio::ComplexKind::Oco:
        return wire::ComplexType::Oco;
    case portfolio::ComplexKind::Oto:
        return wire::ComplexType::Oto;
    case portfolio::ComplexKind::Otoco:
        break;
    }
    return wire::ComplexType::Otoco;
}

std::vector<execution::BrokerOrder> partsOf(const wire::ComplexOrder& complex)
{
    std::vector<execution::BrokerOrder> parts;
    const auto add = [&](const wire::Order& order) {
        parts.push_back(wire::toBrokerOrder(order));
        if (parts.back().complexId.empty())
            parts.back().complexId = complex.id;
    };
    if (complex.trigger)
        add(*complex.trigger);
    for (const wire::Order& order : complex.orders)
        add(order);
    return parts;
}

base::Result<std::vector<execution::BrokerOrder>> placedParts(const HttpAnswer& answer)
{
    const auto body = wire::parseObject(answer.body, "complex order");
    const auto data = body ? wire::dataOf(*body, "complex order") : tl::make_unexpected(body.error());
    const auto parsed = data ? wire::parseComplexOrderAnswer(*data) : tl::make_unexpected(data.error());
    if (!parsed)
        return tl::make_unexpected(parsed.error());
    if (parsed->order.id.empty())
        return base::fail(base::ErrorKind::Network, "complex order", {}, "the answer has no id");
    return partsOf(parsed->order);
}

} // namespace

void RestApi::dryRunComplex(const std::string& account, const portfolio::ComplexIntent& intent,
                            Done<portfolio::DryRunResult> done)
{
    wire::ComplexOrderRequest body;
    body.type = typeOf(intent.kind);
    body.source = sourceName;
    if (intent.trigger)
        body.trigger = orderBody(*intent.trigger, {});
    for (const portfolio::OrderIntent& order : intent.orders)
        body.orders.push_back(orderBody(order, {}));
    HttpRequest request =
        makeRequest(HttpRequest::Verb::Post, "/accounts/" + encoded(account) + "/complex-orders/dry-run");
    request.body = wire::toBytes(wire::toJson(body));
    const auto parse = [](const QJsonObject& answer) -> base::Result<portfolio::DryRunResult> {
        const auto data = wire::dataOf(answer, "dry run");
        const auto parsed = data ? wire::parseComplexOrderAnswer(*data) : tl::make_unexpected(data.error());
        if (!parsed)
            return tl::make_unexpected(parsed.error());
        return wire::toDryRunResult({{}, parsed->buyingPower, parsed->fees, parsed->warnings, parsed->errors});
    };
    check(std::move(request), parse, std::move(done));
}

void RestApi::placeComplex(const std::string& account, const execution::SendableComplexOrder& order,
                           Done<std::vector<execution::BrokerOrder>> done)
{
    wire::ComplexOrderRequest body;
    body.type = typeOf(order.kind());
    body.source = sourceName;
    for (std::size_t i = 0; i < order.parts().size(); ++i) {
        const execution::SendableOrder& part = order.parts()[i];
        wire::OrderRequest request = orderBody(part.intent(), part.externalId());
        if (i == 0 && order.kind() != portfolio::ComplexKind::Oco)
            body.trigger = std::move(request);
        else
            body.orders.push_back(std::move(request));
    }
    HttpRequest request = makeRequest(HttpRequest::Verb::Post, "/accounts/" + encoded(account) + "/complex-orders");
    request.timeout = 20s;
    request.body = wire::toBytes(wire::toJson(body));
    const auto handler = [this, done = std::move(done)](const base::Result<HttpAnswer>& answer) {
        if (!answer)
            return done(tl::make_unexpected(answer.error()));
        if (!isSuccess(*answer))
            return done(tl::make_unexpected(placeError(*answer)));
        auto placed = placedParts(*answer);
        if (!placed)
            m_quarantine.put("complex order", placed.error().message(), answer->body);
        done(std::move(placed));
    };
    m_queue.submit(RequestQueue::Kind::Place, std::move(request), handler);
}

void RestApi::cancelComplex(const std::string& account, const std::string& complexId,
                            Done<std::vector<execution::BrokerOrder>> done)
{
    HttpRequest request = makeRequest(HttpRequest::Verb::Delete,
                                      "/accounts/" + encoded(account) + "/complex-orders/" + encoded(complexId));
    request.timeout = 10s;
    const auto handler = [this, done = std::move(done)](const base::Result<HttpAnswer>& answer) {
        if (!answer)
            return done(tl::make_unexpected(answer.error()));
        if (!isSuccess(*answer))
            return done(tl::make_unexpected(wire::errorFromAnswer(answer->status, answer->body, "cancel")));
        const auto body = wire::parseObject(answer->body, "cancel");
        const auto data = body ? wire::dataOf(*body, "cancel") : tl::make_unexpected(body.error());
        const auto complex = data ? wire::parseComplexOrder(*data) : tl::make_unexpected(data.error());
        if (complex)
            return done(partsOf(*complex));
        m_quarantine.put("complex order", complex.error().message(), answer->body);
        done(tl::make_unexpected(complex.error()));
    };
    m_queue.submit(RequestQueue::Kind::Cancel, std::move(request), handler);
}

} // namespace vegadesk::tastytrade
