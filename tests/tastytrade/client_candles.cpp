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

class ClientCandlesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void candles();
    void candlesWaitForTheFeedAndForEachOther();
    void candlesThatDoNotCome();
    void snapshotThatIsRepeated();
};

void ClientCandlesTest::candles()
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

void ClientCandlesTest::candlesWaitForTheFeedAndForEachOther()
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

void ClientCandlesTest::candlesThatDoNotCome()
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

void ClientCandlesTest::snapshotThatIsRepeated()
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

QTEST_GUILESS_MAIN(ClientCandlesTest)
#include "client_candles.moc"
