#include "faults/scenario.h"

#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::faults;
using execution::OrderStatus;

/// The program dies after each single event of an order's life, from its submission to the news of its last fill, with all
/// that may or may not have reached the disk then.
class FaultCrashesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void atEveryPoint_data();
    void atEveryPoint();
};

namespace
{

enum class Reached { Nothing, Half, All };

/// What had happened by the time of the crash, in the order of an order's way.
struct Point {
    bool isIntentOnDisk = false, isSent = false, isAccepted = false, isAnswered = false, isFilled = false,
         isFillKnown = false;
    auto operator<=>(const Point&) const = default;
};

Point pointOf(World& world, const std::string& id)
{
    const tastytrade::wire::Order* const there = world.atBroker(id);
    const bool isSent = std::ranges::count(world.transport.requests, Route::Place, routeOf) > 0;
    return {world.disk.holds("order.intent", id),
            isSent,
            there != nullptr,
            !world.order(id).brokerId.empty(),
            there && there->state == tastytrade::wire::OrderState::Filled,
            !world.order(id).fills.empty()};
}

/// Runs the order for `events` events and no further. False when its life was over before.
bool liveOn(World& world, const std::string& id, int events)
{
    for (int i = 0; i < events; ++i) {
        const bool isOver = execution::isTerminal(world.status(id)) && world.client->journal().waiting() == 0;
        if (isOver || !world.scheduler.runNext(world.scheduler.elapsed() + 60s))
            return false;
    }
    return true;
}

} // namespace

void FaultCrashesTest::atEveryPoint_data()
{
    QTest::addColumn<Reached>("reached");
    QTest::addColumn<bool>("isTorn");
    QTest::newRow("nothing of what waits is on disk") << Reached::Nothing << false;
    QTest::newRow("the first of it is torn") << Reached::Nothing << true;
    QTest::newRow("half of it is") << Reached::Half << false;
    QTest::newRow("half of it, and the next is torn") << Reached::Half << true;
    QTest::newRow("all of it is") << Reached::All << false;
}

void FaultCrashesTest::atEveryPoint()
{
    QFETCH(Reached, reached);
    QFETCH(bool, isTorn);
    std::set<Point> points;
    bool goesOn = true;
    for (int events = 0; goesOn && events < 2000; ++events) {
        const std::string wrong = runSeeds("crash after event " + std::to_string(events), 1, [&](World& world) {
            if (!world.connect())
                return;
            world.market.sizes[World::shortPut()] = 1;
            const std::string id = world.open(2);
            if (!world.expectSent(id))
                return;
            goesOn = liveOn(world, id, events);
            points.insert(pointOf(world, id));
            const std::size_t waiting = world.client->journal().waiting();
            world.crash(reached == Reached::Nothing ? 0 : reached == Reached::Half ? waiting / 2 : waiting, isTorn);
            world.pass(700ms);
            world.start();
            const execution::Order* const found = world.loop().orders().find(id);
            // Shown at once: as what it was, or as not known.
            if (world.disk.holds("order.intent", id))
                world.expect(found && found->status != OrderStatus::Intent && found->status != OrderStatus::Sent,
                             "known after the start");
            world.calmDown();
            world.expect(world.placedAtBroker() <= 1, "at most one order");
            if (const auto* const there = world.atBroker(id); there && !world.isBroken())
                world.expect(world.status(id) == OrderStatus::Filled, "found, with its fills");
        });
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    // intent, fsync, send, accept, answer, fill, news of it
    QVERIFY2(points.size() >= 7, qPrintable(QStringLiteral("only %1 points").arg(points.size())));
}

QTEST_GUILESS_MAIN(FaultCrashesTest)
#include "crashes_test.moc"
