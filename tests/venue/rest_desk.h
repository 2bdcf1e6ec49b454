#pragma once

#include "venue/exchange_desk.h"

#include "tastytrade/wire/json.h"
#include "venue/order_tape.h"
#include "venue/rest_api.h"

#include <QJsonArray>
#include <QJsonObject>

#include <string>

namespace venue_test
{

/// The routes over a Desk's exchange, without sockets.
struct RestDesk : Desk {
    explicit RestDesk(base::Instant start = thursday(), venue::OrderTape* tape = nullptr)
        : Desk(start), credentials("secret", std::chrono::seconds(900), clock),
          rest(exchange, *market, credentials, tape),
          bearer("Bearer " + QByteArray::fromStdString(credentials.issueAccessToken()))
    {
    }

    struct Reply {
        int status = 0;
        QJsonObject body;

        QJsonObject data() const { return body.value(QLatin1String("data")).toObject(); }
        QJsonArray items() const { return data().value(QLatin1String("items")).toArray(); }
        QJsonObject error() const { return body.value(QLatin1String("error")).toObject(); }
        QString code() const { return error().value(QLatin1String("code")).toString(); }
        /// The first of the preflight checks that failed.
        QString reason() const
        {
            const QJsonArray reasons = error().value(QLatin1String("errors")).toArray();
            return reasons.isEmpty() ? QString() : reasons[0].toObject().value(QLatin1String("code")).toString();
        }
    };
    /// `path` with its query, as it stands in the request's first line.
    Reply call(const char* method, const QString& path, const QByteArray& body = {})
    {
        const QUrl url(path, QUrl::StrictMode);
        const venue::HttpAnswer answer = rest.handle(
            {method, url.path(QUrl::FullyEncoded), QUrlQuery(url.query(QUrl::FullyEncoded)), "test/1.0", bearer, body});
        return {answer.status, wire::parseObject(answer.body, "answer").value_or(QJsonObject())};
    }
    /// Below the account.
    Reply ask(const char* method, const QString& path, const QByteArray& body = {})
    {
        return call(method, QStringLiteral("/accounts/SIM00001") + path, body);
    }

    base::SystemClock clock;
    venue::Credentials credentials;
    venue::RestApi rest;
    QByteArray bearer;
};

} // namespace venue_test
