#include "faults/scenario.h"

#include "tastytrade/wire/account_streamer.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <numeric>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::faults;
using execution::OrderStatus;

/// Up to six events of one order, in every order in which they could arrive: 720 of them.
class FaultInterleavingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofAnOrder();
    void ofACancel();
};

namespace
{

constexpr std::size_t eventCount = 6;
constexpr base::Nanos slot = 20ms;

using Permutation = std::array<std::size_t, eventCount>;

std::vector<Permutation> permutations()
{
    Permutation one;
    std::iota(one.begin(), one.end(), std::size_t{0});
    std::vector<Permutation> all;
    do {
        all.push_back(one);
    } while (std::ranges::next_permutation(one).found);
    return all;
}

/// Holds back what the stream says of orders, to say it later in another order.
class HeldNotices
{
public:
    explicit HeldNotices(World& world) : m_world(world)
    {
        world.plan.account.change = [this](const QByteArray& text) {
            if (!text.contains("\"type\":\"Order\""))
                return text;
            m_held.push_back(text);
            return QByteArray();
        };
    }
    ~HeldNotices() { m_world.plan.account.change = {}; }

    std::size_t count() const { return m_held.size(); }
    void forget() { m_held.clear(); }
    void repeat(std::size_t which) { m_held.push_back(m_held.at(which)); }
    /// Notice i comes after `after[i]`.
    void release(const std::vector<base::Nanos>& after)
    {
        const auto socket = std::ranges::find_if(m_world.transport.sockets, [](const auto& each) {
            return each->isOpen && each->url.path() != QLatin1String("/dxlink");
        });
        for (std::size_t i = 0; i < m_held.size(); ++i)
            m_world.transport.deliver(*socket, m_held[i], after.at(i));
        m_held.clear();
    }

private:
    World& m_world;
    std::vector<QByteArray> m_held;
};

/// The answer of a request of `route` comes when the notices do, in slot `which`.
base::Nanos slotOf(std::size_t which)
{
    return slot * static_cast<std::int64_t>(which + 1);
}

} // namespace

/// The answer, and the notices Routed, Live, one fill, two fills, Filled.
void FaultInterleavingsTest::ofAnOrder()
{
    const std::vector<Permutation> all = permutations();
    constexpr std::size_t worlds = 24;
    std::size_t played = 0;
    const std::string wrong = runSeeds("interleavings of an order", worlds, [&](World& world) {
        if (!world.connect())
            return;
        HeldNotices notices(world);
        for (const std::string& symbol : {World::shortPut(), World::longPut()})
            world.market.sizes[symbol] = 1;
        for (std::size_t i = (world.seed - 1) % worlds; i < all.size() && !world.isBroken(); i += worlds) {
            notices.forget();
            world.plan.next(Route::Place, Fate::Held);
            const std::string id = (i / worlds) % 2 == 0 ? world.open(3) : world.close(3);
            if (!world.expectSent(id))
                return;
            if (!world.expectSoon([&] { return notices.count() == eventCount - 1; }, "five notices", 10s))
                return;
            std::vector<base::Nanos> after;
            for (std::size_t event = 1; event < eventCount; ++event)
                after.push_back(slotOf(all[i][event]));
            notices.release(after);
            world.transport.releaseHeld(slotOf(all[i][0]));
            world.pass(slot * static_cast<std::int64_t>(eventCount + 2));
            world.expect(world.status(id) == OrderStatus::Filled, "filled");
            world.expect(world.order(id).fills.size() == 6, "each fill of each leg once");
            world.expect(world.heldAtBroker(World::shortPut()) == world.loop().ledger().quantity(World::shortPut()),
                         "and held");
            ++played;
            world.pass(5s); // the same order may come again
        }
        world.plan.account.change = {};
        world.calmDown();
    });
    QVERIFY2(wrong.empty(), wrong.c_str());
    QVERIFY(played >= all.size() || seedsToRun(worlds) < worlds); // the seeds share the orders out
}

/// A cancel that meets a fill: its answer, the fill, the request and its end as notices, each of the two last twice.
void FaultInterleavingsTest::ofACancel()
{
    const std::vector<Permutation> all = permutations();
    constexpr std::size_t worlds = 24;
    std::size_t played = 0;
    const std::string wrong = runSeeds("interleavings of a cancel", worlds, [&](World& world) {
        if (!world.connect())
            return;
        HeldNotices notices(world);
        for (std::size_t i = (world.seed - 1) % worlds; i < all.size() && !world.isBroken(); i += worlds) {
            world.market.sizes[World::shortPut()] = 1;
            const std::string id = world.openResting(2);
            if (!world.expectSent(id))
                return;
            if (!world.expectSoon([&] { return notices.count() == 2; }, "live", 10s))
                return;
            notices.release({1ms, 1ms}); // Routed and Live
            world.pass(1200ms);
            world.market.quotes[World::shortPut()] = {12.00, 12.04, 1, 1, {}};
            if (!world.expectSoon([&] { return notices.count() == 1; }, "one of two fills", 5s))
                return;
            world.market.quotes.clear(); // what comes before the exchange has heard of the cancel would fill
            world.plan.next(Route::Cancel, Fate::Held);
            world.expect(world.loop().cancel(id).has_value(), "a cancel is taken");
            if (!world.expectSoon([&] { return notices.count() == 3; }, "requested, cancelled", 5s))
                return;
            notices.repeat(1);
            notices.repeat(2);
            std::vector<base::Nanos> after;
            for (std::size_t event = 1; event < eventCount; ++event)
                after.push_back(slotOf(all[i][event]));
            notices.release(after);
            world.transport.releaseHeld(slotOf(all[i][0]));
            world.pass(slot * static_cast<std::int64_t>(eventCount + 2));
            world.expect(world.status(id) == OrderStatus::Cancelled, "cancelled");
            world.expect(world.order(id).fills.size() == 2, "with one fill of each leg");
            ++played;
            world.pass(1500ms); // and back, by phone, for the next one
            world.tradeElsewhere(world.spread(1, false, -0.10));
            world.expectSoon([&] { return world.heldAtBroker(World::shortPut()) == 0; }, "closed", 5s);
            world.pass(500ms);
            notices.release(std::vector<base::Nanos>(notices.count(), 1ms));
            world.pass(1s);
        }
        world.plan.account.change = {};
        world.calmDown();
    });
    QVERIFY2(wrong.empty(), wrong.c_str());
    QVERIFY(played >= all.size() || seedsToRun(worlds) < worlds); // the seeds share the orders out
}

QTEST_GUILESS_MAIN(FaultInterleavingsTest)
#include "interleavings_test.moc"
