#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using portfolio::Action;
using portfolio::ComplexIntent;
using portfolio::ComplexKind;
using portfolio::OrderIntent;
using testing::MarketRig;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

namespace
{

struct ComplexRig : OrderRig {
    std::vector<std::string> ids;

    ComplexRig() { agreeOnPositions(); }

    OrderIntent shares(Action action, std::int64_t quantity) const
    {
        return market.order("SPY", {MarketRig::leg("SPY", action, quantity)});
    }
    ComplexIntent intent(ComplexKind kind = ComplexKind::Otoco) const
    {
        ComplexIntent complex{kind, {}, {}};
        if (kind != ComplexKind::Oco)
            complex.trigger = shares(Action::BuyToOpen, 10);
        OrderIntent profit = shares(Action::SellToClose, 10), stop = profit;
        profit.price = testing::decimal("620.00");
        stop.type = portfolio::OrderType::Stop;
        stop.price.reset();
        stop.effect = portfolio::PriceEffect::None;
        stop.stopTrigger = testing::decimal("575.00");
        complex.orders = {profit};
        if (kind != ComplexKind::Oto)
            complex.orders.push_back(stop);
        return complex;
    }
    base::Result<std::vector<std::string>> trySubmit(ComplexKind kind = ComplexKind::Otoco)
    {
        return manager->submit(approvalOf(intent(kind)));
    }
    void submitAll(ComplexKind kind = ComplexKind::Otoco) { ids = trySubmit(kind).value(); }
    /// Ten shares that everybody knows of.
    void holdShares()
    {
        broker.held["SPY"] = 10;
        market.hold("SPY", 10);
        manager->reconcile();
        pass(15);
        manager->acknowledge(Difference::Kind::Position, "SPY");
        notes.differences.clear();
    }
    /// The next thing happens to it at the broker, and everybody hears.
    void step()
    {
        broker.stepComplex(broker.complexes.begin()->first);
        broker.deliverAll();
    }
    void fill(std::size_t part)
    {
        broker.fill(order(ids[part]).brokerId, 10);
        broker.deliverAll();
    }
    QString states() const
    {
        QStringList words;
        for (const std::string& id : ids)
            words << QString::fromStdString(std::string(toText(status(id))));
        return words.join(", ");
    }
};

} // namespace

class OrderComplexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    /// Its parts are told one by one, and what they are the broker's tags say. It is cancelled as a whole, after a restart too.
    void aBracketFromElsewhereHangsTogether()
    {
        ComplexRig rig;
        const std::vector<OrderIntent> parts = portfolio::partsOf(rig.intent());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            BrokerOrder order;
            order.brokerId = std::to_string(900 + i);
            order.intent = parts[i];
            order.status = i == 0 ? OrderStatus::Working : OrderStatus::Contingent;
            order.complexId = "77";
            order.complexTag = i == 0 ? "OTOCO::trigger-order" : "OTOCO::oco-1-order";
            order.updatedAt = rig.clock.now();
            rig.broker.book[order.brokerId] = order;
            rig.broker.complexes["77"].push_back(order.brokerId);
            rig.manager->brokerReported(order);
        }
        for (const bool isRestarted : {false, true}) {
            if (isRestarted) {
                rig.crash();
                rig.start();
            }
            std::vector<const Order*> orders = rig.manager->orders();
            QCOMPARE(orders.size(), std::size_t{3});
            for (const Order* const order : orders) {
                QCOMPARE(order->complexId, std::string("77"));
                QVERIFY(order->isExternal && order->complex == orders[0]->complex);
            }
            QCOMPARE(orders[1]->complexTag, std::string("OTOCO::oco-1-order"));
            QCOMPARE(orders[1]->waitsFor, orders[0]->externalId);
            QCOMPARE(orders[1]->pairedWith, orders[2]->externalId);
            QCOMPARE(orders[2]->pairedWith, orders[1]->externalId);
            QCOMPARE(rig.manager->claims().orders.size(), std::size_t{1}); // what waits cannot fill
        }
        QVERIFY(rig.manager->cancel(rig.manager->orders()[2]->externalId));
        rig.broker.deliverAll();
        QCOMPARE(rig.broker.cancelCalls["77"], 1);
        QVERIFY(!rig.broker.cancelCalls.contains("902"));
        QCOMPARE(toText(rig.manager->orders()[0]->status), toText(OrderStatus::CancelRequested));
        QCOMPARE(toText(rig.manager->orders()[1]->status), toText(OrderStatus::Cancelled));
    }

    void aBracketLives_data()
    {
        QTest::addColumn<int>("filled");
        QTest::newRow("to its profit") << 1;
        QTest::newRow("to its stop") << 2;
    }
    void aBracketLives()
    {
        QFETCH(int, filled);
        ComplexRig rig;
        rig.submitAll();
        QCOMPARE(rig.ids.size(), std::size_t{3});
        QCOMPARE(rig.states(), "sent, sent, sent");
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "contingent, contingent, contingent");
        QCOMPARE(rig.order(rig.ids[1]).waitsFor, rig.ids[0]);
        QCOMPARE(rig.order(rig.ids[1]).pairedWith, rig.ids[2]);
        QCOMPARE(rig.order(rig.ids[2]).pairedWith, rig.ids[1]);
        QVERIFY(rig.order(rig.ids[0]).pairedWith.empty());
        QCOMPARE(rig.manager->claims().orders.size(), std::size_t{1}); // what waits cannot fill
        rig.step();
        QCOMPARE(rig.states(), "working, contingent, contingent");
        rig.fill(0);
        QCOMPARE(rig.manager->claims().orders.size(), std::size_t{1}); // of the two one
        QCOMPARE(rig.manager->claims().alternatives.size(), std::size_t{1});
        rig.step();
        QCOMPARE(rig.states(), "filled, working, working");
        rig.fill(static_cast<std::size_t>(filled));
        rig.step();
        QCOMPARE(rig.states(), filled == 1 ? "filled, filled, cancelled" : "filled, cancelled, filled");
        rig.pass(20);
        QVERIFY(rig.notes.differences.empty());
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.manager->workingIntents().empty());
        QVERIFY(!rig.manager->expectedPositions()->contains("SPY"));
    }

    void aPairIsCountedOnce()
    {
        ComplexRig rig;
        rig.holdShares();
        rig.submitAll(ComplexKind::Oco);
        rig.broker.deliverAll();
        const auto claims = rig.manager->claims();
        QCOMPARE(claims.orders.size(), std::size_t{1});
        QCOMPARE(claims.alternatives.size(), std::size_t{1});
        rig.step();
        QCOMPARE(rig.states(), "working, working");
        rig.fill(1);
        rig.fill(0); // in the race: both
        QCOMPARE(rig.states(), "filled, filled");
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QVERIFY(rig.notes.differences[0].sentence.find("both have filled") != std::string::npos);
    }

    void aRefusalIsOfAllParts()
    {
        ComplexRig rig;
        rig.broker.nextPlace = Fate::Refused;
        rig.submitAll();
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "rejected, rejected, rejected");
    }

    void aDoubtfulOutcomeIsLookedUp_data()
    {
        QTest::addColumn<bool>("arrived");
        QTest::addColumn<bool>("echoes");
        QTest::addColumn<QString>("states");
        QTest::newRow("the answer lost") << true << true << "contingent, contingent, contingent";
        QTest::newRow("the answer lost, no identifiers") << true << false << "contingent, contingent, contingent";
        QTest::newRow("never arrived") << false << true << "not placed, not placed, not placed";
    }
    void aDoubtfulOutcomeIsLookedUp()
    {
        QFETCH(bool, arrived);
        QFETCH(bool, echoes);
        QFETCH(QString, states);
        ComplexRig rig;
        rig.broker.nextPlace = arrived ? Fate::AnswerLost : Fate::RequestLost;
        rig.broker.echoesPartIds = echoes;
        rig.broker.dropReports();
        rig.submitAll();
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "unknown, unknown, unknown");
        rig.pass(40);
        QCOMPARE(rig.states(), states);
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.notes.differences.empty());
    }

    void anAnswerWithoutIdentifiersIsReadByWhatItSays()
    {
        ComplexRig rig;
        rig.broker.echoesPartIds = false;
        rig.broker.dropReports();
        rig.broker.changeAnswer = [](std::vector<BrokerOrder>& parts) { std::ranges::reverse(parts); };
        rig.submitAll();
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "contingent, contingent, contingent");
        for (const std::string& id : rig.ids)
            QVERIFY(termsOf(rig.reportOf(rig.order(id).brokerId).intent) == termsOf(rig.order(id).intent));
        QVERIFY(rig.broker.broken.empty());
    }

    void anAnswerThatIsNotWhatWasSentIsLookedUp()
    {
        ComplexRig rig;
        rig.broker.echoesPartIds = false;
        rig.broker.dropReports();
        rig.broker.changeAnswer = [](std::vector<BrokerOrder>& parts) {
            parts[1].intent.price = testing::decimal("621.00");
        };
        rig.submitAll();
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "contingent, unknown, contingent");
        rig.pass(40); // the list has it right
        QCOMPARE(rig.states(), "contingent, contingent, contingent");
        QVERIFY(rig.notes.differences.empty());
    }

    void killedAnywhereItComesBackRight_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QString>("atOnce");
        QTest::addColumn<QString>("settled");
        QTest::newRow("intent on disk, nobody told") << 1 << "unknown, unknown, unknown"
                                                     << "not placed, not placed, not placed";
        QTest::newRow("sent, the record of it lost") << 2 << "unknown, unknown, unknown"
                                                     << "contingent, contingent, contingent";
        QTest::newRow("answered, the record lost") << 3 << "unknown, unknown, unknown"
                                                   << "contingent, contingent, contingent";
        QTest::newRow("answered and recorded") << 4 << "contingent, contingent, contingent"
                                               << "contingent, contingent, contingent";
        QTest::newRow("the trigger filled") << 5 << "contingent, contingent, contingent"
                                            << "filled, working, working";
    }
    void killedAnywhereItComesBackRight()
    {
        QFETCH(int, point);
        QFETCH(QString, atOnce);
        QFETCH(QString, settled);
        ComplexRig rig;
        rig.journal.isImmediate = point > 2;
        rig.submitAll();
        if (point == 2)
            rig.journal.flushOne();
        rig.journal.isImmediate = point > 3;
        if (point > 2)
            rig.broker.deliverAll();
        if (point == 5) {
            const std::string complexId = rig.broker.complexes.begin()->first;
            rig.broker.stepComplex(complexId);
            rig.broker.fill(rig.order(rig.ids[0]).brokerId, 10);
            rig.broker.stepComplex(complexId);
        }
        rig.crash(point == 1 ? 1 : 0);
        rig.journal.isImmediate = true;
        rig.clock.advance(std::chrono::seconds(2));
        rig.start();
        QCOMPARE(rig.states(), atOnce);
        QCOMPARE(rig.order(rig.ids[2]).waitsFor, rig.ids[0]);
        QCOMPARE(rig.order(rig.ids[2]).pairedWith, rig.ids[1]);
        rig.manager->reconcile();
        rig.pass(40);
        QCOMPARE(rig.states(), settled);
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.notes.differences.empty());
        if (rig.broker.complexes.empty())
            return;
        QVERIFY(rig.manager->cancel(rig.ids[1])); // by the id of the whole, which reports have told
        QCOMPARE(rig.broker.cancelCalls[rig.broker.complexes.begin()->first], 1);
    }

    void anIntentThatIsNotOnDiskIsNotSent()
    {
        ComplexRig rig;
        rig.journal.isImmediate = false;
        rig.submitAll();
        QVERIFY(rig.broker.book.empty());
        rig.journal.fails = true;
        rig.journal.flushOne();
        QCOMPARE(rig.states(), "not placed, not placed, not placed");
        QVERIFY(rig.broker.book.empty());
    }

    void aCancelGoesThroughTheWhole()
    {
        ComplexRig rig;
        rig.submitAll();
        QVERIFY(rig.manager->cancel(rig.ids[2])); // before the broker has named anything
        QVERIFY(rig.broker.cancelCalls.empty());
        rig.broker.deliverAll();
        QCOMPARE(rig.broker.cancelCalls.size(), std::size_t{1});
        QCOMPARE(rig.broker.cancelCalls.begin()->second, 1); // once for all
        QCOMPARE(rig.states(), "cancelled, cancelled, cancelled");
    }

    void aTriggerThatIsCancelledTakesTheRestAlong()
    {
        ComplexRig rig;
        rig.submitAll();
        rig.broker.deliverAll();
        rig.step();
        rig.broker.finish(rig.order(rig.ids[0]).brokerId, OrderStatus::Cancelled); // by the broker
        rig.step();
        QCOMPARE(rig.states(), "cancelled, cancelled, cancelled");
    }

    void itsPartsCountAndAreNotReplaced()
    {
        ComplexRig rig;
        rig.manager->setOrdersPerMinute(5);
        rig.submitAll();
        QCOMPARE(rig.manager->ordersLeft(), 2);
        rig.broker.deliverAll();
        rig.step();
        QVERIFY(!isReplaceable(rig.order(rig.ids[0])));
        const auto second = rig.trySubmit();
        QVERIFY(!second); // the third part would wait for twelve seconds
        QVERIFY(second.error().message().find("5 orders a minute") != std::string::npos);
        rig.clock.advance(std::chrono::seconds(8));
        QVERIFY(rig.trySubmit()); // four are within the approval's life
        QCOMPARE(rig.broker.complexes.size(), std::size_t{1});
        rig.pass(5);
        QCOMPARE(rig.broker.complexes.size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(OrderComplexTest)
#include "order_complex_test.moc"
