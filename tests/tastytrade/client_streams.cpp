#include "client_harness.h"

#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

namespace
{

namespace flag = wire::eventFlag;
constexpr market::FeedState live = market::FeedState::Live;
constexpr market::FeedState silent = market::FeedState::Silent;

wire::Event quote(const std::string& symbol, double bid, double ask)
{
    return wire::QuoteEvent{symbol, bid, ask, 10, 20};
}

wire::CandleEvent candle(std::int64_t minute, std::int64_t flags, double close = 600)
{
    wire::CandleEvent event;
    event.symbol = "SPY{=5m}";
    event.time = 1'795'185'000'000 + minute * 60'000;
    event.index = wire::eventIndex(event.time);
    event.eventFlags = flags;
    event.open = event.high = event.low = event.close = close;
    event.volume = 1000;
    return event;
}

} // namespace

class ClientStreamsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handshakeThenQuotes();
    void subscriptionsFollowWhatIsWanted();
    void largeSubscriptionsGoInBatches();
    void limitOfSubscriptionsCostsDetails();
    void keepalives();
    void silentFeedIsNoticed();
    void deadSocketIsReplaced();
    void closedMarketMayBeSilent();
    void marketsOwnClockCounts();
    void refusedQuoteTokenIsFetchedAgain();
    void strangeAddressIsRefused();
    void malformedFramesAreQuarantined();
    void oddNumbersArriveAsTheyAre();
    void columnsOfTheServerCount();
    void reconnectAfterEveryMessage_data();
    void reconnectAfterEveryMessage();
    void sleepOfTheComputerReconnects();
    void backoffGrowsAndIsJittered();

    void candles();
    void candlesWaitForTheFeedAndForEachOther();
    void candlesThatDoNotCome();
    void snapshotThatIsRepeated();

    void streamerConnectsWithBearer();
    void heartbeatsCarryAFreshToken();
    void missingAcknowledgementReconnects();
    void refusedConnectTriesAgain();
    void blockedLoginStopsTheStreamer();
    void notificationsArrive();
    void orderThatIsNotNotifiedReconnects();
};

void ClientStreamsTest::handshakeThenQuotes()
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

void ClientStreamsTest::subscriptionsFollowWhatIsWanted()
{
    Client client;
    const auto options = client.addOptions(3);
    client.side->feed().setWanted({options[0], options[1]});
    QVERIFY(client.connect());
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.count({"Quote", ".OPT0"}), 1U);
    client.side->feed().setWanted({options[1], options[2], options[2]});
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.size(), 8U);
    QCOMPARE(client.broker.subscribed.count({"Quote", ".OPT0"}), 0U);
    QCOMPARE(client.broker.subscribed.count({"Greeks", ".OPT2"}), 1U);
    QCOMPARE(client.broker.batchSizes, (std::vector<std::size_t>{8, 8}));
    client.side->feed().setWanted({options[1], options[2]});
    client.advance(1s);
    QCOMPARE(client.broker.batchSizes.size(), 2U); // nothing changed, nothing is said
    client.side->feed().setWanted({});
    client.advance(1s);
    QVERIFY(client.broker.subscribed.empty());
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientStreamsTest::largeSubscriptionsGoInBatches()
{
    Client client;
    QVERIFY(client.connect());
    const auto options = client.addOptions(3000); // 12,000 subscriptions
    client.side->feed().setWanted(options);
    client.advance(100ms);
    QCOMPARE(client.broker.batchSizes.size(), 1U);
    client.advance(1400ms);
    QCOMPARE(client.broker.subscribed.size(), 3000U);
    for (const auto& item : client.broker.subscribed)
        QCOMPARE(item.first, std::string("Quote")); // prices of all before details of any
    client.advance(4s);
    QVERIFY(client.broker.subscribed.size() <= 11'000); // 10,000 a minute
    client.advance(30s);
    QCOMPARE(client.broker.subscribed.size(), 12'000U);
    for (const std::size_t size : client.broker.batchSizes)
        QVERIFY(size <= 500);
    QCOMPARE(client.counters.values().subscriptions, 12'000U);
    QCOMPARE(client.counters.values().leftOut, 0U);
}

void ClientStreamsTest::limitOfSubscriptionsCostsDetails()
{
    NetworkSide::Options options = Client::defaults();
    options.feed.subscriptionsMax = 250;
    Client client(std::move(options));
    QVERIFY(client.connect());
    client.side->feed().setWanted(client.addOptions(100));
    client.advance(5s);
    QCOMPARE(client.broker.subscribed.size(), 250U);
    QCOMPARE(
        std::ranges::count(client.broker.subscribed, std::string("Quote"), &std::pair<std::string, std::string>::first),
        100);
    QCOMPARE(client.counters.values().leftOut, 150U);
}

void ClientStreamsTest::keepalives()
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

void ClientStreamsTest::silentFeedIsNoticed()
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

void ClientStreamsTest::deadSocketIsReplaced()
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

void ClientStreamsTest::closedMarketMayBeSilent()
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

void ClientStreamsTest::marketsOwnClockCounts()
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

void ClientStreamsTest::refusedQuoteTokenIsFetchedAgain()
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

void ClientStreamsTest::strangeAddressIsRefused()
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

void ClientStreamsTest::malformedFramesAreQuarantined()
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
    const auto entries = client.quarantine.entries();
    QCOMPARE(entries.size(), 32U);
    QCOMPARE(entries[30].text, std::string("<html>"));
    QCOMPARE(client.feedState, live);
    QVERIFY(std::isnan(client.book.quote(spy).bid)); // nothing of a bad frame is used
    client.broker.sendEvents({quote("SPY", 1, 2)});
    client.advance(1s);
    QCOMPARE(client.book.quote(spy).bid, 1.0);
}

void ClientStreamsTest::oddNumbersArriveAsTheyAre()
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

void ClientStreamsTest::columnsOfTheServerCount()
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

void ClientStreamsTest::reconnectAfterEveryMessage_data()
{
    QTest::addColumn<int>("messages");
    for (int i = 0; i <= 16; ++i)
        QTest::addRow("cut after %d", i) << i;
}

void ClientStreamsTest::reconnectAfterEveryMessage()
{
    QFETCH(int, messages);
    Client client;
    const auto options = client.addOptions(200); // two batches
    client.side->feed().setWanted(options);
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

void ClientStreamsTest::sleepOfTheComputerReconnects()
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

void ClientStreamsTest::backoffGrowsAndIsJittered()
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

void ClientStreamsTest::candles()
{
    Client client;
    QVERIFY(client.connect());
    std::vector<base::Result<std::vector<market::Candle>>> results;
    const base::Instant from = base::fromUnixMillis(1'795'185'000'000);
    client.side->feed().candles("SPY", "5m", from, [&](auto result) { results.push_back(std::move(result)); });
    client.advance(100ms);
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 1U);
    // As recorded: newest first, the last row closes the snapshot and is none itself; one row is older than asked.
    client.broker.sendEvents(
        {candle(15, flag::snapshotBegin, 603), candle(10, 0, 602), candle(5, 0, 601), candle(0, 0, 600)});
    client.advance(100ms);
    QVERIFY(results.empty());
    client.broker.sendEvents({candle(-5, 0, 599), candle(-10, flag::snapshotEnd | flag::remove, market::unknown)});
    client.advance(100ms);
    QCOMPARE(results.size(), 1U);
    QVERIFY(results[0]);
    QCOMPARE(results[0]->size(), 4U);
    QCOMPARE(results[0]->front().time, from);
    QCOMPARE(results[0]->front().close, 600.0);
    QCOMPARE(results[0]->back().close, 603.0);
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 0U); // let go
    client.broker.sendEvents({candle(15, 0, 604)});
    client.advance(100ms);
    QCOMPARE(results.size(), 1U);
}

void ClientStreamsTest::candlesWaitForTheFeedAndForEachOther()
{
    Client client;
    std::vector<std::size_t> sizes;
    const auto count = [&](const base::Result<std::vector<market::Candle>>& result) {
        sizes.push_back(result->size());
    };
    client.side->feed().candles("SPY", "5m", {}, count);
    client.side->feed().candles("SPY", "5m", {}, count); // the same symbol: events could not be told apart
    QVERIFY(client.connect());
    client.advance(100ms);
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 1U);
    client.transport.closeByServer(client.broker.feedSocket(), "Bye"); // in the middle of it
    QVERIFY(client.until([&] { return client.feedState == live; }));
    client.advance(100ms);
    client.broker.sendEvents({candle(5, flag::snapshotBegin), candle(0, flag::snapshotSnip)});
    client.advance(100ms);
    QCOMPARE(sizes, std::vector<std::size_t>{2});
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 1U);
    client.broker.sendEvents({candle(0, flag::snapshotBegin | flag::snapshotEnd | flag::remove)}); // an empty history
    client.advance(100ms);
    QCOMPARE(sizes, (std::vector<std::size_t>{2, 0}));
}

void ClientStreamsTest::candlesThatDoNotCome()
{
    Client client;
    QVERIFY(client.connect());
    std::vector<base::Result<std::vector<market::Candle>>> results;
    client.side->feed().candles("SPY", "5m", {}, [&](auto result) { results.push_back(std::move(result)); });
    client.side->feed().candles("SPY", "soon", {}, [&](auto result) { results.push_back(std::move(result)); });
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0].error().kind, base::ErrorKind::BadInput);
    client.advance(31s);
    QCOMPARE(results.size(), 2U);
    QCOMPARE(results[1].error().kind, base::ErrorKind::Timeout);
    QVERIFY(client.broker.subscribed.empty());
}

void ClientStreamsTest::snapshotThatIsRepeated()
{
    Client client;
    QVERIFY(client.connect());
    std::vector<market::Candle> found;
    client.side->feed().candles("SPY", "5m", {}, [&](const auto& result) { found = *result; });
    client.advance(100ms);
    client.broker.sendEvents({candle(10, flag::snapshotBegin, 1), candle(5, 0, 1)});
    client.broker.sendEvents(
        {candle(10, flag::snapshotBegin, 2), candle(0, flag::snapshotEnd | flag::pending, 2), candle(0, 0, 3)});
    client.advance(100ms);
    QCOMPARE(found.size(), 2U); // the row of the first snapshot is gone, the pending one was completed
    QCOMPARE(found[0].close, 3.0);
    QCOMPARE(found[1].close, 2.0);
}

void ClientStreamsTest::streamerConnectsWithBearer()
{
    Client client;
    QVERIFY(client.connect());
    const auto request = wire::parseStreamerRequest(client.broker.streamerSocket()->received.at(0));
    QCOMPARE(request->action, std::string("connect"));
    QCOMPARE(request->authToken, std::string("Bearer access-1"));
    QCOMPARE(request->accounts, std::vector<std::string>{"5WX00042"});
    QVERIFY(request->source.starts_with("Vegadesk/"));
}

void ClientStreamsTest::heartbeatsCarryAFreshToken()
{
    Client client;
    QVERIFY(client.connect());
    client.advance(900s);
    const auto& texts = client.broker.streamerSocket()->received;
    QVERIFY(texts.size() > 30);
    const auto last = wire::parseStreamerRequest(texts.back());
    QCOMPARE(last->action, std::string("heartbeat"));
    QCOMPARE(last->authToken, std::string("Bearer access-2"));
    QCOMPARE(client.timesConnected, 1);
}

void ClientStreamsTest::missingAcknowledgementReconnects()
{
    Client client;
    QVERIFY(client.connect());
    const auto first = client.broker.streamerSocket();
    client.broker.answersStreamer = false;
    client.advance(31s); // a heartbeat within 20 s, its answer within 10
    QVERIFY(!first->isOpen);
    QVERIFY(!client.accountReasons.empty());
    client.broker.answersStreamer = true;
    QVERIFY(client.until([&] { return client.timesConnected == 2; }));
}

void ClientStreamsTest::refusedConnectTriesAgain()
{
    Client client;
    client.broker.answersStreamer = false;
    client.side->start();
    QVERIFY(client.until([&] { return client.broker.streamerSocket() != nullptr; }));
    client.advance(100ms);
    client.broker.sendNotice(R"({"status": "error", "action": "connect", "message": "Unknown domain"})");
    client.broker.answersStreamer = true;
    QVERIFY(client.until([&] { return client.timesConnected == 1; }));
    QVERIFY(client.accountReasons[0].find("Unknown domain") != std::string::npos);
}

void ClientStreamsTest::blockedLoginStopsTheStreamer()
{
    Client client;
    QVERIFY(client.connect());
    const HttpAnswer refused{400, R"({"error_code":"invalid_grant","error_description":"revoked"})"};
    client.broker.instead["/oauth/token"] = std::vector<HttpAnswer>(50, refused);
    client.advance(2000s);
    const auto logins = std::ranges::count_if(client.transport.requests, [](const HttpRequest& request) {
        return request.url.path() == QLatin1String("/oauth/token");
    });
    QCOMPARE(logins, 3); // one that worked, two refused, and the address is not locked out
    QCOMPARE(client.accountState, execution::ConnectionState::Disconnected);
    QVERIFY(client.accountReasons.back().find("revoked") != std::string::npos);
}

void ClientStreamsTest::notificationsArrive()
{
    Client client;
    QVERIFY(client.connect());
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    request.externalId = "desk-1";
    client.broker.sendNotice(wire::print(wire::OrderNotice{ScriptedBroker::makeOrder(request, "1"), {}}));
    wire::AccountPosition position;
    position.values.account = "5WX00042";
    position.values.symbol = "SPY";
    position.values.quantity = -5;
    position.values.realizedToday = base::Decimal::fromInteger(7);
    position.realizedTodayDate = base::makeDate(2026, 11, 19); // yesterday
    client.broker.sendNotice(wire::print(wire::PositionNotice{position, {}}));
    wire::AccountBalance balance;
    balance.values.account = "5WX00042";
    balance.values.pendingCash = base::Decimal::fromInteger(-3);
    client.broker.sendNotice(wire::print(wire::BalanceNotice{balance, {}}));
    client.broker.sendNotice(R"({"type": "UserMessage", "data": {}, "timestamp": 1})");
    client.broker.sendNotice(
        R"({"type": "Order", "data": {"id": 2, "external-identifier": "desk-2"}, "timestamp": 1})");
    client.advance(100ms);
    QCOMPARE(client.orders.size(), 2U);
    QCOMPARE(client.orders[0].externalId, std::string("desk-1"));
    QCOMPARE(client.orders[1].externalId, std::string("desk-2"));
    QCOMPARE(client.orders[1].status, execution::OrderStatus::Unknown);
    QCOMPARE(client.positions.size(), 1U);
    QCOMPARE(client.positions[0].quantity, -5);
    QVERIFY(client.positions[0].realizedToday.isZero());
    QCOMPARE(client.balances.size(), 1U);
    QCOMPARE(client.balances[0].pendingCash, base::Decimal::fromInteger(-3));
    QCOMPARE(client.counters.values().quarantined, 1U);
}

void ClientStreamsTest::orderThatIsNotNotifiedReconnects()
{
    Client client;
    QVERIFY(client.connect());
    client.side->streamer().expectOrder("1");
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    client.broker.sendNotice(wire::print(wire::OrderNotice{ScriptedBroker::makeOrder(request, "1"), {}}));
    client.advance(20s);
    QCOMPARE(client.timesConnected, 1);
    client.side->streamer().expectOrder("1"); // mentioned before the answer came
    client.advance(20s);
    QCOMPARE(client.timesConnected, 1);
    client.side->streamer().expectOrder("2");
    client.advance(20s);
    QVERIFY(client.until([&] { return client.timesConnected == 2; }));
    QVERIFY(client.accountReasons[0].find("order 2") != std::string::npos);
}

QTEST_GUILESS_MAIN(ClientStreamsTest)
#include "client_streams.moc"
