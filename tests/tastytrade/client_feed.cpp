#include "client_harness.h"

#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

namespace
{

constexpr market::FeedState live = market::FeedState::Live;
constexpr market::FeedState silent = market::FeedState::Silent;

wire::Event quote(const std::string& symbol, double bid, double ask)
{
    return wire::QuoteEvent{symbol, bid, ask, 10, 20};
}

} // namespace

class ClientFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handshakeThenQuotes();
    void keepalives();
    void silentFeedIsNoticed();
    void deadSocketIsReplaced();
    void closedMarketMayBeSilent();
    void marketsOwnClockCounts();
    void refusedQuoteTokenIsFetchedAgain();
    void strangeAddressIsRefused();
    void malformedFramesAreQuarantined();
    void oneBadRowCostsNoOther();
    void fullFormatIsReadToo();
    void oddNumbersArriveAsTheyAre();
    void columnsOfTheServerCount();
    void reconnectAfterEveryMessage_data();
    void reconnectAfterEveryMessage();
    void sleepOfTheComputerReconnects();
    void backoffGrowsAndIsJittered();
};

void ClientFeedTest::handshakeThenQuotes()
{
    Client client;
    QVERIFY(client.connect());
    const auto spy = client.addSpy();
    const auto options = client.addOptions(1);
    client.side->feed().setWanted({spy, options[0]});
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.size(), 7U); // an option has greeks as well
    client.broker.sendEvents({quote("SPY", 599.98, 600.02), quote("NOT WANTED", 1, 2)});
    client.broker.sendEvents({wire::TradeEvent{"SPY", 600, 5, 0, 1e6, 0, 0, 0}});
    client.broker.sendEvents({wire::SummaryEvent{"SPY", 598, 601, 597, 0, 599, 0, 0, 0}});
    wire::GreeksEvent greeks;
    greeks.symbol = ".OPT0";
    greeks.volatility = 0.2;
    greeks.delta = 0.5;
    client.broker.sendEvents({greeks});
    client.advance(100ms);
    const market::MarketData data = client.book.latest(spy);
    QCOMPARE(data.quote.bid, 599.98);
    QCOMPARE(data.quote.ask, 600.02);
    QCOMPARE(data.quote.bidSize, 10.0);
    QCOMPARE(data.quote.askSize, 20.0);
    QVERIFY(data.quote.time > base::Instant{});
    QCOMPARE(data.trade.dayVolume, 1e6);
    QCOMPARE(data.trade.time, data.quote.time); // 0 on the wire means now
    QCOMPARE(data.summary.previousClose, 599.0);
    QCOMPARE(client.book.latest(options[0]).greeks.delta, 0.5);
    QCOMPARE(client.counters.values().feedEvents, 5U);
    QVERIFY(client.broker.protocolErrors.empty());
    QVERIFY(client.feedReasons.empty());
}

void ClientFeedTest::keepalives()
{
    Client client;
    QVERIFY(client.connect());
    const auto socket = client.broker.feedSocket();
    const auto count = [&] {
        return std::ranges::count_if(socket->received,
                                     [](const QByteArray& text) { return text.contains("KEEPALIVE"); });
    };
    for (int i = 0; i < 10; ++i) {
        client.advance(15s);
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
    }
    QVERIFY2(count() >= 5, std::to_string(count()).c_str());
    QVERIFY(socket->isOpen);
}

void ClientFeedTest::silentFeedIsNoticed()
{
    Client client;
    QVERIFY(client.connect());
    client.advance(30s);
    QCOMPARE(client.feedState, live); // nothing was asked for
    client.side->feed().setWanted({client.addSpy()});
    client.advance(9s);
    QCOMPARE(client.feedState, live);
    client.advance(3s);
    QCOMPARE(client.feedState, silent);
    client.broker.sendEvents({quote("SPY", 1, 2)});
    client.advance(100ms);
    QCOMPARE(client.feedState, live);
    // Keepalives are no data.
    for (int i = 0; i < 4; ++i) {
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
        client.advance(10s);
    }
    QCOMPARE(client.feedState, silent);
}

void ClientFeedTest::deadSocketIsReplaced()
{
    Client client;
    client.side->feed().setWanted({client.addSpy()});
    QVERIFY(client.connect());
    client.broker.answersFeed = false; // accepts bytes, says nothing
    const auto dead = client.broker.feedSocket();
    client.advance(65s);
    QVERIFY(!dead->isOpen);
    client.broker.answersFeed = true;
    QVERIFY(client.until([&] { return client.feedState == live; }, 120s));
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.size(), 3U);
    QVERIFY(client.counters.values().reconnects >= 1);
}

void ClientFeedTest::closedMarketMayBeSilent()
{
    Client client;
    client.clock.set(base::fromUnixMillis(1'795'300'000'000)); // Saturday
    client.side->feed().setWanted({client.addSpy()});
    QVERIFY(client.connect());
    for (int i = 0; i < 20; ++i) {
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
        client.advance(10s);
    }
    QCOMPARE(client.feedState, silent); // and still connected
    QCOMPARE(client.counters.values().reconnects, 0U);
    client.clock.set(base::fromUnixMillis(1'795'185'528'049)); // Friday morning
    client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
    client.advance(2s);
    QCOMPARE(client.counters.values().reconnects, 1U);
}

void ClientFeedTest::marketsOwnClockCounts()
{
    const base::ManualClock saturday(base::fromUnixMillis(1'795'300'000'000));
    NetworkSide::Options options = Client::defaults();
    options.marketClock = &saturday;
    Client client(std::move(options));
    const auto spy = client.addSpy();
    client.side->feed().setWanted({spy});
    QVERIFY(client.connect());
    for (int i = 0; i < 10; ++i) {
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
        client.advance(10s);
    }
    QCOMPARE(client.counters.values().reconnects, 0U); // it is Friday morning here, but not there
    client.broker.sendEvents({quote("SPY", 1, 2)});
    client.advance(100ms);
    QVERIFY(client.book.quote(spy).time < saturday.now()); // quotes are stamped with ours
}

void ClientFeedTest::refusedQuoteTokenIsFetchedAgain()
{
    Client client;
    client.broker.quoteToken = "yesterday's";
    client.side->start();
    QVERIFY(client.until([&] { return !client.feedReasons.empty(); }));
    QVERIFY(client.feedReasons[0].find("token") != std::string::npos);
    client.broker.quoteToken = "quote-token";
    QVERIFY(client.until([&] { return client.feedState == live; }));
    const auto asked = std::ranges::count_if(client.transport.requests, [](const HttpRequest& request) {
        return request.url.path() == QLatin1String("/api-quote-tokens");
    });
    QCOMPARE(asked, 2);
    client.transport.closeByServer(client.broker.feedSocket(), "Bye");
    QVERIFY(client.until([&] { return client.feedState != live; }));
    QVERIFY(client.until([&] { return client.feedState == live; }));
    const auto askedAgain = std::ranges::count_if(client.transport.requests, [](const HttpRequest& request) {
        return request.url.path() == QLatin1String("/api-quote-tokens");
    });
    QCOMPARE(askedAgain, 2); // a good token lasts a day
}

void ClientFeedTest::strangeAddressIsRefused()
{
    Client client;
    client.broker.instead["/api-quote-tokens"] = {
        {200, R"({"data":{"token":"quote-token","dxlink-url":"ws://example.test/dxlink","level":"api"}})"}};
    client.side->start();
    QVERIFY(client.until([&] { return !client.feedReasons.empty(); }));
    QVERIFY2(client.feedReasons[0].find("example.test") != std::string::npos, client.feedReasons[0].c_str());
    for (const auto& socket : client.transport.sockets)
        QCOMPARE(socket->url.host(), QString("127.0.0.1"));
}

void ClientFeedTest::malformedFramesAreQuarantined()
{
    Client client;
    const auto spy = client.addSpy();
    client.side->feed().setWanted({spy});
    QVERIFY(client.connect());
    client.advance(1s);
    for (int i = 0; i < 40; ++i)
        client.broker.sendFeed(R"({"type":"FEED_DATA","channel":1,"data":["Quote",["SPY",)" + QByteArray::number(i) +
                               "]]}");
    client.broker.sendFeed("<html>");
    client.broker.sendNotice("{}");
    client.advance(1s);
    QCOMPARE(client.counters.values().quarantined, 42U);
    QCOMPARE(client.counters.values().feedEvents, 0U);
    const auto entries = client.quarantine.entries();
    QCOMPARE(entries.size(), 32U);
    QCOMPARE(entries[30].text, std::string("<html>"));
    QCOMPARE(client.feedState, live);
    QVERIFY(std::isnan(client.book.quote(spy).bid)); // nothing of a bad frame is used
    client.broker.sendEvents({quote("SPY", 1, 2)});
    client.advance(1s);
    QCOMPARE(client.book.quote(spy).bid, 1.0);
}

void ClientFeedTest::oneBadRowCostsNoOther()
{
    Client client;
    const auto options = client.addOptions(3);
    client.side->feed().setWanted({options.begin(), options.end()});
    QVERIFY(client.connect());
    client.advance(1s);
    client.broker.sendFeed(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",[".OPT0",1,2,3,4,".OPT1","soon",2,3,4,".OPT2",5,6,7,[8]]]})");
    client.broker.sendFeed(
        R"({"type":"FEED_DATA","channel":1,"data":["Quote",[".OPT1",9,10,3,4],"Trade",[".OPT1",0,"soon",1,2]]})");
    client.advance(100ms);
    QCOMPARE(client.book.quote(options[0]).bid, 1.0);
    QCOMPARE(client.book.quote(options[1]).bid, 9.0);
    QVERIFY(std::isnan(client.book.quote(options[2]).bid));
    QCOMPARE(client.counters.values().quarantined, 2U); // messages
    const auto entries = client.quarantine.entries();
    QVERIFY2(entries[0].reason.find("Quote.bidPrice") != std::string::npos &&
                 entries[0].reason.find(".OPT1 (and 1 more") != std::string::npos,
             entries[0].reason.c_str());
    QVERIFY(entries[1].text.find("\"Trade\",[\".OPT1\"") != std::string::npos);
}

void ClientFeedTest::fullFormatIsReadToo()
{
    Client client;
    const auto spy = client.addSpy();
    client.side->feed().setWanted({spy});
    QVERIFY(client.connect());
    client.advance(1s);
    client.broker.sendFeed(R"({"type":"FEED_DATA","channel":1,"data":[
        {"eventType":"Quote","eventSymbol":"SPY","bidPrice":"soon"},{"eventType":"Profile","eventSymbol":"SPY"},
        {"eventType":"Quote","eventSymbol":"SPY","bidPrice":599.98,"askPrice":600.02,"news":1}]})");
    client.advance(100ms);
    QCOMPARE(client.book.quote(spy).bid, 599.98);
    QCOMPARE(client.counters.values().feedEvents, 1U);
    QCOMPARE(client.counters.values().quarantined, 1U);
}

void ClientFeedTest::oddNumbersArriveAsTheyAre()
{
    Client client;
    const auto spy = client.addSpy();
    client.side->feed().setWanted({spy});
    QVERIFY(client.connect());
    client.advance(1s);
    client.broker.sendEvents(
        {wire::QuoteEvent{"SPY", -1, std::numeric_limits<double>::infinity(), market::unknown, 0}});
    client.advance(1s);
    const market::Quote found = client.book.quote(spy);
    QCOMPARE(found.bid, -1.0);
    QVERIFY(std::isinf(found.ask) && std::isnan(found.bidSize));
    QVERIFY(market::classify(found, found.time, {}).has(market::QuoteFlag::Invalid));
}

void ClientFeedTest::columnsOfTheServerCount()
{
    Client client;
    const auto spy = client.addSpy();
    client.side->feed().setWanted({spy});
    QVERIFY(client.connect());
    client.advance(1s);
    client.broker.sendFeed(R"({"type":"FEED_CONFIG","channel":1,"dataFormat":"COMPACT","aggregationPeriod":0.1,
        "eventFields":{"Quote":["askPrice","eventSymbol","mood","bidPrice"]}})");
    client.broker.sendFeed(R"({"type":"FEED_DATA","channel":1,"data":["Quote",[600.02,"SPY","good",599.98]]})");
    client.advance(1s);
    QCOMPARE(client.book.quote(spy).bid, 599.98);
    QCOMPARE(client.book.quote(spy).ask, 600.02);
}

void ClientFeedTest::reconnectAfterEveryMessage_data()
{
    QTest::addColumn<int>("messages");
    for (int i = 0; i <= 16; ++i)
        QTest::addRow("cut after %d", i) << i;
}

void ClientFeedTest::reconnectAfterEveryMessage()
{
    QFETCH(int, messages);
    Client client;
    const auto options = client.addOptions(200); // two batches
    client.side->feed().setWanted({options.begin(), options.end()});
    client.broker.dropAfter = messages;
    client.side->start();
    client.advance(2s);
    QVERIFY(client.until(
        [&] {
            return client.broker.dropAfter < 0 && client.accountState == execution::ConnectionState::Connected &&
                   client.feedState == live;
        },
        120s));
    client.advance(2s);
    QCOMPARE(client.broker.subscribed.size(), 800U);
    for (const auto& item : client.broker.subscribed)
        QCOMPARE(client.broker.subscribed.count(item), 1U); // everything again, once
    QVERIFY2(client.broker.protocolErrors.empty(),
             client.broker.protocolErrors.empty() ? "" : client.broker.protocolErrors[0].c_str());
    client.broker.sendEvents({quote(".OPT7", 1, 2)});
    client.advance(100ms);
    QCOMPARE(client.book.quote(options[7]).bid, 1.0);
}

void ClientFeedTest::sleepOfTheComputerReconnects()
{
    Client client;
    QVERIFY(client.connect());
    const auto feed = client.broker.feedSocket(), streamer = client.broker.streamerSocket();
    client.scheduler.slept = 8s; // a clock set by a little
    client.advance(6s);
    QVERIFY(feed->isOpen && streamer->isOpen);
    client.scheduler.slept += 3600s;
    client.advance(6s);
    QVERIFY(!feed->isOpen && !streamer->isOpen);
    QVERIFY(client.until([&] { return client.timesConnected == 2 && client.feedState == live; }));
}

void ClientFeedTest::backoffGrowsAndIsJittered()
{
    base::Generator chance(5);
    Backoff backoff(500ms, 30s);
    base::Nanos most = 500ms;
    for (int i = 0; i < 12; ++i) {
        const base::Nanos wait = backoff.next(chance);
        QVERIFY(wait >= most / 2 && wait <= most);
        most = std::min<base::Nanos>(most * 2, 30s);
    }
    backoff.reset();
    QVERIFY(backoff.next(chance) <= 500ms);

    Client client;
    client.transport.isDown = true;
    client.side->start();
    client.advance(300s);
    const std::size_t tries = client.transport.requests.size();
    QVERIFY2(tries > 8 && tries < 120, std::to_string(tries).c_str()); // neither gives up nor storms
    client.transport.isDown = false;
    QVERIFY(client.until([&] { return client.feedState == live && client.timesConnected == 1; }));
}

QTEST_GUILESS_MAIN(ClientFeedTest)
#include "client_feed.moc"
