#pragma once

#include "client_harness.h"
#include "sendable_order.h"

#include "tastytrade/wire/complex_order.h"

#include <QJsonDocument>

#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tastytrade::test
{

inline const std::string account = "/accounts/5WX00042";
inline const HttpAnswer busy{429, "{}"};
inline const HttpAnswer gateway{502, "<html>502 Bad Gateway</html>"};

template<class T>
auto into(std::vector<base::Result<T>>& results)
{
    return [&results](base::Result<T> result) { results.push_back(std::move(result)); };
}

inline QByteArray orderBody(const std::string& id, const std::string& externalId, const char* status = "Live")
{
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    request.externalId = externalId;
    wire::Order order = ScriptedBroker::makeOrder(request, id);
    order.state = wire::orderStateFromWire(status);
    return wire::toBytes(wire::toJson(order));
}

/// As a replacement of order 270561 is answered.
inline QByteArray replacementBody(const std::string& id, const std::string& externalId)
{
    QJsonObject order = QJsonDocument::fromJson(orderBody(id, externalId, "Contingent")).object();
    order.insert(QLatin1String("replaces-order-id"), 270561);
    return wire::toBytes(order);
}

inline QByteArray bracketBody(const execution::SendableComplexOrder& order)
{
    wire::ComplexOrderAnswer answer;
    answer.order.id = "2000010530";
    answer.order.account = "5WX00042";
    for (const execution::SendableOrder& sent : order.parts()) {
        wire::OrderRequest request;
        request.intent = sent.intent();
        request.externalId = sent.externalId();
        wire::Order part = ScriptedBroker::makeOrder(
            request, std::to_string(270'561 + answer.order.orders.size() + (answer.order.trigger ? 1 : 0)));
        part.state = wire::OrderState::Contingent;
        part.stopTrigger = sent.intent().stopTrigger;
        if (answer.order.trigger)
            answer.order.orders.push_back(std::move(part));
        else
            answer.order.trigger = std::move(part);
    }
    return wire::toBytes(wire::envelope(wire::toJson(answer), "/"));
}

} // namespace vegadesk::tastytrade::test
