#pragma once

#include "client_harness.h"

#include "venue/rest_api.h"

#include <map>
#include <memory>
#include <string>

namespace vegadesk::tastytrade::test
{

inline const base::Instant morning = *base::parseInstant("2025-03-13T14:00:00Z"); // 10:00 in New York

/// The client's calls answered by the venue's routes, in memory.
class VenueRoutes
{
public:
    explicit VenueRoutes(Client& client)
    {
        client.transport.onRequest = [this](const HttpRequest& request) { return answer(request); };
    }

    /// By path: how many of its answers are lost on the way. The request arrives.
    std::map<std::string, int> lost;
    std::map<std::string, int> asked; ///< by method and path
    /// Put in the place of the first item of the answer to that path.
    std::map<std::string, QJsonValue> firstItem;

    std::unique_ptr<venue::MarketModel> market = venue::makeGeneratedMarket(5);
    venue::Exchange exchange{{}, *market, morning};

private:
    static QByteArray method(HttpRequest::Verb verb)
    {
        switch (verb) {
        case HttpRequest::Verb::Get:
            return "GET";
        case HttpRequest::Verb::Post:
            return "POST";
        case HttpRequest::Verb::Put:
            return "PUT";
        case HttpRequest::Verb::Delete:
            break;
        }
        return "DELETE";
    }
    std::optional<base::Result<HttpAnswer>> answer(const HttpRequest& request)
    {
        venue::HttpRequest arrived;
        arrived.method = method(request.verb);
        arrived.path = request.url.path(QUrl::FullyEncoded);
        arrived.query = QUrlQuery(request.url.query(QUrl::FullyEncoded));
        arrived.userAgent = "vegadesk-test/1.0";
        arrived.authorization = QByteArray::fromStdString(request.authorization);
        arrived.body = request.body;
        const std::string path = arrived.path.toStdString();
        ++asked[arrived.method.toStdString() + " " + path];
        if (path == "/oauth/token")
            return HttpAnswer{200,
                              wire::toBytes(wire::toJson(wire::TokenAnswer{m_credentials.issueAccessToken(), 900}))};
        const venue::HttpAnswer given = m_rest.handle(arrived);
        if (lost[path] > 0) {
            --lost[path];
            return base::fail(base::ErrorKind::Network, "test", {}, "the connection broke");
        }
        HttpAnswer out{given.status, given.body};
        if (const auto replaced = firstItem.find(path); replaced != firstItem.end())
            out.body = withFirstItem(out.body, replaced->second);
        return out;
    }
    static QByteArray withFirstItem(const QByteArray& body, const QJsonValue& item)
    {
        QJsonObject object = *wire::parseObject(body, "test");
        QJsonObject data = object.value("data").toObject();
        QJsonArray items = data.value("items").toArray();
        items.replace(0, item);
        data.insert("items", items);
        object.insert("data", data);
        return wire::toBytes(object);
    }

    base::SystemClock m_clock;
    venue::Credentials m_credentials{{}, std::chrono::seconds(900), m_clock};
    venue::RestApi m_rest{exchange, *market, m_credentials};
};

} // namespace vegadesk::tastytrade::test
