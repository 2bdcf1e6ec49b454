#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::MarketRig;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

class OrderCancelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void cancelsAndTakesALateFill()
    {
        OrderRig rig;
        const std::string id = rig.submit(2);
        rig.broker.deliverAll();
        const std::string brokerId = rig.order(id).brokerId;
        QVERIFY(rig.manager->cancel(id));
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::CancelRequested);
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{1}); // it may still fill
        rig.broker.finish(brokerId, OrderStatus::Cancelled);
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Cancelled);
        rig.broker.fillLate(brokerId);
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Cancelled);
        QCOMPARE(rig.notes.fills.size(), std::size_t{2});
        rig.broker.fillLate(brokerId); // and it turns out to have filled whole
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Filled);
    }

    void oldNewsDoNotReviveWhatIsOver()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        const std::string brokerId = rig.order(id).brokerId;
        const BrokerOrder working = rig.reportOf(brokerId);
        rig.broker.finish(brokerId, OrderStatus::Cancelled);
        rig.broker.deliverAll();
        rig.manager->brokerReported(working);
        QVERIFY(rig.status(id) == OrderStatus::Cancelled);
        QVERIFY(rig.manager->workingIntents().empty());
    }

    void cancelsWhatHasNoNameYet()
    {
        OrderRig rig;
        rig.broker.dropReports();
        rig.broker.nextPlace = Fate::AnswerLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QVERIFY(rig.manager->cancel(id));
        QVERIFY(rig.broker.cancelCalls.empty());
        rig.pass(3);
        QCOMPARE(rig.broker.cancelCalls.size(), std::size_t{1});
        QVERIFY(rig.status(id) == OrderStatus::CancelRequested);
    }

    void withdrawsWhatWasNotSentYet()
    {
        OrderRig rig;
        rig.journal.isImmediate = false;
        const std::string id = rig.submit();
        QVERIFY(rig.manager->cancel(id));
        while (rig.journal.hasPending())
            rig.journal.flushOne();
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        QVERIFY(rig.broker.book.empty());
    }

    void aLostCancelIsTriedAgain()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.nextCancel = Fate::RequestLost;
        QVERIFY(rig.manager->cancel(id));
        rig.pass(10);
        QVERIFY(rig.broker.cancelCalls.begin()->second >= 3);
        rig.broker.nextCancel = Fate::Accepted;
        rig.pass(4);
        rig.broker.finish(rig.order(id).brokerId, OrderStatus::Cancelled);
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Cancelled);
    }

    void aDeclinedCancelLeavesItWorking()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.nextCancel = Fate::Refused;
        QVERIFY(rig.manager->cancel(id));
        rig.pass(30);
        QVERIFY(rig.status(id) == OrderStatus::Working);
        QVERIFY(rig.order(id).reason.find("would not cancel") != std::string::npos);
        QCOMPARE(rig.broker.cancelCalls.begin()->second, 5);
    }

    void newsFromBeforeTheCancelDoNotUndoIt()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        const BrokerOrder before = rig.reportOf(rig.order(id).brokerId);
        QVERIFY(rig.manager->cancel(id));
        rig.manager->brokerReported(before);
        QVERIFY(rig.status(id) == OrderStatus::CancelRequested);
        rig.broker.deliverAll();
        rig.manager->brokerReported(before);
        QVERIFY(rig.status(id) == OrderStatus::CancelRequested);
        BrokerOrder after = rig.reportOf(rig.order(id).brokerId);
        after.status = OrderStatus::Working; // the exchange did not let it go
        after.updatedAt += std::chrono::seconds(1);
        rig.manager->brokerReported(after);
        QVERIFY(rig.status(id) == OrderStatus::Working);
    }

    /// It says nothing of the order: the cancel is tried until the login works again.
    void aLoginThatHasRunOutDoesNotEndACancel()
    {
        OrderRig rig;
        const std::string id = rig.work();
        rig.broker.nextCancel = Fate::Refused;
        rig.broker.cancelRefusal = base::ErrorKind::Unauthorized;
        QVERIFY(rig.manager->cancel(id));
        rig.pass(40);
        QCOMPARE(rig.status(id), OrderStatus::CancelRequested);
        QVERIFY(rig.broker.cancelCalls[rig.order(id).brokerId] > 8);
        rig.broker.nextCancel = Fate::Accepted;
        rig.pass(5);
        rig.broker.finish(rig.order(id).brokerId, OrderStatus::Cancelled);
        rig.broker.deliverAll();
        QCOMPARE(rig.status(id), OrderStatus::Cancelled);
    }

    void cancellingWhatIsOverIsRefused()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::Refused;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        QVERIFY(rig.manager->cancel(id).error().kind == base::ErrorKind::Refused);
        QVERIFY(rig.manager->cancel("nobody").error().kind == base::ErrorKind::NotFound);
    }

    void cancelAllKeepsAtItUntilNothingWorks()
    {
        OrderRig rig;
        const std::string a = rig.submit();
        const std::string b = rig.submit(2);
        rig.broker.deliverAll();
        rig.broker.accept(rig.spread(3), ""); // from the phone, and nobody told us
        rig.broker.forgetClient();
        rig.broker.nextCancel = Fate::RequestLost;
        bool isFinished = false;
        rig.manager->cancelAll([&] { isFinished = true; });
        QVERIFY(rig.manager->isCancellingAll());
        QVERIFY(!rig.manager->submit(rig.approval()));
        rig.pass(10);
        QVERIFY(!isFinished);
        rig.broker.nextCancel = Fate::Accepted;
        rig.pass(5);
        QVERIFY(!isFinished); // requested is not cancelled
        for (const auto& [brokerId, order] : rig.broker.book)
            rig.broker.finish(brokerId, OrderStatus::Cancelled);
        rig.pass(6);
        QVERIFY(isFinished);
        QVERIFY(!rig.manager->isCancellingAll());
        QCOMPARE(rig.broker.cancelCalls.size(), std::size_t{3});
        QVERIFY(rig.status(a) == OrderStatus::Cancelled && rig.status(b) == OrderStatus::Cancelled);
        QVERIFY(rig.manager->submit(rig.approval()));
    }

    void aPersonClosesWhileAnOrderWillNotCancel()
    {
        OrderRig rig;
        const std::string stubborn = rig.submit();
        rig.broker.deliverAll();
        rig.broker.nextCancel = Fate::Refused;
        bool isFinished = false;
        rig.manager->cancelAll([&] { isFinished = true; });
        rig.pass(20);
        QVERIFY(!isFinished && rig.manager->isCancellingAll());

        rig.market.hold(MarketRig::symbolOf("SPY", base::makeDate(2026, 12, 18), market::Right::Call, 600), 2);
        portfolio::OrderIntent close = rig.market.order(
            "SPY", {MarketRig::leg(rig.market.positions.front().symbol, portfolio::Action::SellToClose, 2)});
        close.origin = "strategy:straddle";
        QVERIFY(!rig.manager->submit(rig.approvalOf(close))); // a strategy waits
        close.origin = "close";
        const auto sent = rig.manager->submit(rig.approvalOf(close));
        QVERIFY(sent);
        rig.pass(20);
        QVERIFY(rig.status(*sent) == OrderStatus::Working); // what cancels everything leaves it alone

        rig.broker.nextCancel = Fate::Accepted;
        rig.pass(5);
        rig.broker.finish(rig.order(stubborn).brokerId, OrderStatus::Cancelled);
        rig.pass(10);
        QVERIFY(isFinished); // which the close, still working, does not hold up
        QVERIFY(rig.status(*sent) == OrderStatus::Working);
        rig.manager->cancelAll(); // stopped once more: now it is one of them
        QVERIFY(rig.status(*sent) == OrderStatus::CancelRequested);
    }
};

QTEST_APPLESS_MAIN(OrderCancelTest)
#include "order_cancel_test.moc"
