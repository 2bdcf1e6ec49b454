#pragma once

#include "tastytrade/wire/session.h"
#include "venue/order_helper.h"
#include "venue/venue.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>

#include <utility>
#include <vector>

namespace venue_test
{

inline constexpr int patience = 60'000; // ms until a socket's answer counts as missing, on a slow machine too

struct HttpReply {
    int status = 0; ///< 0: the connection broke
    QByteArray body;
    QString contentType;
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonObject data() const { return json().value(QLatin1String("data")).toObject(); }
    QString errorCode() const
    {
        return json().value(QLatin1String("error")).toObject().value(QLatin1String("code")).toString();
    }
};

/// A client with the broker's manners.
class Client
{
public:
    explicit Client(const venue::Venue& venue)
        : m_base(venue.restUrl()), m_runToken(QByteArray::fromStdString(venue.token()))
    {
    }

    HttpReply call(const QByteArray& method, const QString& path, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(m_base + path));
        request.setHeader(QNetworkRequest::UserAgentHeader, userAgent);
        request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        if (!bearer.isEmpty())
            request.setRawHeader("Authorization", bearer);
        request.setTransferTimeout(patience);
        QNetworkReply* reply = m_manager.sendCustomRequest(request, method, body);
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(patience);
        HttpReply result{reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                         reply->header(QNetworkRequest::ContentTypeHeader).toString()};
        reply->deleteLater();
        return result;
    }
    /// A POST by hand, once: QNetworkAccessManager repeats one whose connection breaks. What came back until the end.
    QByteArray postOnce(const venue::Venue& venue, const QString& path, const QByteArray& body)
    {
        QTcpSocket socket;
        QSignalSpy gone(&socket, &QTcpSocket::disconnected);
        socket.connectToHost(QStringLiteral("127.0.0.1"), venue.port());
        socket.write("POST " + path.toUtf8() +
                     " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: test/1.0\r\nAuthorization: " + bearer +
                     "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        if (gone.isEmpty())
            gone.wait(patience);
        return socket.state() == QAbstractSocket::UnconnectedState ? socket.readAll() : QByteArray("still connected");
    }
    HttpReply get(const QString& path) { return call("GET", path); }
    HttpReply control(const QString& path, const QByteArray& body)
    {
        const QByteArray old = std::exchange(bearer, "Bearer " + m_runToken);
        const HttpReply reply = call("POST", path, body);
        bearer = old;
        return reply;
    }
    bool logIn()
    {
        const HttpReply reply = call("POST", QStringLiteral("/oauth/token"),
                                     js("{'grant_type':'refresh_token','refresh_token':'") + m_runToken +
                                         js("','client_secret':'") + m_runToken + "\"}");
        bearer = "Bearer " + reply.json().value(QLatin1String("access_token")).toString().toUtf8();
        return reply.status == 200;
    }

    QByteArray bearer;
    QString userAgent = QStringLiteral("vegadesk-test/1.0");

private:
    QString m_base;
    QByteArray m_runToken;
    QNetworkAccessManager m_manager;
};

/// A web socket that keeps what it hears.
class Listener
{
public:
    explicit Listener(const QString& url)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket, [this](const QString& text) {
            frames.push_back(QJsonDocument::fromJson(text.toUtf8()).object());
        });
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(QUrl(url));
        isOpen = connected.wait(patience);
    }
    void say(const QByteArray& text) { socket.sendTextMessage(QString::fromUtf8(text)); }
    std::size_t count(const QString& key, const QString& value) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            frames, [&](const QJsonObject& frame) { return frame.value(key).toString() == value; }));
    }

    QWebSocket socket;
    bool isOpen = false;
    std::vector<QJsonObject> frames;
};

/// Always in the session of 13 March 2025.
inline venue::VenueSettings inSession()
{
    venue::VenueSettings settings;
    settings.seed = 5;
    settings.start = thursday();
    settings.exchange.withExamplePositions = false;
    return settings;
}

const QString account = QStringLiteral("/accounts/SIM00001");

inline QByteArray orderBody(const char* price, const QByteArray& externalId = "x-1")
{
    return js("{'time-in-force':'Day','order-type':'Limit','price':'") + QByteArray(price) +
           js("','price-effect':'Debit','external-identifier':'") + externalId +
           js("','behavior':'immediate','legs':[{'instrument-type':'Equity','symbol':'KO','quantity':'1','action':'Buy "
              "to Open'}]}");
}

/// The dxLink handshake, up to an empty channel 1.
inline bool openFeed(Client& client, Listener& feed, const venue::Venue& venue)
{
    const auto token = wire::parseQuoteToken(client.get(QStringLiteral("/api-quote-tokens")).data());
    if (!token || QString::fromStdString(token->url) != venue.feedUrl())
        return false;
    feed.say(js("{'type':'SETUP','channel':0,'version':'0.1-test','keepaliveTimeout':60,'acceptKeepaliveTimeout':60}"));
    feed.say(js("{'type':'AUTH','channel':0,'token':'") + QByteArray::fromStdString(token->token) + "\"}");
    feed.say(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
    feed.say(js("{'type':'FEED_SETUP','channel':1,'acceptDataFormat':'COMPACT'}"));
    return QTest::qWaitFor([&] { return feed.count(QStringLiteral("type"), QStringLiteral("FEED_CONFIG")) == 1; },
                           patience);
}

} // namespace venue_test
