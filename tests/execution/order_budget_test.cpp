#include "execution/order_budget.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using namespace std::chrono_literals;
using testing::OrderRig;

class OrderBudgetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void aMinutesWorthIsThereAndComesBackOverAMinute()
    {
        const base::Instant start = base::fromUnixMillis(1'795'185'528'049);
        OrderBudget budget(60, 1min);
        QCOMPARE(budget.left(start), 60);
        for (int i = 0; i < 60; ++i) {
            QVERIFY(budget.waitAt(start) == 0ns);
            budget.take(start);
        }
        QCOMPARE(budget.left(start), 0);
        QVERIFY(budget.waitAt(start) == 1s);
        QVERIFY(budget.waitAt(start + 400ms) == 600ms);
        budget.take(start); // waits, and the next one behind it
        QVERIFY(budget.waitAt(start) == 2s);
        QCOMPARE(budget.left(start + 10s), 9);
        QCOMPARE(budget.left(start + 1h), 60);
    }

    void aClockThatIsSetBackChangesNothing()
    {
        const base::Instant start = base::fromUnixMillis(1'795'185'528'049);
        OrderBudget budget(2, 1min);
        budget.take(start);
        QCOMPARE(budget.left(start - 1h), 1);
        budget.take(start - 1h);
        QVERIFY(budget.waitAt(start - 1h) == 30s); // as long as it would be
    }

    void countsAreWithinTheirBounds()
    {
        const base::Instant start = base::fromUnixMillis(1'795'185'528'049);
        QCOMPARE(OrderBudget(0, 1min).perMinute(), 1);
        OrderBudget budget(601, 1min);
        QCOMPARE(budget.perMinute(), 600);
        budget.setPerMinute(5, start);
        QCOMPARE(budget.left(start), 5); // no more than the new count is kept
        budget.setPerMinute(60, start);
        QCOMPARE(budget.left(start), 5); // and none is given
    }

    void whatWouldWaitTooLongIsRefusedAndNothingIsJournalled()
    {
        OrderRig rig;
        rig.manager->setOrdersPerMinute(6); // one in ten seconds, an approval lives for five
        for (int i = 0; i < 6; ++i)
            rig.submit();
        QCOMPARE(rig.manager->ordersLeft(), 0);
        const std::size_t records = rig.journal.durable().size();
        const auto refused = rig.manager->submit(rig.approval());
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::Refused);
        QVERIFY2(refused.error().message().find(
                     "at most 6 orders a minute are sent, and the next one may go in 10.0 s") != std::string::npos,
                 refused.error().message().c_str());
        QCOMPARE(rig.journal.durable().size(), records);
        QCOMPARE(rig.broker.book.size(), std::size_t{6});
        rig.clock.advance(6s);
        QVERIFY(rig.manager->submit(rig.approval())); // four more seconds are within its approval's life
    }

    void anOrderWaitsForItsTurn()
    {
        OrderRig rig;
        rig.manager->setOrdersPerMinute(30); // one in two seconds
        for (int i = 0; i < 30; ++i)
            rig.submit();
        const std::string first = rig.submit(), second = rig.submit();
        QCOMPARE(rig.status(first), OrderStatus::Intent);
        QVERIFY(rig.journal.holds("order.intent", first));
        QCOMPARE(rig.broker.book.size(), std::size_t{30});
        QVERIFY(!rig.manager->submit(rig.approval())); // six seconds
        rig.pass(1);
        QCOMPARE(rig.status(first), OrderStatus::Intent);
        rig.pass(1);
        QCOMPARE(rig.status(first), OrderStatus::Working);
        QCOMPARE(rig.status(second), OrderStatus::Intent);
        rig.pass(2);
        QCOMPARE(rig.status(second), OrderStatus::Working);
        QVERIFY(rig.broker.broken.empty());
    }

    /// Nobody knows how old its approval is, and the orders after it must not wait for the clock to catch up.
    void aClockThatIsSetBackEndsTheWait()
    {
        OrderRig rig;
        rig.manager->setOrdersPerMinute(30); // one in two seconds
        for (int i = 0; i < 30; ++i)
            rig.submit();
        const std::string waits = rig.submit();
        rig.journal.isImmediate = false;
        const std::string onItsWay = rig.submit();
        rig.manager->poll();
        rig.clock.advance(-1h);
        rig.manager->poll();
        while (rig.journal.hasPending())
            rig.journal.flushOne();
        rig.journal.isImmediate = true;
        for (const std::string& id : {waits, onItsWay}) {
            QCOMPARE(rig.status(id), OrderStatus::NotPlaced);
            QVERIFY(rig.order(id).reason.find("clock") != std::string::npos);
        }
        rig.pass(10);
        QCOMPARE(rig.manager->ordersLeft(), 3); // two were missing, and five came
        rig.clock.advance(1h);
        rig.pass(1);
        QCOMPARE(rig.broker.book.size(), std::size_t{30});
    }

    void aRestartWithAClockThatWasSetBackFillsTheBucketToo()
    {
        OrderRig rig;
        for (int i = 0; i < 60; ++i)
            rig.submit();
        rig.crash();
        rig.clock.advance(-1h);
        rig.start();
        rig.clock.advance(30s);
        QCOMPARE(rig.manager->ordersLeft(), 30);
    }

    void cancelsDoNotCountAndDoNotWait()
    {
        OrderRig rig;
        rig.manager->setOrdersPerMinute(30);
        std::vector<std::string> ids;
        for (int i = 0; i < 30; ++i)
            ids.push_back(rig.work());
        const std::string waiting = rig.submit();
        QVERIFY(rig.manager->cancel(waiting)); // it never leaves
        QCOMPARE(rig.status(waiting), OrderStatus::NotPlaced);
        for (const std::string& id : ids)
            QVERIFY(rig.manager->cancel(id));
        QCOMPARE(rig.broker.cancelCalls.size(), std::size_t{30}); // at once
        rig.pass(5);
        QCOMPARE(rig.broker.book.size(), std::size_t{30});
    }

    void aCloseOfAPersonCountsAndDoesNotWait()
    {
        OrderRig rig;
        rig.market.hold("SPY", 10);
        rig.manager->setOrdersPerMinute(2);
        rig.submit();
        rig.submit();
        QVERIFY(!rig.manager->submit(rig.approval()));
        portfolio::OrderIntent close =
            rig.market.order("SPY", {testing::MarketRig::leg("SPY", portfolio::Action::SellToClose, 4)});
        const auto sent = rig.manager->submit(rig.approvalOf(close));
        QVERIFY(sent);
        QVERIFY(rig.status(*sent) == OrderStatus::Sent);
        QVERIFY(rig.manager->orderWait() == 60s); // it took the place of the next one
        close.origin = "strategy:iron_condor";
        QVERIFY(!rig.manager->submit(rig.approvalOf(close)));
    }

    void replacementsCount()
    {
        OrderRig rig;
        rig.manager->setOrdersPerMinute(2);
        const std::string id = rig.work();
        rig.replace(id);
        QCOMPARE(rig.manager->ordersLeft(), 0);
        QVERIFY(!rig.manager->submit(rig.approval()));
    }

    void aRestartDoesNotFillTheBucket()
    {
        OrderRig rig;
        for (int i = 0; i < 50; ++i)
            rig.submit();
        rig.crash();
        rig.start();
        QCOMPARE(rig.manager->ordersLeft(), 10);
        rig.clock.advance(30s);
        QCOMPARE(rig.manager->ordersLeft(), 40);
    }
};

QTEST_APPLESS_MAIN(OrderBudgetTest)
#include "order_budget_test.moc"
