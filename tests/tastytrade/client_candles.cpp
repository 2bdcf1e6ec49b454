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

const base::Instant from = base::fromUnixMillis(1'795'185'000'000);

/// Since when the last candle subscription of a connection asked.
std::int64_t askedFrom(const ServerSocket& socket)
{
    std::int64_t found = 0;
    for (const QByteArray& text : socket.received) {
        const auto message = wire::dxlink::parse(text, wire::clientLayouts());
        const auto* change = message ? std::get_if<wire::dxlink::FeedSubscription>(&*message) : nullptr;
        if (change && !change->add.empty() && change->add.back().type == "Candle")
            found = change->add.back().fromTime.value_or(0);
    }
    return found;
}

/// Somebody who follows five-minute bars of SPY, and keeps them as a chart would.
struct Following {
    Client client;
    CandleRequests::Id id = 0;
    std::vector<market::CandleUpdate> updates;
    std::map<base::Instant, double> chart;

    void start()
    {
        id = *client.side->feed().followCandles("SPY", "5m", from, [this](const market::CandleUpdate& update) {
            if (update.isWhole)
                chart.clear();
            for (const market::Candle& bar : update.candles)
                chart[bar.time] = bar.close;
            updates.push_back(update);
        });
    }
    std::vector<double> closes() const
    {
        std::vector<double> list;
        for (const auto& [time, close] : chart)
            list.push_back(close);
        return list;
    }
};

} // namespace

class ClientCandlesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void candles();
    void candlesWaitForTheFeedAndShareIt();
    void candlesThatDoNotCome();
    void snapshotThatIsRepeated();
    void otherAttributesWaitForEachOther();
    void barsThatAreFollowedGrow();
    void changesThatArePendingCountTogether();
    void removedBarsAreTold();
    void dayBarsComeUnderEitherName();
    void gapOfAReconnectIsFilledFromTheLastCompleteBar();
    void longerHistoryReachesFurtherBack();
    void handleOfWhoFollows();
};

void ClientCandlesTest::candles()
{
    Client client;
    QVERIFY(client.connect());
    std::vector<base::Result<std::vector<market::Candle>>> results;
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

void ClientCandlesTest::candlesWaitForTheFeedAndShareIt()
{
    Client client;
    std::vector<std::size_t> sizes;
    const auto count = [&](const base::Result<std::vector<market::Candle>>& result) {
        sizes.push_back(result->size());
    };
    client.side->feed().candles("SPY", "5m", {}, count);
    client.side->feed().candles("SPY", "5m", {}, count); // the same symbol: one subscription for both
    QVERIFY(client.connect());
    client.advance(100ms);
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 1U);
    client.transport.closeByServer(client.broker.feedSocket(), "Bye"); // in the middle of it
    QVERIFY(client.until([&] { return client.feedState == live; }));
    client.advance(100ms);
    client.broker.sendEvents({candle(5, flag::snapshotBegin), candle(0, flag::snapshotSnip)});
    client.advance(100ms);
    QCOMPARE(sizes, (std::vector<std::size_t>{2, 2}));
    QVERIFY(client.broker.subscribed.empty());
    client.side->feed().candles("SPY", "5m", {}, count);
    client.advance(100ms);
    client.broker.sendEvents({candle(0, flag::snapshotBegin | flag::snapshotEnd | flag::remove)}); // an empty history
    client.advance(100ms);
    QCOMPARE(sizes, (std::vector<std::size_t>{2, 2, 0}));
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

void ClientCandlesTest::otherAttributesWaitForEachOther()
{
    Client client;
    QVERIFY(client.connect());
    std::vector<std::size_t> sizes;
    const auto count = [&](const base::Result<std::vector<market::Candle>>& result) {
        sizes.push_back(result->size());
    };
    client.side->feed().candles("SPY", "5m", {}, count);
    client.side->feed().candles("SPY", "5m,tho=true", {}, count); // other bars, but their events may have the same name
    client.advance(100ms);
    QCOMPARE(client.broker.subscribed.size(), 1U);
    client.broker.sendEvents({candle(5, flag::snapshotBegin), candle(0, flag::snapshotEnd)});
    client.advance(100ms);
    QCOMPARE(sizes, std::vector<std::size_t>{2});
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m,tho=true}"}), 1U);
    client.broker.sendEvents({candle(5, flag::snapshotBegin | flag::snapshotEnd)});
    client.advance(100ms);
    QCOMPARE(sizes, (std::vector<std::size_t>{2, 1}));
}

void ClientCandlesTest::barsThatAreFollowedGrow()
{
    Following following;
    Client& client = following.client;
    QVERIFY(client.connect());
    following.start();
    client.advance(100ms);
    client.broker.sendEvents({candle(5, flag::snapshotBegin, 601), candle(0, flag::snapshotEnd, 600)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 1U);
    QVERIFY(following.updates[0].isWhole);
    QCOMPARE(following.closes(), (std::vector<double>{600, 601}));
    QCOMPARE(client.broker.subscribed.size(), 1U); // and goes on
    client.broker.sendEvents({candle(5, 0, 602)});
    client.broker.sendEvents({candle(5, 0, 603), candle(10, 0, 604), candle(-500, 0, 1)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 5U);
    QVERIFY(!following.updates[1].isWhole);
    QCOMPARE(following.updates[1].candles.size(), 1U);
    QCOMPARE(following.updates[4].candles.size(), 0U); // older than asked for
    QCOMPARE(following.closes(), (std::vector<double>{600, 603, 604}));
    std::vector<market::Candle> asked; // is here already
    client.side->feed().candles("SPY", "5m", from + 5min, [&](const auto& result) { asked = *result; });
    QCOMPARE(asked.size(), 2U);
    client.side->feed().unfollowCandles(following.id);
    client.advance(100ms);
    QVERIFY(client.broker.subscribed.empty());
    client.broker.sendEvents({candle(10, 0, 605)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 5U);
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientCandlesTest::changesThatArePendingCountTogether()
{
    Following following;
    Client& client = following.client;
    QVERIFY(client.connect());
    following.start();
    client.advance(100ms);
    client.broker.sendEvents({candle(5, flag::snapshotBegin, 601), candle(0, flag::snapshotEnd | flag::pending, 600)});
    client.advance(100ms);
    QVERIFY(following.updates.empty());
    client.broker.sendEvents({candle(0, 0, 599)});
    client.advance(100ms);
    QCOMPARE(following.closes(), (std::vector<double>{599, 601}));
    client.broker.sendEvents({candle(0, flag::pending, 610), candle(5, flag::pending, 611)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 1U);
    client.broker.sendEvents({candle(10, 0, 612)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 2U);
    QCOMPARE(following.updates[1].candles.size(), 3U);
    QCOMPARE(following.closes(), (std::vector<double>{610, 611, 612}));
}

void ClientCandlesTest::removedBarsAreTold()
{
    Following following;
    Client& client = following.client;
    QVERIFY(client.connect());
    following.start();
    client.advance(100ms);
    client.broker.sendEvents(
        {candle(10, flag::snapshotBegin), candle(5, 0), candle(5, flag::remove), candle(0, flag::snapshotSnip)});
    client.advance(100ms);
    QCOMPARE(following.closes().size(), 2U);
    client.broker.sendEvents({candle(10, flag::remove, market::unknown), candle(15, flag::remove, market::unknown)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 2U); // what was not there is no news
    QVERIFY(following.updates[1].isWhole);
    QCOMPARE(following.closes().size(), 1U);
}

void ClientCandlesTest::dayBarsComeUnderEitherName()
{
    Client client;
    QVERIFY(client.connect());
    for (const char* name : {"SPY{=d}", "SPY{=1d}", "SPY{=d,a=s}"}) {
        std::vector<market::Candle> found;
        client.side->feed().candles("SPY", "1d", {}, [&](const auto& result) { found = *result; });
        client.advance(100ms);
        QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=d}"}), 1U);
        wire::CandleEvent bar = candle(0, flag::snapshotBegin | flag::snapshotEnd);
        bar.symbol = name;
        client.broker.sendEvents({bar});
        client.advance(100ms);
        QVERIFY2(found.size() == 1, name);
    }
}

void ClientCandlesTest::gapOfAReconnectIsFilledFromTheLastCompleteBar()
{
    Following following;
    Client& client = following.client;
    QVERIFY(client.connect());
    following.start();
    client.advance(100ms);
    client.broker.sendEvents(
        {candle(10, flag::snapshotBegin, 602), candle(5, 0, 601), candle(0, flag::snapshotEnd, 600)});
    client.advance(100ms);
    const auto first = client.broker.feedSocket();
    QVERIFY(askedFrom(*first) == base::toUnixMillis(from));
    client.transport.closeByServer(first, "Bye");
    QVERIFY(client.until([&] { return client.feedState == live; }));
    client.advance(100ms);
    // The bar of minute 10 was growing; that of minute 5 is the last whole one.
    QCOMPARE(askedFrom(*client.broker.feedSocket()), base::toUnixMillis(from + 5min));
    client.broker.sendEvents({candle(10, 0, 1)}); // before its snapshot has come, nothing counts
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 1U);
    client.broker.sendEvents({candle(20, flag::snapshotBegin, 704), candle(15, 0, 703), candle(5, 0, 701),
                              candle(4, flag::snapshotEnd | flag::remove, market::unknown)});
    client.advance(100ms);
    QCOMPARE(following.updates.size(), 2U);
    QVERIFY(following.updates[1].isWhole);
    QCOMPARE(following.closes(), (std::vector<double>{600, 701, 703, 704})); // a bar that the snapshot has not is gone
    client.broker.sendEvents({candle(20, 0, 705)});
    client.advance(100ms);
    QCOMPARE(following.closes().back(), 705.0);
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientCandlesTest::longerHistoryReachesFurtherBack()
{
    Following following;
    Client& client = following.client;
    QVERIFY(client.connect());
    following.start();
    client.advance(100ms);
    client.broker.sendEvents({candle(5, flag::snapshotBegin, 601), candle(0, flag::snapshotEnd, 600)});
    client.advance(100ms);
    std::vector<market::Candle> longer;
    client.side->feed().candles("SPY", "5m", from - 10min, [&](const auto& result) { longer = *result; });
    client.advance(100ms);
    QVERIFY(longer.empty());
    QCOMPARE(askedFrom(*client.broker.feedSocket()), base::toUnixMillis(from - 10min));
    client.broker.sendEvents({candle(5, flag::snapshotBegin, 611), candle(0, 0, 610), candle(-5, 0, 609),
                              candle(-10, flag::snapshotEnd, 608)});
    client.advance(100ms);
    QCOMPARE(longer.size(), 4U);
    QCOMPARE(following.closes(), (std::vector<double>{610, 611})); // no more than it asked for
    client.broker.sendEvents({candle(5, 0, 612)});
    client.advance(100ms);
    QCOMPARE(following.closes(), (std::vector<double>{610, 612}));
}

void ClientCandlesTest::handleOfWhoFollows()
{
    Client client;
    QVERIFY(client.connect());
    TastytradeReferenceData data(client.post(), client.executor());
    std::size_t updates = 0;
    const auto odd = data.followCandles("SPY", "soon", {}, [&](const market::CandleUpdate&) { ++updates; });
    auto handle = data.followCandles("SPY", "5m", {}, [&](const market::CandleUpdate&) { ++updates; });
    client.advance(100ms);
    QCOMPARE(client.broker.subscribed.count({"Candle", "SPY{=5m}"}), 1U);
    client.broker.sendEvents({candle(5, flag::snapshotBegin | flag::snapshotEnd, 601)});
    client.advance(100ms);
    QCOMPARE(updates, 1U);
    client.broker.sendEvents({candle(5, 0, 602)});
    client.scheduler.advance(100ms); // on its way
    handle.reset();
    client.advance(100ms);
    QCOMPARE(updates, 1U);
    QVERIFY(client.broker.subscribed.empty());
}

QTEST_GUILESS_MAIN(ClientCandlesTest)
#include "client_candles.moc"
