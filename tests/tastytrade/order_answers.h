#pragma once

#include "client_harness.h"
#include "sendable_order.h"

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

} // namespace vegadesk::tastytrade::test
