#pragma once

#include "venue/order_helper.h"
#include "venue/rest_api.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>
#include <utility>
#include <vector>

namespace venue_test
{

struct Reply {
    int status = 0;
    QByteArray body;
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonObject data() const { return json().value(QLatin1String("data")).toObject(); }
    QJsonArray items() const { return data().value(QLatin1String("items")).toArray(); }
    QString errorCode() const
    {
        return json().value(QLatin1String("error")).toObject().value(QLatin1String("code")).toVariant().toString();
    }
};

/// An exchange behind its REST routes, without sockets, for a client that has logged in.
struct Caller {
    explicit Caller(base::Instant start = thursday(), bool withExamples = false,
                    std::unique_ptr<venue::MarketModel> own = nullptr, venue::UserLists lists = {})
        : market(own ? std::move(own) : venue::makeGeneratedMarket(5)),
          exchange(settings(withExamples), *market, start),
          api(exchange, *market, credentials, nullptr, std::move(lists)),
          bearer("Bearer " + QByteArray::fromStdString(credentials.issueAccessToken()))
    {
    }
    static venue::ExchangeSettings settings(bool withExamples)
    {
        venue::ExchangeSettings settings;
        settings.withExamplePositions = withExamples;
        return settings;
    }

    /// `target` is path and query as they stand in a request's first line.
    Reply call(const QByteArray& method, const QByteArray& target, const QByteArray& body = {})
    {
        const auto mark = target.indexOf('?');
        venue::HttpRequest request;
        request.method = method;
        request.path = QString::fromLatin1(mark < 0 ? target : target.left(mark));
        if (mark >= 0)
            request.query = QUrlQuery(QString::fromLatin1(target.mid(mark + 1)));
        request.userAgent = userAgent;
        request.authorization = bearer;
        request.acceptVersion = version;
        request.body = body;
        const venue::HttpAnswer answer = api.handle(request);
        return {answer.status, answer.body};
    }
    Reply get(const QByteArray& target) { return call("GET", target); }
    void wait(base::Nanos span) { exchange.advanceTo(exchange.now() + span); }

    /// A buy that fills at once.
    std::string buyStock(const std::string& symbol, std::int64_t shares)
    {
        const double limit = 1.02 * market->mark(*market->find(symbol, exchange.today()), exchange.now());
        const auto answer =
            exchange.place(limitOrder({stockLeg(symbol, Action::BuyToOpen, shares)},
                                      venue::toCents(limit).toString().c_str(), portfolio::PriceEffect::Debit));
        wait(std::chrono::seconds(20));
        return answer ? answer->order.id : std::string();
    }

    base::SystemClock clock;
    venue::Credentials credentials{{}, std::chrono::seconds(900), clock};
    std::unique_ptr<venue::MarketModel> market;
    venue::Exchange exchange;
    venue::RestApi api;
    QByteArray bearer, userAgent = "vegadesk-test/1.0", version;
};

inline QByteArrayList textsOf(const QJsonArray& items, const char* key)
{
    QByteArrayList texts;
    for (const QJsonValue& item : items)
        texts.append(item.toObject().value(QLatin1String(key)).toString().toUtf8());
    return texts;
}

} // namespace venue_test
