#include "base/log.h"
#include "execution/order_manager.h"
#include "execution/order_rig.h"
#include "market/symbols.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::OrderRig;

namespace
{

constexpr base::Date friday = base::makeDate(2026, 11, 20); // the day the rig starts on
const std::string call =
    market::toOccSymbol({"SPY", friday, market::Right::Call, base::Decimal::fromInteger(590)}).value();
const std::string later =
    market::toOccSymbol({"SPY", base::makeDate(2026, 12, 18), market::Right::Call, base::Decimal::fromInteger(590)})
        .value();

/// Hears what stands, and keeps what was settled.
struct Books final : OrderObserver {
    void onOrderChanged(const Order&) override {}
    void onFill(const Order& order, const portfolio::Fill& fill) override
    {
        if (order.intent.origin == settlementOrigin)
            settled.push_back(fill);
    }
    void onDifference(const Difference&) override {}
    void onHeldChanged(const portfolio::Position& position) override { held.push_back(position); }

    std::vector<portfolio::Fill> settled;
    std::vector<portfolio::Position> held;
};

struct HeldRig : OrderRig {
    explicit HeldRig(std::map<std::string, base::Quantity> positions)
    {
        broker.held = std::move(positions);
        agreeOnPositions();
        manager->addObserver(&books);
        manager->setSettlementPrice([](const std::string&) { return 600.0; });
    }
    void close() { clock.set(market::sessionOn(friday)->close + std::chrono::seconds(1)); }
    void askTwice()
    {
        manager->reconcile();
        broker.deliverAll();
        pass(12);
    }
    Books books;
};

} // namespace

class PositionReconciliationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void anExpiredContractLeavesAsASettlement()
    {
        HeldRig rig({{call, 2}});
        rig.close();
        rig.broker.held = {{"SPY", 200}};
        rig.askTwice();
        QVERIFY(rig.manager->differences().empty());
        QCOMPARE(rig.books.settled.size(), std::size_t{2});
        QCOMPARE(rig.books.settled[1].quantity, std::int64_t{200});
        QCOMPARE(rig.books.settled[1].price, base::Decimal::fromInteger(590));
        QVERIFY(rig.manager->held() == std::optional(Quantities{{"SPY", 200}}));
        QVERIFY(rig.manager->expectedPositions() == rig.manager->held());
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
        QCOMPARE(rig.books.settled.size(), std::size_t{2});

        rig.crash();
        rig.start();
        rig.manager->reconcile();
        rig.broker.deliverAll();
        QVERIFY(rig.manager->held() == std::optional(Quantities{{"SPY", 200}}));
        QCOMPARE(rig.manager->orders().size(), std::size_t{1});
        QVERIFY(rig.manager->differences().empty());
    }

    void aSettlementWhileTheProgramSleptIsFound()
    {
        HeldRig rig({{call, -1}, {"SPY", 100}});
        rig.crash();
        rig.close();
        rig.broker.held.clear(); // called away
        rig.start();
        rig.manager->addObserver(&rig.books);
        rig.manager->reconcile();
        rig.broker.deliverAll();
        QVERIFY(!rig.manager->held()); // not before it is clear what became of it
        rig.pass(12);
        QCOMPARE(rig.books.settled.size(), std::size_t{2});
        QVERIFY(rig.books.settled[1].action == portfolio::Action::SellToOpen);
        QCOMPARE(rig.books.settled[1].quantity, std::int64_t{100});
        QVERIFY(rig.manager->held() && rig.manager->held()->empty());
        QVERIFY(rig.manager->differences().empty());
    }

    void whatNothingExplainsIsADifferenceAndIsHeldAllTheSame_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<bool>("afterTheClose");
        QTest::newRow("called away early") << QString::fromStdString(later) << false;
        QTest::newRow("expired, with shares that do not fit") << QString::fromStdString(call) << true;
    }
    void whatNothingExplainsIsADifferenceAndIsHeldAllTheSame()
    {
        QFETCH(QString, before);
        QFETCH(bool, afterTheClose);
        HeldRig rig({{before.toStdString(), 1}});
        if (afterTheClose)
            rig.close();
        rig.broker.held = {{"SPY", 70}};
        rig.askTwice();
        QVERIFY(rig.books.settled.empty());
        QCOMPARE(rig.manager->differences().size(), std::size_t{2});
        QVERIFY(rig.manager->held() == std::optional(Quantities{{"SPY", 70}}));
        QVERIFY(rig.manager->expectedPositions() != rig.manager->held());
        QCOMPARE(rig.books.held.size(), std::size_t{2});
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"SPY"});

        QVERIFY(rig.manager->acknowledge(Difference::Kind::Position, "SPY"));
        QVERIFY(rig.manager->acknowledge(Difference::Kind::Position, before.toStdString()));
        QVERIFY(rig.journal.holds("reconcile.acknowledged", "venue-5WX00042-difference"));
        QVERIFY(rig.manager->expectedPositions() == rig.manager->held());
        rig.crash();
        rig.start();
        rig.manager->reconcile();
        rig.broker.deliverAll();
        rig.pass(60);
        QVERIFY(rig.manager->differences().empty()); // it stays seen
    }

    void aFillMovesWhatIsHeldBesideAnOpenDifference()
    {
        HeldRig rig({{"SPY", 100}});
        rig.broker.held["SPY"] = 60;
        rig.askTwice();
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.fill(rig.order(id).brokerId, 1);
        rig.broker.deliverAll();
        Quantities held(rig.broker.held.begin(), rig.broker.held.end());
        QVERIFY(rig.manager->held() == std::optional(held));
        QCOMPARE(rig.manager->expectedPositions()->at("SPY"), std::int64_t{100});
        rig.broker.held["SPY"] = 100; // it was the broker's mistake
        rig.pass(90);
        QVERIFY(rig.manager->differences().empty());
        QCOMPARE(rig.manager->held()->at("SPY"), std::int64_t{100});
    }

    void newsOfAPositionAsksTheBroker()
    {
        HeldRig rig({{"SPY", 100}});
        const int calls = rig.broker.snapshotCalls;
        portfolio::Position news;
        news.symbol = news.underlying = "SPY";
        news.quantity = 100;
        rig.manager->positionReported(news);
        rig.pass(5);
        QCOMPARE(rig.broker.snapshotCalls, calls);
        news.quantity = 0;
        rig.manager->positionReported(news);
        rig.pass(5);
        QVERIFY(rig.broker.snapshotCalls > calls);
    }

    void everyDifferenceWithAnUnderlyingFreezesIt()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.accept(rig.spread(), id); // two live orders under one id
        rig.broker.deliverAll();
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::DuplicateOrder);
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"SPY"});
        QVERIFY(rig.manager->acknowledge(Difference::Kind::DuplicateOrder, rig.notes.differences.front().key));
        QVERIFY(rig.manager->frozenUnderlyings().empty());
    }

    void whatCannotBeReadFreezesUntilSeen()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const Unreadable part{"position AAPL", "AAPL", "quantity \"10.5\""};
        rig.manager->brokerUnreadable(part);
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"AAPL"});
        QVERIFY(!rig.manager->isAllFrozen());
        rig.pass(61);
        QVERIFY(!rig.manager->differences().empty()); // it was told before that answer
        rig.pass(61);
        QVERIFY(rig.manager->differences().empty()); // and not before this one: it is gone

        rig.manager->brokerUnreadable(part);
        QVERIFY(rig.manager->acknowledge(Difference::Kind::Unreadable, part.what));
        rig.manager->brokerUnreadable(part);
        QVERIFY(rig.manager->differences().empty());
        rig.crash();
        rig.start();
        rig.manager->brokerUnreadable(part);
        QVERIFY(rig.manager->differences().empty()); // seen once is seen
        rig.manager->brokerUnreadable({"position AAPL", "AAPL", "quantity \"11.5\""});
        QCOMPARE(rig.manager->differences().size(), std::size_t{1}); // it is another one now
        rig.manager->brokerUnreadable({"position without a symbol", "", "no symbol"});
        QVERIFY(rig.manager->isAllFrozen());
    }

    void anOrderFromElsewhereThatCannotBeReadFreezesWhileItWorks()
    {
        OrderRig rig;
        BrokerOrder order;
        order.brokerId = "notional";
        order.intent.underlying = "AAPL";
        order.status = OrderStatus::Working;
        rig.manager->brokerReported(order);
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"AAPL"});
        order.status = OrderStatus::Filled;
        order.updatedAt = rig.clock.now();
        rig.manager->brokerReported(order);
        QVERIFY(rig.manager->frozenUnderlyings().empty());
    }

    void aVanishedOrderIsOverOnTheNextDay()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        rig.broker.book.clear();
        rig.pass(90);
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{1});
        rig.clock.advance(std::chrono::hours(24));
        rig.pass(90);
        QVERIFY(rig.status(id) == OrderStatus::Expired);
        QVERIFY(rig.manager->workingIntents().empty());
    }

    void aPersonMaySayThatAVanishedOrderIsOver()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        QVERIFY(!rig.manager->declareOver(id)); // it works
        const BrokerOrder there = rig.broker.book.begin()->second;
        rig.broker.book.clear();
        rig.pass(3);
        QVERIFY(!rig.manager->declareOver(id)); // the broker is still being asked
        rig.pass(90);
        QVERIFY(rig.manager->declareOver(id));
        QVERIFY(rig.status(id) == OrderStatus::Expired);
        QVERIFY(rig.manager->workingIntents().empty());
        rig.manager->brokerReported(there); // a person can be wrong
        QVERIFY(rig.status(id) == OrderStatus::Working);
        QVERIFY(!rig.manager->declareOver("venue-5WX00042-nobody"));
    }
};

QTEST_APPLESS_MAIN(PositionReconciliationTest)
#include "position_reconciliation_test.moc"
