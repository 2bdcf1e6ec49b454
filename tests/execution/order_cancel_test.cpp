#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

#include <bit>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::MarketRig;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

namespace
{

/// One contract of one leg.
void addFill(BrokerOrder& report, std::size_t leg)
{
    const portfolio::OrderLeg& filled = report.intent.legs[leg];
    report.fills.push_back({.fillId = std::to_string(report.fills.size() + 1),
                            .orderId = report.brokerId,
                            .symbol = filled.symbol,
                            .action = filled.action,
                            .quantity = 1,
                            .price = base::Decimal::fromInteger(1),
                            .at = report.receivedAt});
    report.updatedAt += base::Nanos(1);
}

} // namespace

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

    /// Two legs of up to three contracts fill one by one in every order there is, and the cancel comes at every step of it.
    void legsThatFillApartAreTold()
    {
        constexpr int lots = 3, steps = 2 * lots;
        for (unsigned path = 0; path < 1U << steps; ++path) {
            for (int cancelAt = 0; std::popcount(path) == lots && cancelAt <= steps; ++cancelAt) {
                OrderRig rig;
                const std::string id = rig.work(lots);
                BrokerOrder report = rig.reportOf(rig.order(id).brokerId);
                std::int64_t filled[2] = {0, 0};
                for (int step = 0; step < steps; ++step) {
                    if (step == cancelAt)
                        report.status = OrderStatus::Cancelled; // what fills after that was on its way
                    const std::size_t leg = path >> step & 1U;
                    ++filled[leg];
                    addFill(report, leg);
                    rig.manager->brokerReported(report);
                    const std::vector<std::string> uneven = rig.manager->unevenUnderlyings();
                    QCOMPARE(uneven,
                             filled[0] == filled[1] ? std::vector<std::string>{} : std::vector<std::string>{"SPY"});
                    QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{});
                    const portfolio::OrderIntent rest = rig.manager->remainder(id);
                    for (const portfolio::OrderLeg& left : rest.legs) // what the gate counts is what did not fill
                        QCOMPARE(left.quantity, lots - rig.order(id).filledQuantity(left.symbol));
                    const bool isOver = step >= cancelAt || step + 1 == steps;
                    QCOMPARE(rest.legs.empty(), isOver);
                }
                QVERIFY(rig.status(id) == OrderStatus::Filled);
                QVERIFY(rig.manager->differences().empty());
            }
        }
    }

    /// Filled on one leg only and cancelled: until it was looked at, or what is too much was traded away.
    void anUnevenOrderStaysUntilItIsSeenOrTradedAway()
    {
        for (const bool isSeen : {true, false}) {
            OrderRig rig;
            rig.agreeOnPositions();
            const std::string id = rig.work(2);
            BrokerOrder report = rig.reportOf(rig.order(id).brokerId);
            addFill(report, 0);
            rig.manager->brokerReported(report);
            report.status = OrderStatus::Cancelled;
            rig.manager->brokerReported(report);
            QCOMPARE(rig.manager->unevenUnderlyings(), std::vector<std::string>{"SPY"});
            QVERIFY(rig.notes.differences.back().sentence.find("1 of 2") != std::string::npos);
            if (isSeen) {
                QVERIFY(rig.manager->acknowledge(Difference::Kind::Legs, id));
                rig.manager->brokerReported(report);
                QVERIFY(rig.manager->unevenUnderlyings().empty());
                addFill(report, 0); // that is news
                rig.manager->brokerReported(report);
                QCOMPARE(rig.manager->unevenUnderlyings(), std::vector<std::string>{"SPY"});
                continue;
            }
            BrokerOrder phone = report;
            phone.brokerId = "777";
            phone.externalId.clear();
            phone.fills.clear();
            phone.intent.legs = {phone.intent.legs[0]};
            phone.intent.legs[0].action = portfolio::Action::BuyToClose;
            phone.intent.legs[0].quantity = 1;
            phone.status = OrderStatus::Filled;
            addFill(phone, 0);
            rig.manager->brokerReported(phone);
            QVERIFY(rig.manager->unevenUnderlyings().empty());
        }
    }

    /// What closed is gone, and the leg that it covered is still there: naked, and a person must hear of it.
    void aCloseThatLeavesALegBehindIsSaid_data()
    {
        QTest::addColumn<int>("ahead");
        QTest::newRow("the long leg has gone") << 1;
        QTest::newRow("the short leg has gone") << 0;
    }
    void aCloseThatLeavesALegBehindIsSaid()
    {
        QFETCH(int, ahead);
        const auto first = static_cast<std::size_t>(ahead);
        OrderRig rig;
        BrokerOrder close;
        close.brokerId = "777";
        close.intent = rig.spread(2);
        close.intent.legs[0].action = portfolio::Action::BuyToClose;
        close.intent.legs[1].action = portfolio::Action::SellToClose;
        close.status = OrderStatus::Working;
        close.receivedAt = close.updatedAt = rig.clock.now();
        rig.broker.held[close.intent.legs[0].symbol] = -2;
        rig.broker.held[close.intent.legs[1].symbol] = 2;
        rig.agreeOnPositions();
        QVERIFY(rig.manager->held().has_value());
        rig.manager->brokerReported(close);
        QVERIFY(rig.manager->unevenUnderlyings().empty());
        for (int i = 0; i < 2; ++i) {
            addFill(close, first);
            rig.manager->brokerReported(close);
            QCOMPARE(rig.manager->unevenUnderlyings(), std::vector<std::string>{"SPY"});
        }
        QVERIFY(!rig.manager->held()->contains(close.intent.legs[first].symbol));
        QVERIFY(rig.notes.differences.back().sentence.find("0 of 2") != std::string::npos);

        BrokerOrder phone = close; // what is left is closed elsewhere, after the order was cancelled
        close.status = OrderStatus::Cancelled;
        rig.manager->brokerReported(close);
        QCOMPARE(rig.manager->unevenUnderlyings(), std::vector<std::string>{"SPY"});
        phone.brokerId = "778";
        phone.fills.clear();
        phone.intent.legs = {phone.intent.legs[1 - first]};
        phone.status = OrderStatus::Filled;
        addFill(phone, 0);
        addFill(phone, 0);
        rig.manager->brokerReported(phone);
        QVERIFY(rig.manager->unevenUnderlyings().empty());
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
