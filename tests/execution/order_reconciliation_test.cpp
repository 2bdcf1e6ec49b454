#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

class OrderReconciliationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void absenceNeedsTwoSnapshotsTenSecondsApart()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::RequestLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.pass(3);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QVERIFY(rig.order(id).reason.find("asked once more") != std::string::npos); // the user sees each step
        rig.pass(7); // the first snapshot was at one second
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        rig.pass(1);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        QVERIFY(rig.broker.book.empty());
        QVERIFY(rig.manager->workingIntents().empty());
    }

    void aFailedSnapshotProvesNothing()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::RequestLost;
        rig.broker.nextSnapshot = Fate::RequestLost;
        const std::string id = rig.submit();
        rig.pass(60);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        rig.broker.nextSnapshot = Fate::Accepted;
        rig.pass(25);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
    }

    /// Or nothing would fall due until the clock has caught up.
    void aClockThatIsSetBackDoesNotStopTheAsking()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        rig.broker.nextPlace = Fate::NeverAnswered;
        rig.broker.dropReports();
        const std::string unanswered = rig.submit();
        rig.broker.nextPlace = Fate::Accepted;
        const std::string working = rig.submit(2);
        rig.pass(3);
        rig.broker.nextCancel = Fate::RequestLost;
        QVERIFY(rig.manager->cancel(working));
        rig.clock.advance(-std::chrono::hours(1));
        rig.pass(5);
        QCOMPARE(rig.broker.cancelCalls[rig.order(working).brokerId], 2); // tried again
        rig.pass(30);
        QVERIFY(rig.status(unanswered) == OrderStatus::Working); // Unknown after a while, then found
        const int before = rig.broker.snapshotCalls;
        rig.pass(65);
        QVERIFY(rig.broker.snapshotCalls > before);
    }

    void aMarketThatStandsStillStopsNoWait()
    {
        OrderRig rig(false);
        rig.spanClock.emplace(rig.clock.now());
        rig.start();
        rig.manager->setOrdersPerMinute(2);
        rig.broker.nextPlace = Fate::NeverAnswered;
        rig.broker.dropReports();
        const std::string unanswered = rig.submit();
        rig.broker.nextPlace = Fate::Accepted;
        const std::string working = rig.submit(2);
        rig.broker.deliverAll();
        QCOMPARE(rig.manager->ordersLeft(), 0);
        rig.broker.nextCancel = Fate::RequestLost;
        QVERIFY(rig.manager->cancel(working));
        const int before = rig.broker.snapshotCalls;
        rig.passStopped(5);
        QCOMPARE(rig.broker.cancelCalls[rig.order(working).brokerId], 2); // tried again
        rig.passStopped(60);
        QVERIFY(rig.status(unanswered) == OrderStatus::Working); // Unknown after a while, then found
        QVERIFY(rig.broker.snapshotCalls > before + 1);
        QCOMPARE(rig.manager->ordersLeft(), 2);
        (void)rig.submit(3);                                      // an approval of now is not too old
        QVERIFY(rig.order(working).updatedAt == rig.clock.now()); // stamps are the market's
    }

    void aMarketThatIsSetAheadProvesNothing()
    {
        OrderRig rig(false);
        rig.spanClock.emplace(rig.clock.now() - std::chrono::hours(1)); // the two never meet
        rig.start();
        rig.broker.nextPlace = Fate::RequestLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.passStopped(3);
        QVERIFY(rig.order(id).reason.find("asked once more") != std::string::npos);
        rig.clock.advance(std::chrono::minutes(15));
        rig.manager->reconcile();
        rig.broker.deliverAll();
        rig.passStopped(7);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        rig.passStopped(4);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
    }

    /// The account's stream may be down for long while its lists can be had.
    void ordersAreAskedForWithoutAStream()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        rig.broker.nextPlace = Fate::RequestLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.manager->connectionChanged(ConnectionState::Disconnected);
        rig.pass(135);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        const int before = rig.broker.snapshotCalls;
        rig.pass(180);
        QCOMPARE(rig.broker.snapshotCalls, before); // nothing may come of anything: nobody is asked in vain
    }

    void aSnapshotAskedForBeforeTheDoubtProvesNothing()
    {
        OrderRig rig;
        rig.broker.dropReports();
        rig.manager->reconcile(); // its list is made before the order exists
        rig.broker.nextPlace = Fate::NeverAnswered;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.clock.advance(std::chrono::seconds(31));
        rig.manager->poll();
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QVERIFY(rig.order(id).reason.find("in time") != std::string::npos);
        rig.pass(3);
        QVERIFY(rig.status(id) == OrderStatus::Working);
    }

    /// A notice that lacks our id comes before the answer that says whose order it is.
    void anOrderThatMayBeOursIsNobodysYet()
    {
        OrderRig rig;
        rig.broker.dropReports();
        const std::string id = rig.submit();
        BrokerOrder report = rig.broker.book.begin()->second;
        report.externalId.clear();
        rig.manager->brokerReported(report);
        report.intent.legs.clear(); // nor can its legs be read
        rig.manager->brokerReported(report);
        BrokerOrder other = rig.broker.accept(rig.spread(2), {});
        rig.manager->brokerReported(other); // by phone, and something else
        QCOMPARE(rig.manager->orders().size(), std::size_t{2});
        rig.broker.deliverAll(); // the answer
        QCOMPARE(rig.order(id).brokerId, report.brokerId);
        rig.manager->brokerReported(report);
        QCOMPARE(rig.manager->orders().size(), std::size_t{2});
        other = rig.broker.accept(rig.spread(), {}); // the same by phone, while nothing is under way
        rig.manager->brokerReported(other);
        QCOMPARE(rig.manager->orders().size(), std::size_t{3});
    }

    void anOrderThatArrivesAfterAllIsTaken()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::RequestLate;
        const std::string id = rig.submit();
        rig.pass(20);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        rig.broker.arriveLate();
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Working);
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::LateOrder);
    }

    /// Polls and snapshots walk what is not over; an order that was, and works after all, is among it again.
    void whatComesBackIsFollowedAgain()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::RequestLate;
        const std::string id = rig.submit();
        rig.pass(30);
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        QVERIFY(rig.manager->workingIntents().empty());
        rig.broker.arriveLate();
        rig.broker.deliverAll();
        rig.pass(5);
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{1});
        rig.broker.book.clear();
        rig.pass(90);
        QVERIFY(rig.status(id) == OrderStatus::Unknown); // two snapshots looked for it
    }

    void anOrderOfAnEarlierDayCannotBeProvenAbsent()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::RequestLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.clock.advance(std::chrono::hours(24));
        rig.pass(15);
        QVERIFY(rig.status(id) == OrderStatus::Expired); // it no longer works; that it never traded nobody can say
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::OrderVanished);
    }

    void aVanishedOrderIsShown()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.book.clear(); // the nightly reset of a sandbox
        rig.pass(90);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QCOMPARE(rig.manager->differences().size(), std::size_t{1});
        QVERIFY(rig.manager->differences().front().kind == Difference::Kind::OrderVanished);
        QVERIFY(rig.manager->acknowledge(Difference::Kind::OrderVanished, id));
        QVERIFY(rig.manager->differences().empty());
    }

    void ordersFromElsewhereAreKeptAndMarked()
    {
        OrderRig rig;
        rig.broker.accept(rig.spread(2), "somebody-else-1");
        rig.broker.forgetClient();
        rig.manager->connectionChanged(ConnectionState::Connected);
        rig.broker.deliverAll();
        QCOMPARE(rig.manager->orders().size(), std::size_t{1});
        const Order& order = *rig.manager->orders().front();
        QVERIFY(order.isExternal);
        QVERIFY(order.status == OrderStatus::Working);
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{1});
        rig.broker.fill(order.brokerId, 1);
        rig.broker.deliverAll();
        QVERIFY(order.status == OrderStatus::PartiallyFilled);
        QVERIFY(rig.manager->cancel(order.externalId));
        QVERIFY(rig.notes.differences.empty());
    }

    void twoOrdersUnderOneIdAreShown()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.accept(rig.spread(), id); // the id is echoed, not checked
        rig.broker.deliverAll();
        QCOMPARE(rig.manager->orders().size(), std::size_t{2});
        QVERIFY(rig.manager->orders().back()->isExternal);
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::DuplicateOrder);
    }

    void anIdThatTheJournalDoesNotKnowIsShown()
    {
        OrderRig rig;
        rig.broker.accept(rig.spread(), "venue-5WX00042-abc-00007");
        rig.broker.deliverAll();
        QVERIFY(rig.manager->orders().front()->isExternal);
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::OrderNotJournalled);
    }

    void aPositionThatDiffersForTenSecondsIsShown()
    {
        OrderRig rig;
        rig.broker.held = {{"SPY", 100}};
        rig.agreeOnPositions();
        QVERIFY(rig.manager->expectedPositions() == std::optional(Quantities{{"SPY", 100}}));
        rig.broker.held["SPY"] = 60; // sold by somebody else, in an order we did not see
        rig.manager->reconcile();
        rig.broker.deliverAll();
        QVERIFY(rig.manager->differences().empty());
        rig.pass(12);
        QCOMPARE(rig.manager->differences().size(), std::size_t{1});
        const Difference shown = rig.manager->differences().front();
        QCOMPARE(shown.sentence, std::string("SPY: the broker holds 60, our fills add up to 100."));
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"SPY"});
        QVERIFY(rig.broker.book.empty()); // shown, never traded away
        QVERIFY(rig.manager->acknowledge(Difference::Kind::Position, "SPY"));
        QVERIFY(rig.manager->frozenUnderlyings().empty());
        rig.pass(120);
        QVERIFY(rig.manager->differences().empty());
    }

    void aPositionThatLagsIsNoDifference()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.fill(rig.order(id).brokerId, 1);
        const auto booked = std::exchange(rig.broker.held, {}); // the fill is told, the position is not booked yet
        rig.broker.deliverAll();
        rig.manager->reconcile();
        rig.broker.deliverAll();
        rig.broker.held = booked;
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
    }

    /// Bought, sold and bought again, and the broker's books were late for both: two short differences are not one that stays.
    void aLagThatComesAgainIsNoDifference()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const portfolio::OrderIntent opening = rig.spread();
        portfolio::OrderIntent closing = opening;
        for (portfolio::OrderLeg& leg : closing.legs)
            leg.action = leg.action == portfolio::Action::SellToOpen ? portfolio::Action::BuyToClose
                                                                     : portfolio::Action::SellToClose;
        closing.effect = portfolio::PriceEffect::Debit;
        // Filled and told, but not booked yet; what will be.
        const auto trade = [&rig](const portfolio::OrderIntent& intent) {
            const std::string id = rig.manager->submit(rig.approvalOf(intent)).value();
            rig.broker.deliverAll();
            const auto before = rig.broker.held;
            rig.broker.fill(rig.order(id).brokerId, 1);
            const auto after = std::exchange(rig.broker.held, before);
            rig.broker.deliverAll();
            return after;
        };
        const auto compare = [&rig] {
            rig.manager->reconcile();
            rig.broker.deliverAll();
        };
        const auto booked = trade(opening);
        compare();
        rig.broker.held = booked;
        for (const auto& [symbol, quantity] : booked)
            rig.market.hold(symbol, quantity);
        rig.broker.held = trade(closing);
        QVERIFY(rig.broker.held.empty());
        const auto again = trade(opening);
        rig.clock.advance(std::chrono::seconds(30));
        compare();
        QVERIFY(rig.notes.differences.empty());
        rig.broker.held = again;
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
    }

    void aFillDuringTheFirstSnapshotIsNotCountedTwice()
    {
        OrderRig rig;
        rig.broker.dropReports();
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.manager->reconcile();
        rig.broker.fill(rig.order(id).brokerId, 1); // after the list of orders, before the positions
        rig.broker.deliverAll();
        QVERIFY(!rig.manager->expectedPositions());
        rig.pass(90);
        QCOMPARE(rig.notes.fills.size(), std::size_t{2});
        QVERIFY(rig.manager->expectedPositions() ==
                std::optional(Quantities(rig.broker.held.begin(), rig.broker.held.end())));
        QVERIFY(rig.notes.differences.empty());
    }

    void aFillBetweenTheTwoAnswersAsksAgain()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        base::Result<std::vector<Difference>> result;
        rig.manager->reconcile([&](base::Result<std::vector<Difference>> open) { result = std::move(open); });
        rig.broker.deliver(); // the orders; the positions are asked for
        rig.broker.fill(rig.order(id).brokerId, 1);
        rig.broker.deliver(1); // the fill, and then positions from before it
        rig.broker.deliverAll();
        QVERIFY(result && result->empty());
        const int calls = rig.broker.snapshotCalls;
        rig.pass(3);
        QVERIFY(rig.broker.snapshotCalls > calls);
        rig.pass(30);
        QVERIFY(rig.notes.differences.empty());
    }

    void reconcilesByItself()
    {
        OrderRig rig;
        rig.pass(200);
        QVERIFY2(rig.broker.snapshotCalls >= 3 && rig.broker.snapshotCalls <= 5,
                 qPrintable(QString::number(rig.broker.snapshotCalls)));
        const int calls = rig.broker.snapshotCalls;
        rig.manager->connectionChanged(ConnectionState::Disconnected);
        rig.pass(200);
        QCOMPARE(rig.broker.snapshotCalls, calls);
        rig.manager->connectionChanged(ConnectionState::Connected);
        QCOMPARE(rig.broker.snapshotCalls, calls + 1);
    }

    void aSnapshotThatNeverComesIsGivenUp()
    {
        OrderRig rig;
        base::Result<std::vector<Difference>> result;
        rig.manager->reconcile([&](base::Result<std::vector<Difference>> open) { result = std::move(open); });
        rig.broker.forgetClient();
        rig.pass(32);
        QVERIFY(!result);
        QVERIFY(result.error().kind == base::ErrorKind::Timeout);
    }
};

QTEST_APPLESS_MAIN(OrderReconciliationTest)
#include "order_reconciliation_test.moc"
