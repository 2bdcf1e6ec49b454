#include "faults/scenario.h"

#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::faults;
using execution::OrderStatus;

class FaultsOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answerIsLostAfterAcceptance();
};

void FaultsOrdersTest::answerIsLostAfterAcceptance()
{
    const std::string wrong = runSeeds("lost answer", 20, [](World& world) {
        if (!world.connect())
            return;
        world.plan.next(Route::Place, Fate::LostAnswer);
        const std::string id = world.open();
        if (!world.expectSent(id))
            return;
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
        world.calmDown();
        world.expect(world.placedAtBroker() == 1, "one order");
    });
    QVERIFY2(wrong.empty(), wrong.c_str());
}

QTEST_GUILESS_MAIN(FaultsOrdersTest)
#include "orders_test.moc"
