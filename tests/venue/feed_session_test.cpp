#include "venue/feed_session.h"
#include "venue/order_helper.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <map>

using namespace venue_test;
using namespace std::chrono_literals;

namespace
{

struct Client {
    Client() : market(venue::makeGeneratedMarket(5)), credentials("run", 900s, clock)
    {
        session = std::make_unique<venue::FeedSession>(
            credentials, *market, [this] { return at; },
            [this](const QByteArray& frame) { frames.push_back(QJsonDocument::fromJson(frame).object()); });
    }

    void say(const QByteArray& frame) { session->receive(frame); }
    QStringList types() const
    {
        QStringList list;
        for (const QJsonObject& frame : frames)
            list.append(frame.value(QLatin1String("type")).toString());
        return list;
    }
    QByteArray auth() const
    {
        return js("{'type':'AUTH','channel':0,'token':'") + QByteArray::fromStdString(credentials.quoteToken()) + "\"}";
    }
    void shakeHands()
    {
        say(js("{'type':'SETUP','channel':0,'version':'0.1-test','keepaliveTimeout':60,'acceptKeepaliveTimeout':60}"));
        say(auth());
        say(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        say(js("{'type':'FEED_SETUP','channel':1,'acceptAggregationPeriod':0.1,'acceptDataFormat':'COMPACT','"
               "acceptEventFields':{'Quote':['eventSymbol','bidPrice','askPrice','bidSize','askSize']}}"));
        frames.clear();
    }
    void subscribe(const QByteArray& items)
    {
        say(js("{'type':'FEED_SUBSCRIPTION','channel':1,'add':[") + items + "]}");
    }
    /// Data frames of one event type, as their flat arrays.
    std::vector<QJsonArray> data(const QString& type) const
    {
        std::vector<QJsonArray> found;
        for (const QJsonObject& frame : frames) {
            const QJsonArray parts = frame.value(QLatin1String("data")).toArray();
            if (frame.value(QLatin1String("type")) == QLatin1String("FEED_DATA") && parts.at(0).toString() == type)
                found.push_back(parts.at(1).toArray());
        }
        return found;
    }

    base::SystemClock clock;
    std::unique_ptr<venue::MarketModel> market;
    venue::Credentials credentials;
    base::Instant at = thursday();
    std::unique_ptr<venue::FeedSession> session;
    std::vector<QJsonObject> frames;
};

} // namespace

class FeedSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handshakeStepByStep()
    {
        Client client;
        client.say(js("{'type':'SETUP','channel':0,'version':'0.1-test','keepaliveTimeout':60}"));
        QCOMPARE(client.types(), (QStringList{"SETUP", "AUTH_STATE"}));
        QCOMPARE(client.frames[1].value(QLatin1String("state")).toString(), QStringLiteral("UNAUTHORIZED"));
        client.say(client.auth());
        QCOMPARE(client.frames[2].value(QLatin1String("state")).toString(), QStringLiteral("AUTHORIZED"));
        client.say(js("{'type':'CHANNEL_REQUEST','channel':3,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        QCOMPARE(client.frames[3].value(QLatin1String("type")).toString(), QStringLiteral("CHANNEL_OPENED"));
        QCOMPARE(client.frames[3].value(QLatin1String("channel")).toInt(), 3);
        client.say(js("{'type':'FEED_SETUP','channel':3,'acceptDataFormat':'COMPACT'}"));
        QCOMPARE(client.frames[4].value(QLatin1String("type")).toString(), QStringLiteral("FEED_CONFIG"));
    }

    void everythingAtOnceIsQueued()
    {
        Client client;
        // Authorisation and all the rest before SETUP, as two known clients do.
        client.say(client.auth());
        client.say(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        client.say(js("{'type':'FEED_SETUP','channel':1,'acceptDataFormat':'COMPACT'}"));
        client.subscribe(js("{'type':'Quote','symbol':'SPY'}"));
        QVERIFY(client.frames.empty());
        client.say(js("{'type':'SETUP','channel':0,'version':'0.1-test'}"));
        QCOMPARE(client.types(), (QStringList{"SETUP", "AUTH_STATE", "AUTH_STATE", "CHANNEL_OPENED", "FEED_CONFIG",
                                              "FEED_CONFIG", "FEED_DATA"}));
        QCOMPARE(client.frames[1].value(QLatin1String("state")).toString(), QStringLiteral("UNAUTHORIZED"));
        QCOMPARE(client.frames[2].value(QLatin1String("state")).toString(), QStringLiteral("AUTHORIZED"));
        client.say(client.auth()); // authorised once is enough
        QCOMPARE(client.frames.size(), std::size_t{7});
    }

    void whatWaitsForAuthorisationHasALimit()
    {
        Client client;
        const QByteArray early =
            js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}");
        for (std::size_t i = 0; i < venue::FeedSession::mostWaiting; ++i)
            client.say(early);
        QVERIFY(client.frames.empty());
        client.say(early);
        QCOMPARE(client.types(), QStringList{"ERROR"});
    }

    void whatWaitsForAuthorisationHasALimitOfBytes()
    {
        Client client;
        const QByteArray early =
            js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'},'filler':'") +
            QByteArray(venue::FeedSession::mostWaitingBytes / 3, 'x') + js("'}");
        client.say(early);
        client.say(early);
        QVERIFY(client.frames.empty());
        client.say(early);
        QCOMPARE(client.types(), QStringList{"ERROR"});
    }

    void aWrongTokenStaysOutside()
    {
        Client client;
        client.say(js("{'type':'SETUP','channel':0,'version':'0.1-test'}"));
        client.say(js("{'type':'AUTH','channel':0,'token':'wrong'}"));
        client.say(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        QCOMPARE(client.types(), (QStringList{"SETUP", "AUTH_STATE", "AUTH_STATE"}));
        QCOMPARE(client.frames[2].value(QLatin1String("state")).toString(), QStringLiteral("UNAUTHORIZED"));
    }

    void channelsAreOdd()
    {
        Client client;
        client.shakeHands();
        client.say(js("{'type':'CHANNEL_REQUEST','channel':2,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        QCOMPARE(client.frames.back().value(QLatin1String("error")).toString(), QStringLiteral("BAD_ACTION"));
        client.say(js("{'type':'FEED_SUBSCRIPTION','channel':5,'add':[{'type':'Quote','symbol':'SPY'}]}"));
        QCOMPARE(client.frames.back().value(QLatin1String("type")).toString(), QStringLiteral("ERROR"));
        client.say("no json");
        QCOMPARE(client.frames.back().value(QLatin1String("error")).toString(), QStringLiteral("INVALID_MESSAGE"));
        client.say(js("{'type':'CHANNEL_CANCEL','channel':1}"));
        QCOMPARE(client.frames.back().value(QLatin1String("type")).toString(), QStringLiteral("CHANNEL_CLOSED"));
    }

    void theFirstEventComesAtOnceInTheAskedOrder()
    {
        Client client;
        client.shakeHands();
        client.subscribe(js("{'type':'Quote','symbol':'SPY'}"));
        QCOMPARE(client.types(), (QStringList{"FEED_DATA"})); // fields were announced with FEED_SETUP
        const QJsonArray row = client.data(QStringLiteral("Quote")).front();
        QCOMPARE(row.size(), 5);
        const market::Quote quote =
            client.market->quote(*client.market->find("SPY", base::makeDate(2025, 3, 13)), client.at);
        QCOMPARE(row.at(0).toString(), QStringLiteral("SPY"));
        QCOMPARE(row.at(1).toDouble(), quote.bid);
        QCOMPARE(row.at(2).toDouble(), quote.ask);
        QCOMPARE(row.at(4).toDouble(), quote.askSize);
    }

    void fieldsAreAnnouncedBeforeData()
    {
        Client client;
        client.shakeHands();
        const std::string option =
            contract(*client.market, client.at, "SPY", market::Right::Call, 1, 20).streamerSymbol;
        client.subscribe(js("{'type':'Greeks','symbol':'") + option.c_str() +
                         js("'},{'type':'Summary','symbol':'SPY'},{'type':'Trade','symbol':'SPY'}"));
        std::map<QString, int> width;
        for (const QJsonObject& frame : client.frames) {
            const QJsonObject fields = frame.value(QLatin1String("eventFields")).toObject();
            for (auto entry = fields.begin(); entry != fields.end(); ++entry)
                width[entry.key()] = static_cast<int>(entry.value().toArray().size());
            const QJsonArray parts = frame.value(QLatin1String("data")).toArray();
            if (parts.isEmpty())
                continue;
            QCOMPARE(parts.size(), 2); // one type a message
            const int columns = width[parts.at(0).toString()];
            QVERIFY(columns > 0);
            QCOMPARE(parts.at(1).toArray().size() % columns, 0);
        }
        QCOMPARE(width.size(), std::size_t{3});
    }

    void fullFormatWithoutSetup()
    {
        Client client;
        client.shakeHands();
        client.say(js("{'type':'CHANNEL_REQUEST','channel':7,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        client.frames.clear();
        client.say(js("{'type':'FEED_SUBSCRIPTION','channel':7,'add':[{'type':'Quote','symbol':'SPY'}]}"));
        const QJsonObject event = client.frames.back().value(QLatin1String("data")).toArray().at(0).toObject();
        QCOMPARE(event.value(QLatin1String("eventType")).toString(), QStringLiteral("Quote"));
        QCOMPARE(event.value(QLatin1String("eventSymbol")).toString(), QStringLiteral("SPY"));
        QVERIFY(event.value(QLatin1String("bidPrice")).toDouble() > 0);
    }

    void unknownSymbolsAreSilent()
    {
        Client client;
        client.shakeHands();
        client.subscribe(js("{'type':'Quote','symbol':'NOPE'},{'type':'Quote','symbol':'.SPY250417C512.345'},{'type':'"
                            "Order','symbol':'SPY'},{'type':'Candle','symbol':'SPY{=3v}'}"));
        QVERIFY(client.frames.empty());
    }

    void streamsInTurn()
    {
        Client client;
        client.shakeHands();
        const market::ChainDefinition* chain = client.market->definition("SPY", base::makeDate(2025, 3, 13));
        QByteArray items;
        for (std::size_t i = 0; i < 40; ++i)
            items += QByteArray(i == 0 ? "" : ",") + js("{'type':'Quote','symbol':'") +
                     chain->options[i].streamerSymbol.c_str() + "\"}";
        client.subscribe(items);
        QCOMPARE(client.session->optionCount(), std::size_t{40});
        client.frames.clear();
        std::map<QString, int> seen;
        for (int i = 0; i < 8; ++i) {
            client.at += 20ms;
            client.session->stream(10);
        }
        for (const QJsonArray& rows : client.data(QStringLiteral("Quote"))) {
            for (int row = 0; row < rows.size(); row += 5)
                ++seen[rows.at(row).toString()];
        }
        QCOMPARE(seen.size(), std::size_t{40});
        for (const auto& [symbol, count] : seen)
            QCOMPARE(count, 2);

        client.frames.clear();
        client.say(js("{'type':'FEED_SUBSCRIPTION','channel':1,'remove':[") + items + "]}");
        client.session->stream(10);
        QVERIFY(client.frames.empty());
        QCOMPARE(client.session->optionCount(), std::size_t{0});
    }

    void typesThatOurClientDoesNotSpeak_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("symbol");
        QTest::addColumn<QByteArray>("field"); // a number it has
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        QTest::newRow("profile") << QByteArray("Profile") << QByteArray("KO") << QByteArray("exDividendAmount") << 0.2
                                 << 1.5;
        QTest::newRow("profile of a future")
            << QByteArray("Profile") << QByteArray("/ESM25:XCME") << QByteArray("highLimitPrice") << 1000.0 << 30000.0;
        QTest::newRow("theoretical price")
            << QByteArray("TheoPrice") << QByteArray() << QByteArray("underlyingPrice") << 100.0 << 3000.0;
        QTest::newRow("underlying") << QByteArray("Underlying") << QByteArray("SPY") << QByteArray("volatility") << 0.05
                                    << 1.0;
        QTest::newRow("series") << QByteArray("Series") << QByteArray("SPY") << QByteArray("forwardPrice") << 100.0
                                << 3000.0;
        QTest::newRow("time and sale") << QByteArray("TimeAndSale") << QByteArray("SPY") << QByteArray("price") << 100.0
                                       << 3000.0;
    }

    void typesThatOurClientDoesNotSpeak()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, symbol);
        QFETCH(QByteArray, field);
        QFETCH(double, least);
        QFETCH(double, most);
        Client client;
        client.shakeHands();
        const QByteArray name = type, which = field;
        client.say("{\"type\":\"FEED_SETUP\",\"channel\":1,\"acceptEventFields\":{\"" + name +
                   "\":[\"eventSymbol\",\"" + which + "\",\"neverHeardOf\",\"eventType\"]}}");
        client.frames.clear();
        if (symbol.isEmpty())
            symbol = QByteArray::fromStdString(
                contract(*client.market, client.at, "SPY", market::Right::Call, 1, 7).streamerSymbol);
        client.subscribe("{\"type\":\"" + name + "\",\"symbol\":\"" + symbol + "\"}");
        QCOMPARE(client.types(), (QStringList{"FEED_CONFIG", "FEED_DATA"})); // fields first
        const QJsonArray row = client.data(QString(name)).front();
        QVERIFY(row.size() >= 4 && row.size() % 4 == 0); // as many columns as asked for
        QCOMPARE(row[0].toString(), QString(symbol));
        QVERIFY2(row[1].toDouble() > least && row[1].toDouble() < most, qPrintable(QString::number(row[1].toDouble())));
        QVERIFY(row[2].isNull());
        QCOMPARE(row[3].toString(), QString(name));
        client.say("{\"type\":\"FEED_SUBSCRIPTION\",\"channel\":1,\"remove\":[{\"type\":\"" + name +
                   "\",\"symbol\":\"" + symbol + "\"}]}");
        client.frames.clear();
        client.at += 1h;
        client.session->stream(10);
        QVERIFY(client.frames.empty());
    }

    void tradesAreToldAsTheyHappen()
    {
        Client client;
        client.shakeHands();
        client.subscribe(js("{'type':'TimeAndSale','symbol':'SPY'}"));
        const auto told = [&] {
            client.frames.clear();
            for (std::uint32_t i = 0; i < venue::FeedSession::underlyingEvery; ++i)
                client.session->stream(0);
            return client.data("TimeAndSale");
        };
        QVERIFY(told().empty()); // no time has passed
        client.at += 10s;
        const QJsonArray row = told().front();
        const std::vector<std::string> fields = venue::OtherEvents::fields("TimeAndSale");
        const auto column = [&](const char* name) {
            return row[static_cast<qsizetype>(std::ranges::find(fields, name) - fields.begin())];
        };
        QCOMPARE(row.size(), static_cast<qsizetype>(fields.size()));
        QVERIFY(column("size").toInt() > 100); // millions a day
        QVERIFY(column("bidPrice").toDouble() <= column("askPrice").toDouble());
        QVERIFY(column("buyer").isNull() && column("validTick").toBool());
        QCOMPARE(column("index").toInteger() >> 32, base::toUnixMillis(client.at) / 1000);
    }

    void candlesAreASnapshotThatGrows()
    {
        Client client;
        client.shakeHands();
        const std::int64_t from = base::toUnixMillis(thursday(10) - 48h);
        client.subscribe(js("{'type':'Candle','symbol':'SPY{=5m}','fromTime':") + QByteArray::number(qint64(from)) +
                         "}");
        QJsonArray names;
        for (const QJsonObject& frame : client.frames) {
            const QJsonValue fields =
                frame.value(QLatin1String("eventFields")).toObject().value(QLatin1String("Candle"));
            names = fields.isArray() ? fields.toArray() : names;
        }
        const auto column = [&](const char* name) {
            for (int i = 0; i < names.size(); ++i) {
                if (names.at(i).toString() == QLatin1String(name))
                    return i;
            }
            return -1;
        };
        QJsonArray rows;
        for (const QJsonArray& part : client.data(QStringLiteral("Candle"))) {
            for (const QJsonValue& value : part)
                rows.append(value);
        }
        const int width = static_cast<int>(names.size());
        const auto at = [&](int row, const char* name) { return rows.at(row * width + column(name)); };
        const int count = static_cast<int>(rows.size()) / width;
        QCOMPARE(count, 72 + 78 + 6 + 1); // the rest of Tuesday, Wednesday, half an hour of today, and the end mark
        QCOMPARE(at(0, "eventFlags").toInt(), 4);
        QCOMPARE(at(1, "eventFlags").toInt(), 0);
        QCOMPARE(at(count - 1, "eventFlags").toInt(), 10);
        QCOMPARE(at(0, "time").toInteger(), base::toUnixMillis(thursday(9, 55)));
        for (int row = 1; row + 1 < count; ++row)
            QVERIFY(at(row, "time").toInteger() < at(row - 1, "time").toInteger());
        QCOMPARE(at(count - 1, "time").toInteger(), from);

        client.frames.clear();
        client.at += 30s;
        client.session->stream(1);
        const auto grown = client.data(QStringLiteral("Candle"));
        QCOMPARE(grown.size(), std::size_t{1});
        QCOMPARE(grown.front().at(column("time")).toInteger(), base::toUnixMillis(thursday(9, 55)));
        QCOMPARE(grown.front().size(), 2 * width); // the bar that was open, and the one that began
        QCOMPARE(grown.front().at(width + column("time")).toInteger(), base::toUnixMillis(thursday(10)));
    }

    void candlePeriods_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("seconds");
        QTest::newRow("minute") << "m" << 60;
        QTest::newRow("5m") << "5m" << 300;
        QTest::newRow("2h") << "2h" << 7200;
        QTest::newRow("day") << "d" << 86'400;
        QTest::newRow("ten seconds") << "10s" << 10;
        QTest::newRow("tick") << "t" << 0;
        QTest::newRow("too short") << "1s" << 0;
        QTest::newRow("too long") << "2d" << 0;
        QTest::newRow("zero") << "0m" << 0;
        QTest::newRow("huge") << "99999999999m" << 0;
        QTest::newRow("month") << "mo" << 0;
        QTest::newRow("empty") << "" << 0;
    }
    void candlePeriods()
    {
        QFETCH(QString, text);
        QFETCH(int, seconds);
        const auto period = venue::candlePeriod(text.toStdString());
        QCOMPARE(period ? static_cast<int>(period->count()) : 0, seconds);
    }

    void tooManySubscriptionsAreCut()
    {
        Client client;
        client.shakeHands();
        const market::ChainDefinition* chain = client.market->definition("SPX", base::makeDate(2025, 3, 13));
        for (const char* type : {"Quote", "Trade", "Greeks"}) {
            QByteArray items;
            for (const market::Instrument& option : chain->options)
                items += QByteArray(items.isEmpty() ? "" : ",") + js("{'type':'") + type + js("','symbol':'") +
                         option.streamerSymbol.c_str() + "\"}";
            client.subscribe(items);
        }
        QVERIFY(3 * chain->options.size() > venue::FeedSession::mostSubscriptions);
        QVERIFY(std::ranges::any_of(client.frames, [](const QJsonObject& frame) {
            return frame.value(QLatin1String("message")).toString() ==
                   QLatin1String("Your subscription size is too big");
        }));
    }
};

QTEST_GUILESS_MAIN(FeedSessionTest)
#include "feed_session_test.moc"
