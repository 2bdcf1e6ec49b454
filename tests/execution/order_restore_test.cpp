#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

class OrderRestoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    /// The process is killed at each point between the wish and the fill; what the broker holds decides what is found.
    void killedAnywhereItComesBackRight_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QString>("status");  // at once after the restart
        QTest::addColumn<QString>("settled"); // after the broker was asked
        QTest::newRow("intent not on disk") << 0 << "" << "";
        QTest::newRow("intent on disk, nobody told") << 1 << "unknown" << "not placed";
        QTest::newRow("sent, the record of it lost") << 2 << "unknown" << "working";
        QTest::newRow("sent and recorded") << 3 << "unknown" << "working";
        QTest::newRow("sent, never arrived") << 4 << "unknown" << "not placed";
        QTest::newRow("answered, the record lost") << 5 << "unknown" << "working";
        QTest::newRow("answered and recorded") << 6 << "working" << "working";
        QTest::newRow("filled at the broker only") << 7 << "working" << "filled";
        QTest::newRow("filled, the record lost") << 8 << "working" << "filled";
        QTest::newRow("filled and recorded") << 9 << "filled" << "filled";
        QTest::newRow("cancel asked for, the broker does not know") << 10 << "cancel requested" << "cancelled";
    }
    void killedAnywhereItComesBackRight()
    {
        QFETCH(int, point);
        QFETCH(QString, status);
        QFETCH(QString, settled);
        OrderRig rig;
        std::string id;
        const auto sendAndAnswer = [&] {
            id = rig.submit();
            rig.broker.deliverAll();
        };
        switch (point) {
        case 0:
            rig.journal.isImmediate = false;
            id = rig.submit();
            rig.crash(0);
            break;
        case 1:
            rig.journal.isImmediate = false;
            id = rig.submit();
            rig.crash(1);
            break;
        case 2:
            rig.journal.isImmediate = false;
            id = rig.submit();
            rig.journal.flushOne();
            rig.crash(0);
            break;
        case 3:
            id = rig.submit();
            rig.crash();
            break;
        case 4:
            rig.broker.nextPlace = Fate::RequestLost;
            id = rig.submit();
            rig.crash();
            break;
        case 5:
            id = rig.submit();
            rig.journal.isImmediate = false;
            rig.broker.deliverAll();
            rig.crash(0);
            break;
        case 6:
            sendAndAnswer();
            rig.crash();
            break;
        case 7:
            sendAndAnswer();
            rig.broker.fill(rig.order(id).brokerId, 1);
            rig.crash();
            break;
        case 8:
            sendAndAnswer();
            rig.journal.isImmediate = false;
            rig.broker.fill(rig.order(id).brokerId, 1);
            rig.broker.deliverAll();
            rig.crash(0);
            break;
        case 9:
            sendAndAnswer();
            rig.broker.fill(rig.order(id).brokerId, 1);
            rig.broker.deliverAll();
            rig.crash();
            break;
        case 10:
            sendAndAnswer();
            rig.broker.nextCancel = Fate::RequestLost;
            QVERIFY(rig.manager->cancel(id));
            rig.crash();
            break;
        }
        rig.journal.isImmediate = true;
        rig.broker.nextPlace = rig.broker.nextCancel = Fate::Accepted;
        rig.clock.advance(std::chrono::seconds(2));
        rig.start();
        if (status.isEmpty()) {
            QVERIFY(!rig.manager->find(id));
            QVERIFY(rig.broker.book.empty());
            return;
        }
        QCOMPARE(QString::fromStdString(std::string(toText(rig.status(id)))), status);
        QVERIFY(rig.order(id).intent == rig.spread());
        rig.pass(20);
        for (const auto& [brokerId, order] : rig.broker.book) {
            if (order.status == OrderStatus::CancelRequested)
                rig.broker.finish(brokerId, OrderStatus::Cancelled);
        }
        rig.pass(5);
        QCOMPARE(QString::fromStdString(std::string(toText(rig.status(id)))), settled);
        QVERIFY(rig.broker.book.size() <= 1); // never sent again
        QVERIFY2(rig.broker.broken.empty(), rig.broker.broken.empty() ? "" : rig.broker.broken.front().c_str());
        const std::size_t filled = rig.broker.book.empty() ? 0 : rig.broker.book.begin()->second.fills.size();
        QCOMPARE(rig.order(id).fills.size(), filled);
        QVERIFY(rig.manager->differences().empty());
    }

    void everythingKnownReadsBack()
    {
        OrderRig rig;
        rig.broker.held = {{"SPY", 100}};
        rig.agreeOnPositions();
        const std::string a = rig.submit(3);
        rig.broker.nextPlace = Fate::Refused;
        const std::string b = rig.submit();
        rig.broker.deliverAll();
        rig.broker.accept(rig.spread(2), "");
        rig.broker.fill(rig.order(a).brokerId, 1);
        rig.broker.deliverAll();
        std::vector<Order> before;
        for (const Order* order : rig.manager->orders())
            before.push_back(*order);
        const auto expected = rig.manager->expectedPositions();
        rig.crash();
        rig.start();
        const std::vector<const Order*> after = rig.manager->orders();
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i]->externalId, before[i].externalId);
            QCOMPARE(after[i]->brokerId, before[i].brokerId);
            QVERIFY(after[i]->status == before[i].status);
            QVERIFY(after[i]->intent == before[i].intent);
            QVERIFY(after[i]->fills == before[i].fills);
            QCOMPARE(after[i]->reason, before[i].reason);
            QCOMPARE(after[i]->isExternal, before[i].isExternal);
        }
        QVERIFY(rig.status(b) == OrderStatus::Rejected);
        QVERIFY(rig.manager->expectedPositions() == expected);
        QCOMPARE((*expected).at("SPY"), std::int64_t{100});
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{2});
    }

    void aPositionThatChangedWhileWeWereAwayIsShown()
    {
        OrderRig rig;
        rig.broker.held = {{"SPY", 100}};
        rig.agreeOnPositions();
        rig.crash();
        rig.broker.held = {{"SPY", 200}}; // assigned overnight
        rig.start();
        rig.pass(80);
        QCOMPARE(rig.manager->differences().size(), std::size_t{1});
        QCOMPARE(rig.manager->differences().front().found, std::int64_t{200});
        rig.manager->acknowledge(Difference::Kind::Position, "SPY");
        rig.crash();
        rig.start();
        rig.pass(80);
        QVERIFY(rig.manager->differences().empty()); // what was acknowledged stays so
    }

    void anotherEnvironmentsRecordsAreNotOurs()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        OrderManager other(rig.broker, rig.journal, rig.clock, {.idPrefix = "live-5WX00042"});
        other.restore(rig.journal.durable());
        QVERIFY(other.orders().empty());
        OrderManager longer(rig.broker, rig.journal, rig.clock, {.idPrefix = "venue-5WX0004"});
        longer.restore(rig.journal.durable());
        QVERIFY(longer.orders().empty()); // a prefix of the prefix is somebody else
    }

    void aRecordThatCannotBeReadIsShownAndItsOrderAskedFor()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::NeverAnswered;
        const std::string id = rig.submit();
        rig.broker.forgetClient();
        std::vector<base::JournalRecord> records = rig.journal.durable();
        rig.crash();
        for (base::JournalRecord& record : records) {
            if (record.kind == "order.intent")
                record.payload = "{\"underlying\":";
        }
        rig.manager = std::make_unique<OrderManager>(rig.broker, rig.journal, rig.clock,
                                                     OrderManagerSettings{.idPrefix = "venue-5WX00042"});
        rig.manager->restore(records);
        QCOMPARE(rig.manager->differences().size(), std::size_t{1});
        QVERIFY(rig.manager->differences().front().kind == Difference::Kind::Journal);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        rig.pass(3);
        QVERIFY(rig.status(id) == OrderStatus::Working);
        QVERIFY(rig.order(id).intent.legs == rig.spread().legs); // the broker still knew it
    }

    void readingTwiceChangesNothing()
    {
        OrderRig rig;
        const std::string id = rig.submit(2);
        rig.broker.deliverAll();
        rig.broker.fill(rig.order(id).brokerId, 1);
        rig.broker.deliverAll();
        std::vector<base::JournalRecord> twice = rig.journal.durable();
        for (const base::JournalRecord& record : rig.journal.durable()) {
            if (record.kind == "order.fill")
                twice.push_back(record);
        }
        OrderManager again(rig.broker, rig.journal, rig.clock, {.idPrefix = "venue-5WX00042"});
        again.restore(twice);
        QCOMPARE(again.find(id)->fills.size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(OrderRestoreTest)
#include "order_restore_test.moc"
