#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/dxlink.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/session.h"
#include "venue/order_helper.h"
#include "venue/venue.h"

#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace venue_test;
using namespace std::chrono_literals;

namespace
{

constexpr int patience = 10'000; // ms until a socket's answer counts as missing

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
venue::VenueSettings inSession()
{
    venue::VenueSettings settings;
    settings.seed = 5;
    settings.start = thursday();
    settings.exchange.withExamplePositions = false;
    return settings;
}

const QString account = QStringLiteral("/accounts/SIM00001");

QByteArray orderBody(const char* price, const QByteArray& externalId = "x-1")
{
    return js("{'time-in-force':'Day','order-type':'Limit','price':'") + QByteArray(price) +
           js("','price-effect':'Debit','external-identifier':'") + externalId +
           js("','behavior':'immediate','legs':[{'instrument-type':'Equity','symbol':'KO','quantity':'1','action':'Buy "
              "to Open'}]}");
}

} // namespace

class VenueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreChecked_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<double>("rate");
        QTest::addColumn<QString>("field");
        QTest::newRow("standing still") << 0.0 << 100.0 << "speed";
        QTest::newRow("not a number") << std::nan("") << 100.0 << "speed";
        QTest::newRow("no quotes") << 1.0 << 0.0 << "quotesPerSecond";
        QTest::newRow("too many quotes") << 1.0 << 1e9 << "quotesPerSecond";
    }
    void settingsAreChecked()
    {
        QFETCH(double, speed);
        QFETCH(double, rate);
        QFETCH(QString, field);
        venue::VenueSettings settings;
        settings.speed = speed;
        settings.quotesPerSecond = rate;
        venue::Venue venue(settings);
        const auto started = venue.start();
        QVERIFY(!started);
        QCOMPARE(QString::fromStdString(started.error().field), field);
    }

    void theReadyLineSaysWhereEverythingIs()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        QVERIFY(venue.port() != 0);
        const QByteArray text = venue.readyLine();
        QVERIFY(!text.contains('\n'));
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        QCOMPARE(line.value(QLatin1String("event")).toString(), QStringLiteral("ready"));
        QCOMPARE(line.value(QLatin1String("rest")).toString(), venue.restUrl());
        QCOMPARE(line.value(QLatin1String("dxlink")).toString(), venue.feedUrl());
        QCOMPARE(line.value(QLatin1String("account-streamer")).toString(), venue.accountStreamerUrl());
        QVERIFY(line.value(QLatin1String("token")).toString().size() >= 32);
        venue::Venue other(inSession());
        QVERIFY(other.start());
        QVERIFY(venue.token() != other.token());
        // A port that is taken is an error, not a crash.
        venue::VenueSettings taken = inSession();
        taken.port = venue.port();
        venue::Venue third(taken);
        QCOMPARE(QString::fromStdString(third.start().error().field), QStringLiteral("port"));
    }

    void strangersAreKeptOut()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        HttpReply reply = client.get(QStringLiteral("/customers/me"));
        QCOMPARE(reply.status, 401);
        QCOMPARE(reply.errorCode(), QStringLiteral("unauthorized"));
        client.bearer = "Bearer nonsense";
        QCOMPARE(client.get(QStringLiteral("/customers/me")).status, 401);
        client.bearer.clear();
        reply = client.call("POST", QStringLiteral("/oauth/token"),
                            js("{'grant_type':'refresh_token','refresh_token':'a','client_secret':'b'}"));
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.json().value(QLatin1String("error_code")).toString(), QStringLiteral("invalid_grant"));
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), "{}").status, 200);
        QCOMPARE(client.call("POST", QStringLiteral("/venue/faults"), "{}").status, 401);
        client.userAgent = QStringLiteral(" ");
        reply = client.get(QStringLiteral("/customers/me"));
        QCOMPARE(reply.status, 401);
        QVERIFY(reply.body.startsWith("<html>"));
        QVERIFY(reply.contentType.startsWith(QLatin1String("text/html")));
    }

    void tokensExpire()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        QCOMPARE(client.control(QStringLiteral("/venue/expire-tokens"), "{}").status, 200);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 401);
        QVERIFY(client.logIn());
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
    }

    void routes_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("key");
        QTest::newRow("customer") << "/customers/me" << 200 << "id";
        QTest::newRow("accounts") << "/customers/me/accounts" << 200 << "items";
        QTest::newRow("account") << "/customers/me/accounts/SIM00001" << 200 << "account-number";
        QTest::newRow("no account") << "/customers/me/accounts/OTHER" << 404 << "";
        QTest::newRow("balances") << "/accounts/SIM00001/balances" << 200 << "net-liquidating-value";
        QTest::newRow("balances in dollars") << "/accounts/SIM00001/balances/USD" << 200 << "net-liquidating-value";
        QTest::newRow("positions") << "/accounts/SIM00001/positions" << 200 << "items";
        QTest::newRow("status") << "/accounts/SIM00001/trading-status" << 200 << "options-level";
        QTest::newRow("orders") << "/accounts/SIM00001/orders" << 200 << "items";
        QTest::newRow("live orders") << "/accounts/SIM00001/orders/live" << 200 << "items";
        QTest::newRow("no order") << "/accounts/SIM00001/orders/77" << 404 << "";
        QTest::newRow("somebody else's") << "/accounts/5WX00042/positions" << 403 << "";
        QTest::newRow("equity") << "/instruments/equities/SPY" << 200 << "option-tick-sizes";
        QTest::newRow("index") << "/instruments/equities/SPX" << 200 << "is-index";
        QTest::newRow("no equity") << "/instruments/equities/NOPE" << 404 << "";
        QTest::newRow("equities") << "/instruments/equities?symbol%5B%5D=SPY&symbol%5B%5D=KO" << 200 << "items";
        QTest::newRow("chain") << "/option-chains/KO/nested" << 200 << "items";
        QTest::newRow("double slash") << "/option-chains//KO/nested" << 200 << "items";
        QTest::newRow("no chain") << "/option-chains/NOPE/nested" << 404 << "";
        QTest::newRow("quote token") << "/api-quote-tokens" << 200 << "dxlink-url";
        QTest::newRow("search") << "/symbols/search/sp" << 200 << "items";
        QTest::newRow("metrics") << "/market-metrics?symbols=SPY,AAPL" << 200 << "items";
        QTest::newRow("session") << "/market-time/equities/sessions/current" << 200 << "state";
        QTest::newRow("nothing") << "/no/such/route" << 404 << "";
    }
    void routes()
    {
        QFETCH(QString, path);
        QFETCH(int, status);
        QFETCH(QString, key);
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        const HttpReply reply = client.get(path);
        QCOMPARE(reply.status, status);
        QVERIFY(reply.contentType.startsWith(QLatin1String("application/json")));
        if (key.isEmpty())
            QVERIFY(!reply.errorCode().isEmpty());
        else
            QVERIFY2(reply.data().contains(key), reply.body.left(300).constData());
    }

    void chainsReadBackAsTheyAre()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        std::vector<wire::NestedChain> chains;
        for (const QJsonValue& item :
             client.get(QStringLiteral("/option-chains/SPX/nested")).data().value(QLatin1String("items")).toArray())
            chains.push_back(wire::parseNestedChain(item.toObject()).value());
        const auto equity = wire::parseEquity(client.get(QStringLiteral("/instruments/equities/SPX")).data());
        const auto definition = wire::toDefinition(*equity, chains);
        QVERIFY(definition);
        const auto market = venue::makeGeneratedMarket(5);
        const market::ChainDefinition* original = market->definition("SPX", base::makeDate(2025, 3, 13));
        QCOMPARE(definition->options.size(), original->options.size());
        const auto find = [&](const std::string& symbol) {
            return *std::ranges::find(definition->options, symbol, &market::Instrument::symbol);
        };
        for (std::size_t i = 0; i < original->options.size(); i += 97) {
            const market::Instrument one = find(original->options[i].symbol);
            QCOMPARE(one.streamerSymbol, original->options[i].streamerSymbol);
            QCOMPARE(one.settlement, original->options[i].settlement);
            QCOMPARE(one.expiresAt, original->options[i].expiresAt);
            QCOMPARE(one.style, market::ExerciseStyle::European);
        }
    }

    void anOrderOverTheWire()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener stream(venue.accountStreamerUrl());
        QVERIFY(stream.isOpen);
        stream.say(js("{'action':'connect','value':['SIM00001'],'auth-token':'") + client.bearer +
                   js("','request-id':1}"));
        QTRY_COMPARE(stream.frames.size(), std::size_t{1});
        QCOMPARE(stream.frames[0].value(QLatin1String("status")).toString(), QStringLiteral("ok"));
        QCOMPARE(stream.frames[0].value(QLatin1String("request-id")).toInt(), 1);

        const HttpReply dry = client.call("POST", account + QStringLiteral("/orders/dry-run"), orderBody("900.0"));
        QCOMPARE(dry.status, 201);
        QVERIFY(wire::toDryRunResult(wire::parseOrderAnswer(dry.data()).value()));
        const HttpReply placed = client.call("POST", account + QStringLiteral("/orders"), orderBody("900.0", "mine-7"));
        QCOMPARE(placed.status, 201);
        const auto answer = wire::parseOrderAnswer(placed.data());
        QVERIFY(answer);
        QCOMPARE(answer->order.externalId, std::string("mine-7"));
        QTRY_VERIFY(stream.count(QStringLiteral("type"), QStringLiteral("AccountBalance")) >= 1);
        QStringList states;
        for (const QJsonObject& frame : stream.frames) {
            if (frame.value(QLatin1String("type")) == QLatin1String("Order"))
                states.append(frame.value(QLatin1String("data")).toObject().value(QLatin1String("status")).toString());
        }
        QCOMPARE(states, (QStringList{"Routed", "Live", "Filled"}));
        QCOMPARE(stream.count(QStringLiteral("type"), QStringLiteral("CurrentPosition")), std::size_t{1});

        const HttpReply live = client.get(account + QStringLiteral("/orders/live"));
        const QJsonArray items = live.data().value(QLatin1String("items")).toArray();
        QCOMPARE(items.size(), 1);
        const auto order = wire::parseOrder(items.at(0).toObject());
        QCOMPARE(order->state, wire::OrderState::Filled);
        QCOMPARE(order->id, answer->order.id);
        QVERIFY(live.json().contains(QLatin1String("pagination")));
        const QJsonArray positions =
            client.get(account + QStringLiteral("/positions")).data().value(QLatin1String("items")).toArray();
        QCOMPARE(wire::parseAccountPosition(positions.at(0).toObject())->values.quantity, 1);
    }

    void cancelling()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        const HttpReply placed = client.call("POST", account + QStringLiteral("/orders"), orderBody("1.0"));
        const QString path = account + QStringLiteral("/orders/") +
                             QString::fromStdString(wire::parseOrderAnswer(placed.data())->order.id);
        const auto state = [&] { return wire::parseOrder(client.get(path).data())->state; };
        QTRY_COMPARE(state(), wire::OrderState::Live);
        const HttpReply cancelled = client.call("DELETE", path);
        QCOMPARE(cancelled.status, 200);
        QCOMPARE(wire::parseOrder(cancelled.data())->state, wire::OrderState::CancelRequested);
        QTRY_COMPARE(state(), wire::OrderState::Cancelled);
        const HttpReply again = client.call("DELETE", path);
        QCOMPARE(again.status, 422);
        QCOMPARE(again.errorCode(), QStringLiteral("cannot_update_order"));
    }

    void badOrdersAreExplained_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::newRow("no json") << QByteArray("price=5") << 400 << "validation_error";
        QTest::newRow("no legs") << js("{'order-type':'Limit','time-in-force':'Day','legs':[]}") << 400
                                 << "validation_error";
        QTest::newRow("unknown type") << js("{'order-type':'Hope','time-in-force':'Day','legs':[]}") << 400
                                      << "validation_error";
        QTest::newRow("refused")
            << js("{'order-type':'Limit','time-in-force':'Day','price':'1.0','price-effect':'Credit','legs':[{'"
                  "instrument-type':'Equity','symbol':'KO','quantity':1,'action':'Buy to Open'}]}")
            << 422 << "preflight_check_failure";
    }
    void badOrdersAreExplained()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(QString, code);
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        const HttpReply reply = client.call("POST", account + QStringLiteral("/orders"), body);
        QCOMPARE(reply.status, status);
        QCOMPARE(reply.errorCode(), code);
    }

    void streamerRefusals_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QString>("message");
        QTest::newRow("no bearer") << js("{'action':'connect','value':['SIM00001'],'auth-token':'abc'}")
                                   << "Unknown domain";
        QTest::newRow("bad token") << js("{'action':'connect','value':['SIM00001'],'auth-token':'Bearer abc'}")
                                   << "failed";
        QTest::newRow("other account") << js("{'action':'connect','value':['X'],'auth-token':'%1'}")
                                       << "value missing or not valid";
        QTest::newRow("too early") << js("{'action':'quote-alerts-subscribe','auth-token':'%1'}")
                                   << "connect-not-completed";
        QTest::newRow("heartbeat") << js("{'action':'heartbeat','auth-token':'Bearer abc'}") << "";
    }
    void streamerRefusals()
    {
        QFETCH(QByteArray, frame);
        QFETCH(QString, message);
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener stream(venue.accountStreamerUrl());
        frame.replace("%1", client.bearer);
        stream.say(frame);
        QTRY_COMPARE(stream.frames.size(), std::size_t{1});
        QCOMPARE(stream.frames[0].value(QLatin1String("message")).toString(), message);
        QCOMPARE(stream.frames[0].value(QLatin1String("status")).toString(),
                 message.isEmpty() ? QStringLiteral("ok") : QStringLiteral("error"));
    }

    void quotesStream()
    {
        venue::VenueSettings settings = inSession();
        settings.quotesPerSecond = 20'000;
        settings.quotesPerSymbolPerSecond = 0;
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener feed = Listener(venue.feedUrl());
        QVERIFY(openFeed(client, feed, venue));
        const auto market = venue::makeGeneratedMarket(5);
        QByteArray items;
        for (std::size_t i = 0; i < 500; ++i)
            items += QByteArray(i == 0 ? "" : ",") + js("{'type':'Quote','symbol':'") +
                     market->definition("SPY", base::makeDate(2025, 3, 13))->options[i].streamerSymbol.c_str() + "\"}";
        feed.say(js("{'type':'FEED_SUBSCRIPTION','channel':1,'add':[") + items + "]}");
        QTRY_VERIFY(venue.feedEventCount() >= 500);
        const std::uint64_t before = venue.feedEventCount();
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(venue.feedEventCount() >= before + 4'000, patience);
        // Far above the modest default, however slow this machine is.
        QVERIFY(timer.elapsed() < patience);
    }

    void faultsLoseAnswersButNotOrders()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'lost-order-answers':1}")).status, 200);
        QVERIFY(client.postOnce(venue, account + QStringLiteral("/orders"), orderBody("1.0", "lost")).isEmpty());
        QCOMPARE(venue.exchange().orders().size(), std::size_t{1});
        QCOMPARE(venue.exchange().orders().front()->externalId, std::string("lost"));
        QCOMPARE(client.call("POST", account + QStringLiteral("/orders"), orderBody("1.0", "kept")).status, 201);

        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'lost-order-requests':1}")).status, 200);
        QVERIFY(client.postOnce(venue, account + QStringLiteral("/orders"), orderBody("1.0", "unseen")).isEmpty());
        QCOMPARE(venue.exchange().orders().size(), std::size_t{2});
    }

    void anAbsurdOrderEndsNothing_data()
    {
        QTest::addColumn<QByteArray>("quantity");
        QTest::addColumn<QByteArray>("price");
        QTest::newRow("quantity") << QByteArray("9000000000000000") << QByteArray("1.0");
        QTest::newRow("quantity just beyond") << QByteArray("100001") << QByteArray("1.0");
        QTest::newRow("price") << QByteArray("1") << QByteArray("90000000000");
        QTest::newRow("both at their bounds") << QByteArray("100000") << QByteArray("100000");
    }
    void anAbsurdOrderEndsNothing()
    {
        QFETCH(const QByteArray, quantity);
        QFETCH(const QByteArray, price);
        const QTemporaryDir directory;
        venue::VenueSettings settings = inSession();
        settings.stateFile = directory.filePath(QStringLiteral("state.tape")).toStdString();
        for (int life = 0; life < 2; ++life) { // what it wrote down does not end it the next time either
            venue::Venue venue(settings);
            const auto started = venue.start();
            QVERIFY2(started, started ? "" : started.error().message().c_str());
            Client client(venue);
            QVERIFY(client.logIn());
            QByteArray body = orderBody(price.constData(), "absurd");
            body.replace("\"KO\"", "\"SPY\"");
            QVERIFY(body.contains("\"quantity\":\"1\""));
            body.replace("\"quantity\":\"1\"", "\"quantity\":\"" + quantity + '"');
            const QString own = QStringLiteral("/accounts/") + QString::fromStdString(venue.exchange().accountNumber());
            const int status = client.call("POST", own + QStringLiteral("/orders"), body).status;
            QVERIFY2(status == 400 || status == 422, QByteArray::number(status));
            QCOMPARE(client.get(own + QStringLiteral("/positions")).status, 200);
        }
    }

    void faultsFailRequests()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        client.control(QStringLiteral("/venue/faults"), js("{'failing-status':429,'failing-count':1}"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 429);
        client.control(QStringLiteral("/venue/faults"), js("{'failing-status':502,'failing-count':2}"));
        const HttpReply reply = client.get(account + QStringLiteral("/positions"));
        QCOMPARE(reply.status, 502);
        QVERIFY(reply.body.startsWith("<html>"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 502);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'failing-status':200}")).status, 400);
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'no-such-fault':1}")).status, 400);
    }

    void faultsDelayAnswers()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        client.control(QStringLiteral("/venue/faults"), js("{'answer-delay-ms':150}"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        QVERIFY(timer.elapsed() >= 140);
    }

    void faultsCutAndSilenceStreams()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener feed(venue.feedUrl()), stream(venue.accountStreamerUrl());
        QVERIFY(openFeed(client, feed, venue));
        feed.say(js("{'type':'FEED_SUBSCRIPTION','channel':1,'add':[{'type':'Quote','symbol':'SPY'}]}"));
        QTRY_VERIFY(feed.count(QStringLiteral("type"), QStringLiteral("FEED_DATA")) >= 3);
        venue::Faults faults;
        faults.isFeedSilent = true;
        venue.setFaults(faults);
        const std::size_t before = feed.frames.size();
        feed.say(js("{'type':'CHANNEL_REQUEST','channel':3,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200); // a round trip later
        QVERIFY(feed.frames.size() <= before + 1);                                // what was already under way
        QVERIFY(feed.count(QStringLiteral("type"), QStringLiteral("CHANNEL_OPENED")) == 1);

        QSignalSpy feedGone(&feed.socket, &QWebSocket::disconnected);
        QSignalSpy streamGone(&stream.socket, &QWebSocket::disconnected);
        client.control(QStringLiteral("/venue/drop-sockets"), "{}");
        QTRY_COMPARE(feedGone.size(), 1);
        QTRY_COMPARE(streamGone.size(), 1);
        Listener again(venue.feedUrl());
        QVERIFY(again.isOpen);
    }

    void theClockCanBeMoved()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        HttpReply reply = client.get(QStringLiteral("/venue/clock"));
        QCOMPARE(reply.status, 200);
        const auto now = base::parseInstant(reply.json().value(QLatin1String("now")).toString().toStdString());
        QVERIFY(*now >= thursday() && *now < thursday() + 1min);
        QVERIFY(reply.json().value(QLatin1String("market-open")).toBool());
        QSignalSpy moved(&venue, &venue::Venue::clockMoved);
        reply = client.control(QStringLiteral("/venue/clock"), js("{'advance-seconds':28800}"));
        QCOMPARE(moved.size(), 1);
        QVERIFY(venue.clockLine().contains("\"event\":\"clock\""));
        QCOMPARE(reply.status, 200);
        QVERIFY(!reply.json().value(QLatin1String("market-open")).toBool());
        QVERIFY(venue.exchange().now() >= thursday(18));
        QCOMPARE(client.control(QStringLiteral("/venue/clock"), js("{'advance-seconds':-1}")).status, 400);
    }

    void closedHoursCanBeSkipped()
    {
        venue::VenueSettings settings = inSession();
        settings.start = thursday(18);
        settings.skipClosedHours = true;
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        QTRY_VERIFY(venue.exchange().now() > thursday(9) + 24h);
        QVERIFY(venue.exchange().now() < thursday(9, 31) + 24h);
    }

private:
    static bool openFeed(Client& client, Listener& feed, const venue::Venue& venue)
    {
        const auto token = wire::parseQuoteToken(client.get(QStringLiteral("/api-quote-tokens")).data());
        if (!token || QString::fromStdString(token->url) != venue.feedUrl())
            return false;
        feed.say(
            js("{'type':'SETUP','channel':0,'version':'0.1-test','keepaliveTimeout':60,'acceptKeepaliveTimeout':60}"));
        feed.say(js("{'type':'AUTH','channel':0,'token':'") + QByteArray::fromStdString(token->token) + "\"}");
        feed.say(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        feed.say(js("{'type':'FEED_SETUP','channel':1,'acceptDataFormat':'COMPACT'}"));
        return QTest::qWaitFor([&] { return feed.count(QStringLiteral("type"), QStringLiteral("FEED_CONFIG")) == 1; },
                               patience);
    }
};

QTEST_GUILESS_MAIN(VenueTest)
#include "venue_test.moc"
