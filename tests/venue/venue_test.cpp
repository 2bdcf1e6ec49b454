#include "venue/venue_client.h"

#include "base/clock.h"
#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/dxlink.h"
#include "tastytrade/wire/option_chain.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/session.h"

#include <QTemporaryDir>

using namespace venue_test;
using namespace std::chrono_literals;

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
        QTRY_COMPARE_WITH_TIMEOUT(stream.frames.size(), std::size_t{1}, patience);
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
        // Accepted, it ties up buying power; filled, it is a position, and the balance is another one.
        const auto told = [&] {
            QStringList notices;
            for (const QJsonObject& frame : stream.frames) {
                const QString type = frame.value(QLatin1String("type")).toString();
                const QJsonObject data = frame.value(QLatin1String("data")).toObject();
                if (!type.isEmpty())
                    notices << (type == QLatin1String("Order") ? data.value(QLatin1String("status")).toString() : type);
            }
            return notices;
        };
        const QStringList expected{
            QStringLiteral("Routed"), QStringLiteral("AccountBalance"),  QStringLiteral("Live"),
            QStringLiteral("Filled"), QStringLiteral("CurrentPosition"), QStringLiteral("AccountBalance")};
        QTRY_COMPARE_WITH_TIMEOUT(told(), expected, patience);

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
        QCOMPARE(told(), expected); // and nothing after it
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
        QTRY_COMPARE_WITH_TIMEOUT(state(), wire::OrderState::Live, patience);
        const HttpReply cancelled = client.call("DELETE", path);
        QCOMPARE(cancelled.status, 200);
        QCOMPARE(wire::parseOrder(cancelled.data())->state, wire::OrderState::CancelRequested);
        QTRY_COMPARE_WITH_TIMEOUT(state(), wire::OrderState::Cancelled, patience);
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
        QTest::newRow("too early") << js("{'action':'quote-alerts-subscribe','auth-token':'%1'}") << "not-implemented";
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
        QTRY_COMPARE_WITH_TIMEOUT(stream.frames.size(), std::size_t{1}, patience);
        QCOMPARE(stream.frames[0].value(QLatin1String("message")).toString(), message);
        QCOMPARE(stream.frames[0].value(QLatin1String("status")).toString(),
                 message.isEmpty() ? QStringLiteral("ok") : QStringLiteral("error"));
    }

    void aQuoteAlertComesOnceToWhoAsked()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        const HttpReply added = client.call(
            "POST", QStringLiteral("/quote-alerts"),
            js("{'field':'Last','operator':'>','symbol':'SPY','threshold':'1.0','instrument-type':'Equity'}"));
        QCOMPARE(added.status, 201);
        Listener deaf(venue.accountStreamerUrl()), stream(venue.accountStreamerUrl());
        const auto say = [&client](Listener& listener, const char* rest) {
            listener.say(js("{'auth-token':'") + client.bearer + js("',") + js(rest) + "}");
        };
        say(deaf, "'action':'connect','value':['SIM00001']");
        say(stream, "'action':'connect','value':['SIM00001']");
        say(stream, "'action':'quote-alerts-subscribe'");
        const QString type = QStringLiteral("type"), alert = QStringLiteral("QuoteAlert");
        QTRY_COMPARE_WITH_TIMEOUT(stream.count(type, alert), std::size_t{1}, patience);
        const QJsonObject told = stream.frames.back().value(QLatin1String("data")).toObject();
        QCOMPARE(told.value(QLatin1String("alert-external-id")),
                 added.data().value(QLatin1String("alert-external-id")));
        QCOMPARE(client.get(QStringLiteral("/quote-alerts")).data().value(QLatin1String("items")).toArray().size(), 0);
        QCOMPARE(deaf.count(type, alert), std::size_t{0});
    }

    void quotesStream_data()
    {
        QTest::addColumn<double>("perSecond");
        QTest::addColumn<double>("perSymbol");
        QTest::addColumn<int>("inATick");
        QTest::newRow("as many as asked") << 20'000.0 << 0.0 << 400;
        QTest::newRow("each five a second") << 20'000.0 << 5.0 << 50;
        QTest::newRow("as it is by itself")
            << venue::VenueSettings{}.quotesPerSecond << venue::VenueSettings{}.quotesPerSymbolPerSecond << 30;
    }
    void quotesStream()
    {
        QFETCH(const double, perSecond);
        QFETCH(const double, perSymbol);
        QFETCH(const int, inATick);
        base::ManualClock clock(thursday()); // on which a tick is 20 ms, however long this machine takes for it
        venue::VenueSettings settings = inSession();
        settings.clock = &clock;
        settings.quotesPerSecond = perSecond;
        settings.quotesPerSymbolPerSecond = perSymbol;
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
        QTRY_COMPARE_WITH_TIMEOUT(venue.feedEventCount(), std::uint64_t{500}, patience); // each at once
        for (int tick = 0; tick < 10; ++tick) {
            clock.advance(20ms);
            venue.tick();
        }
        QCOMPARE(venue.feedEventCount(), std::uint64_t{500} + 10 * static_cast<std::uint64_t>(inATick));
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
};

QTEST_GUILESS_MAIN(VenueTest)
#include "venue_test.moc"
