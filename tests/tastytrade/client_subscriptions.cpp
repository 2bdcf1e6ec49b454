#include "client_harness.h"

#include <QtTest>

#include <numeric>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;
using market::Need;

namespace
{

constexpr market::FeedState live = market::FeedState::Live;

std::vector<market::Wanted> wanted(const std::vector<market::InstrumentIndex>& instruments, Need need = Need::Visible)
{
    std::vector<market::Wanted> list;
    for (const market::InstrumentIndex index : instruments)
        list.emplace_back(index, need);
    return list;
}

NetworkSide::Options with(const std::function<void(FeedSettings&)>& change)
{
    NetworkSide::Options options = Client::defaults();
    change(options.feed);
    return options;
}

std::size_t countOf(const Client& client, const std::string& type)
{
    return static_cast<std::size_t>(
        std::ranges::count(client.broker.subscribed, type, &std::pair<std::string, std::string>::first));
}

bool streams(const Client& client, const std::string& type, int option)
{
    return client.broker.subscribed.count({type, ".OPT" + std::to_string(option)}) == 1;
}

/// A quote of every one of `options`, but of those in `but`.
void sendQuotes(Client& client, std::size_t options, const std::set<std::size_t>& but = {})
{
    std::vector<wire::Event> events;
    for (std::size_t i = 0; i < options; ++i) {
        if (!but.contains(i))
            events.push_back(wire::QuoteEvent{".OPT" + std::to_string(i), 1, 2, 3, 4});
    }
    client.broker.sendEvents(events);
}

} // namespace

class ClientSubscriptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followWhatIsWanted();
    void scrollingBackChangesNothing();
    void largeOnesGoInBatches();
    void strongestNeedFirst();
    void limitCostsWhatIsLeastNeeded();
    void roomIsMadeAtOnce();
    void noMoreChangesInAMinuteThanAllowed();
    void urgentOnesDoNotWaitForTheChain();
    void reconnectAsksForTheVisibleFirst();
    void silentInstrumentsAreAskedForAgainOnce();
    void silentFeedIsNoGap();
    void budgetLooksBackAWindow();
};

void ClientSubscriptionsTest::followWhatIsWanted()
{
    Client client;
    const auto options = client.addOptions(3);
    client.side->feed().setWanted({options[0], options[1]});
    QVERIFY(client.connect());
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.size(), 8U);
    client.side->feed().setWanted({options[1], options[2], {options[2], Need::Chain}});
    client.advance(25s);
    QVERIFY(streams(client, "Greeks", 2) && streams(client, "Quote", 0)); // for a while
    client.advance(10s);
    QCOMPARE(client.broker.subscribed.size(), 8U);
    QVERIFY(!streams(client, "Quote", 0) && streams(client, "Quote", 1));
    const std::size_t batches = client.broker.batchSizes.size();
    client.side->feed().setWanted({options[1], options[2]});
    client.advance(20s);
    QCOMPARE(client.broker.batchSizes.size(), batches); // nothing changed, nothing is said
    client.side->feed().setWanted({});
    client.advance(40s);
    QVERIFY(client.broker.subscribed.empty());
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientSubscriptionsTest::scrollingBackChangesNothing()
{
    Client client;
    const auto options = client.addOptions(100);
    const std::vector first(options.begin(), options.begin() + 50), second(options.begin() + 50, options.end());
    QVERIFY(client.connect());
    for (int i = 0; i < 10; ++i) {
        client.side->feed().setWanted(wanted(i % 2 == 0 ? first : second));
        client.advance(5s);
    }
    QCOMPARE(client.broker.batchSizes, (std::vector<std::size_t>{200, 200})); // each asked for once, none let go
}

void ClientSubscriptionsTest::largeOnesGoInBatches()
{
    Client client;
    QVERIFY(client.connect());
    client.side->feed().setWanted(wanted(client.addOptions(3000))); // 12,000 subscriptions
    client.advance(100ms);
    QCOMPARE(client.broker.batchSizes.size(), 1U);
    client.advance(1400ms);
    QCOMPARE(client.broker.subscribed.size(), 3000U);
    QCOMPARE(countOf(client, "Quote"), 3000U); // prices of all before details of any
    client.advance(50s);
    QCOMPARE(client.broker.subscribed.size(), 10'000U); // in the first minute
    sendQuotes(client, 3000);
    client.advance(20s);
    QCOMPARE(client.broker.subscribed.size(), 12'000U);
    for (const std::size_t size : client.broker.batchSizes)
        QVERIFY(size <= 500);
    QCOMPARE(client.counters.values().subscriptions, 12'000U);
    QCOMPARE(client.counters.values().leftOut, 0U);
}

void ClientSubscriptionsTest::strongestNeedFirst()
{
    Client client(with([](FeedSettings& feed) { feed.batchItems = 4; }));
    const auto options = client.addOptions(6);
    std::vector<market::Wanted> list = wanted({options[0], options[1]}, Need::Chain);
    for (const market::Wanted& each : wanted({options[2], options[3]}))
        list.push_back(each);
    list.emplace_back(options[4], Need::Held);
    list.emplace_back(options[4], Need::Chain);
    list.emplace_back(options[5], Need::Chain);
    list.emplace_back(options[5], Need::Held);
    client.side->feed().setWanted(list);
    QVERIFY(client.connect());
    client.advance(100ms);
    QVERIFY(streams(client, "Quote", 4) && streams(client, "Quote", 5));
    QVERIFY(streams(client, "Quote", 2) && streams(client, "Quote", 3));
    client.advance(300ms);
    QCOMPARE(client.broker.subscribed.size(), 8U); // details of what is held
    QVERIFY(streams(client, "Trade", 4) && streams(client, "Greeks", 5));
    client.advance(5s);
    QCOMPARE(client.broker.subscribed.size(), 4U * 4 + 2); // of the chain, quotes alone
    QVERIFY(streams(client, "Quote", 0) && !streams(client, "Trade", 0));
}

void ClientSubscriptionsTest::limitCostsWhatIsLeastNeeded()
{
    Client client(with([](FeedSettings& feed) { feed.subscriptionsMax = 250; }));
    QVERIFY(client.connect());
    const auto options = client.addOptions(200);
    std::vector<market::Wanted> list = wanted({options.begin() + 10, options.end()}, Need::Chain);
    list.emplace_back(options[0], Need::Held);
    for (int i = 1; i < 10; ++i)
        list.emplace_back(options[static_cast<std::size_t>(i)]);
    client.side->feed().setWanted(list);
    client.advance(5s);
    QCOMPARE(client.broker.subscribed.size(), 230U);
    client.side->feed().setWanted(wanted({options.begin(), options.begin() + 100}));
    client.advance(5s);
    QCOMPARE(client.broker.subscribed.size(), 250U);
    QCOMPARE(countOf(client, "Quote"), 100U); // those of the chain made room for details of what is visible now
    QCOMPARE(client.counters.values().leftOut, 150U);
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientSubscriptionsTest::roomIsMadeAtOnce()
{
    Client client(with([](FeedSettings& feed) {
        feed.subscriptionsMax = 400;
        feed.batchItems = 100;
    }));
    const auto options = client.addOptions(200);
    client.side->feed().setWanted(wanted({options.begin(), options.begin() + 100}));
    QVERIFY(client.connect());
    client.advance(2s);
    QCOMPARE(client.broker.subscribed.size(), 400U);
    client.side->feed().setWanted(wanted({options.begin() + 100, options.end()}));
    std::size_t most = 0;
    for (int i = 0; i < 30; ++i) {
        client.advance(100ms);
        most = std::max(most, client.broker.subscribed.size());
    }
    QCOMPARE(client.broker.subscribed.size(), 400U);
    QVERIFY(most <= 400 && streams(client, "Summary", 199) && !streams(client, "Quote", 0));
    client.advance(60s);
    QCOMPARE(client.broker.subscribed.size(), 400U);
}

void ClientSubscriptionsTest::noMoreChangesInAMinuteThanAllowed()
{
    Client client(with([](FeedSettings& feed) {
        feed.changesPerMinute = 300;
        feed.changesKept = 50;
        feed.lingerFor = 1s;
        feed.batchItems = 40;
    }));
    const auto options = client.addOptions(400);
    QVERIFY(client.connect());
    base::Generator chance(4);
    std::vector<std::size_t> byQuarter;
    for (int i = 0; i < 1600; ++i) { // 400 seconds of somebody who scrolls
        if (i % 7 == 0) {
            const auto from = chance.integer(0, 350);
            client.side->feed().setWanted(wanted({options.begin() + from, options.begin() + from + 40}));
        }
        client.broker.batchSizes.clear();
        client.advance(250ms);
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
        sendQuotes(client, 1);
        byQuarter.push_back(
            std::accumulate(client.broker.batchSizes.begin(), client.broker.batchSizes.end(), std::size_t{0}));
    }
    std::size_t most = 0;
    for (std::size_t end = 240; end <= byQuarter.size(); ++end)
        most = std::max(most, std::accumulate(byQuarter.begin() + static_cast<std::ptrdiff_t>(end - 240),
                                              byQuarter.begin() + static_cast<std::ptrdiff_t>(end), std::size_t{0}));
    QVERIFY2(most > 250 && most <= 340, std::to_string(most).c_str()); // quarters are cut to a batch
    QVERIFY(client.broker.protocolErrors.empty());
    QCOMPARE(client.counters.values().reconnects, 0U);
}

void ClientSubscriptionsTest::urgentOnesDoNotWaitForTheChain()
{
    Client client;
    const auto options = client.addOptions(12'000);
    client.side->feed().setWanted(wanted({options.begin() + 100, options.end()}, Need::Chain));
    QVERIFY(client.connect());
    client.advance(20s);
    QCOMPARE(client.broker.subscribed.size(), 8'000U); // of 10,000 in the minute, some are kept
    auto list = wanted({options.begin() + 100, options.end()}, Need::Chain);
    for (std::size_t i = 0; i < 100; ++i)
        list.emplace_back(options[i]);
    client.side->feed().setWanted(list);
    client.advance(1s);
    QCOMPARE(client.broker.subscribed.size(), 8'400U);
    QVERIFY(streams(client, "Summary", 99));
    sendQuotes(client, 12'000);
    client.advance(50s);
    QCOMPARE(client.broker.subscribed.size(), 12'300U);
}

void ClientSubscriptionsTest::reconnectAsksForTheVisibleFirst()
{
    Client client;
    const auto options = client.addOptions(2000);
    auto list = wanted({options.begin(), options.end() - 10}, Need::Chain);
    for (std::size_t i = 1990; i < 2000; ++i)
        list.emplace_back(options[i]);
    client.side->feed().setWanted(list);
    QVERIFY(client.connect());
    client.advance(5s);
    QCOMPARE(client.broker.subscribed.size(), 1990U + 40);
    client.transport.closeByServer(client.broker.feedSocket(), "Bye");
    client.side->feed().setWanted({list.begin() + 500, list.end()}); // meanwhile
    QVERIFY(client.until([&] { return client.feedState == live; }));
    client.advance(10ms);
    QCOMPARE(countOf(client, "Quote"), 10U);
    QCOMPARE(client.broker.subscribed.size(), 40U);
    QVERIFY(streams(client, "Quote", 1999));
    client.advance(60s);
    QCOMPARE(client.broker.subscribed.size(), 1490U + 40); // each once, and nothing of what was let go
    for (const auto& item : client.broker.subscribed)
        QCOMPARE(client.broker.subscribed.count(item), 1U);
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientSubscriptionsTest::silentInstrumentsAreAskedForAgainOnce()
{
    Client client;
    const auto options = client.addOptions(50);
    std::vector<std::vector<market::InstrumentIndex>> reported;
    client.side->feed().setSpotCheck([&](const auto& silent) { reported.push_back(silent); });
    client.side->feed().setWanted(wanted(options, Need::Chain));
    QVERIFY(client.connect());
    client.advance(1s);
    QCOMPARE(client.broker.batchSizes, std::vector<std::size_t>{50});
    const std::set<std::size_t> lost{3, 7, 20};
    const auto stream = [&](int seconds, const std::set<std::size_t>& but) {
        for (int i = 0; i < seconds; ++i) {
            sendQuotes(client, 50, but);
            client.advance(1s);
        }
    };
    stream(15, lost);
    QCOMPARE(client.broker.batchSizes, (std::vector<std::size_t>{50, 3, 3})); // let go and asked for again
    QCOMPARE(client.broker.subscribed.size(), 50U);
    QVERIFY(reported.empty());
    stream(15, {3, 20}); // that helped with one
    QCOMPARE(reported, (std::vector<std::vector<market::InstrumentIndex>>{{options[3], options[20]}}));
    QCOMPARE(client.counters.values().gaps, 2U);
    stream(60, {3, 20});
    QCOMPARE(reported.size(), 1U);
    QCOMPARE(client.broker.batchSizes.size(), 3U);
    client.transport.closeByServer(client.broker.feedSocket(), "Bye");
    QVERIFY(client.until([&] { return client.feedState == live; }));
    stream(40, {3, 21}); // one is known to be silent, another one is new, one has come
    QCOMPARE(reported, (std::vector<std::vector<market::InstrumentIndex>>{{options[3], options[20]}, {options[21]}}));
    QCOMPARE(client.counters.values().gaps, 3U);
    QVERIFY(client.broker.protocolErrors.empty());
}

void ClientSubscriptionsTest::silentFeedIsNoGap()
{
    Client client;
    const auto options = client.addOptions(20);
    client.side->feed().setWanted(wanted(options));
    QVERIFY(client.connect());
    for (int i = 0; i < 5; ++i) {
        client.broker.sendFeed(wire::dxlink::print(wire::dxlink::Keepalive{}));
        client.advance(10s);
    }
    QCOMPARE(client.counters.values().gaps, 0U);
    QCOMPARE(client.broker.batchSizes,
             std::vector<std::size_t>{80}); // a feed that is silent altogether is another fault
}

void ClientSubscriptionsTest::budgetLooksBackAWindow()
{
    ChangeBudget budget(10, 60s);
    QCOMPARE(budget.allowed(0s), 10U);
    budget.take(6, 0s);
    budget.take(4, 30s);
    QCOMPARE(budget.allowed(59s), 0U);
    QCOMPARE(budget.allowed(60s), 6U);
    budget.take(8, 60s); // more than there was: what has to be sent is sent, and counts
    QCOMPARE(budget.allowed(61s), 0U);
    QCOMPARE(budget.allowed(90s), 2U);
    QCOMPARE(budget.allowed(120s), 10U);
}

QTEST_GUILESS_MAIN(ClientSubscriptionsTest)
#include "client_subscriptions.moc"
