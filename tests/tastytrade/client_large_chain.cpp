#include "client_harness.h"

#include "market/option_chain.h"
#include "venue/feed_session.h"
#include "venue/large_listing.h"
#include "venue/replayed_market.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

namespace
{

const base::Instant recorded = *base::parseInstant("2016-01-04T15:00:00Z"); // 10:00 in New York

/// The venue's own feed behind the client's socket, with a listing as large as SPX; both on the virtual clock.
struct LargeChain {
    explicit LargeChain(const std::string& folder)
    {
        auto replayed = venue::makeReplayedMarket(folder, "SPX");
        if (!replayed)
            qFatal("%s", replayed.error().message().c_str());
        market = std::move(*replayed);
        client.clock.set(recorded);
        client.broker.quoteToken = credentials.quoteToken();
        const auto toBroker = client.transport.onText;
        client.transport.onText = [this, toBroker](const auto& socket, const QByteArray& text) {
            if (socket->url.path() != QLatin1String("/dxlink"))
                return toBroker(socket, text);
            auto& session = sessions[socket.get()];
            if (!session)
                session = std::make_unique<venue::FeedSession>(
                    credentials, *market, [] { return recorded; },
                    [this, socket](const QByteArray& frame) { client.transport.deliver(socket, frame); });
            note(text);
            session->receive(text);
        };
        const market::ChainDefinition& definition = *market->definition("SPX", base::makeDate(2016, 1, 4));
        for (const market::Instrument& option : definition.options) {
            const market::InstrumentIndex index = client.book.add(option);
            const bool isVisible = option.option->expiry == base::makeDate(2016, 2, 15);
            (isVisible ? visible : rest).push_back(index);
        }
    }

    /// How many changes went into the subscription, and when.
    void note(const QByteArray& text)
    {
        const auto message = wire::dxlink::parse(text, wire::EventLayouts{});
        const auto* change = message ? std::get_if<wire::dxlink::FeedSubscription>(&*message) : nullptr;
        if (!change)
            return;
        changes.emplace_back(client.scheduler.elapsed(), change->add.size() + change->remove.size());
        largestFrame = std::max(largestFrame, text.size());
    }
    std::size_t mostInAMinute() const
    {
        std::size_t most = 0;
        for (const auto& [end, last] : changes) {
            std::size_t sum = 0;
            for (const auto& [at, count] : changes)
                sum += at <= end && end - at < 60s ? count : 0;
            most = std::max(most, sum);
        }
        return most;
    }

    std::vector<market::Wanted> wanted() const
    {
        std::vector<market::Wanted> list;
        for (const market::InstrumentIndex index : rest)
            list.emplace_back(index, market::Need::Chain);
        for (const market::InstrumentIndex index : visible)
            list.emplace_back(index);
        return list;
    }
    bool stream(const std::vector<market::InstrumentIndex>& instruments) const
    {
        return std::ranges::all_of(
            instruments, [&](market::InstrumentIndex index) { return std::isfinite(client.book.quote(index).ask); });
    }
    /// Seconds until all of them have a quote; as many go by without end as `most`.
    double secondsUntilStreaming(const std::vector<market::InstrumentIndex>& instruments, base::Nanos most)
    {
        const base::Nanos begin = client.scheduler.elapsed();
        while (!stream(instruments) && client.scheduler.elapsed() - begin < most) {
            client.advance(100ms);
            for (auto& [socket, session] : sessions)
                session->stream(20); // news of some while the others are asked for
        }
        return base::seconds(client.scheduler.elapsed() - begin);
    }

    Client client;
    venue::Credentials credentials{"run", 900s, client.clock};
    std::unique_ptr<venue::MarketModel> market;
    std::map<const ServerSocket*, std::unique_ptr<venue::FeedSession>> sessions;
    std::vector<market::InstrumentIndex> visible, rest;
    std::vector<std::pair<base::Nanos, std::size_t>> changes;
    qsizetype largestFrame = 0;
};

} // namespace

class ClientLargeChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { writeOnce(); }
    void visibleStreamAtOnceAndTheRestWithinTheLimits();
    void reconnectInTheMiddleStartsWithTheVisible();

private:
    void writeOnce()
    {
        if (m_folder.isValid() && QDir(m_folder.path()).isEmpty())
            tests::writeLargeListing(m_folder.path().toStdString());
    }
    QTemporaryDir m_folder;
};

void ClientLargeChainTest::visibleStreamAtOnceAndTheRestWithinTheLimits()
{
    LargeChain chain(m_folder.path().toStdString());
    QCOMPARE(chain.visible.size(), std::size_t{2 * tests::largeStrikes});
    QCOMPARE(chain.rest.size() + chain.visible.size(), std::size_t{tests::largeContracts});
    QVERIFY(chain.client.connect());
    chain.client.side->feed().setWanted(chain.wanted());
    const double untilVisible = chain.secondsUntilStreaming(chain.visible, 60s);
    QVERIFY2(untilVisible <= 1, std::to_string(untilVisible).c_str());
    const double untilAll = untilVisible + chain.secondsUntilStreaming(chain.rest, 300s);
    // 8,000 of the chain in each minute: the rest of the broker's 10,000 is kept for what is looked at next.
    QVERIFY2(untilAll > 100 && untilAll < 130, std::to_string(untilAll).c_str());
    qInfo("%d contracts: visible ones stream after %.1f s, all after %.1f s", tests::largeContracts, untilVisible,
          untilAll);

    const CounterValues counters = chain.client.counters.values();
    QCOMPARE(counters.reconnects, 0U);
    QCOMPARE(counters.quarantined, 0U);
    QCOMPARE(counters.gaps, 0U);
    QCOMPARE(counters.leftOut, 0U);
    QCOMPARE(counters.subscriptions, 22'000U + 3 * chain.visible.size()); // with trades, Greeks and summaries of those
    QVERIFY(counters.subscriptions <= 25'000);
    QVERIFY2(chain.mostInAMinute() <= 10'000, std::to_string(chain.mostInAMinute()).c_str());
    QVERIFY2(chain.largestFrame < 64 << 10, std::to_string(chain.largestFrame).c_str());
}

void ClientLargeChainTest::reconnectInTheMiddleStartsWithTheVisible()
{
    LargeChain chain(m_folder.path().toStdString());
    QVERIFY(chain.client.connect());
    chain.client.side->feed().setWanted(chain.wanted());
    chain.secondsUntilStreaming(chain.visible, 60s);
    const auto lost = std::ranges::find_if(chain.client.transport.sockets, [](const auto& socket) {
        return socket->url.path() == QLatin1String("/dxlink");
    });
    const base::Instant before = chain.client.clock.now();
    chain.client.advance(10s);
    chain.client.transport.closeByServer(*lost, "closed (1009)");
    QVERIFY(chain.client.until([&] { return chain.client.feedState == market::FeedState::Live; }));
    chain.client.advance(1s);
    for (const market::InstrumentIndex index : chain.visible)
        QVERIFY(chain.client.book.quote(index).time >= before + 10s);
    const double untilAll = chain.secondsUntilStreaming(chain.rest, 300s);
    QVERIFY2(untilAll < 240, std::to_string(untilAll).c_str()); // the changes of before count against the minute
    QCOMPARE(chain.client.counters.values().reconnects, 1U);
    QVERIFY2(chain.mostInAMinute() <= 10'000, std::to_string(chain.mostInAMinute()).c_str());
}

QTEST_GUILESS_MAIN(ClientLargeChainTest)
#include "client_large_chain.moc"
