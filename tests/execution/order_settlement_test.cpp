#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using portfolio::Action;
using testing::MarketRig;
using testing::OrderRig;
using Fate = testing::ScriptedBroker::Fate;

/// Options that the broker takes away without an order.
class OrderSettlementTest : public QObject
{
    Q_OBJECT

private:
    /// A put spread of two lots, filled and agreed on with the broker: short the 580, long the 575.
    struct Spread : OrderRig {
        Spread()
        {
            const std::string id = submit(2);
            broker.deliverAll();
            broker.fill(order(id).brokerId, 2);
            broker.deliverAll();
            agreeOnPositions();
            if (!manager->expectedPositions())
                qFatal("the rig's positions were not agreed on");
        }
        std::string put(double strike) const
        {
            return MarketRig::symbolOf("SPY", base::makeDate(2026, 12, 18), market::Right::Put, strike);
        }
        void takeAway(const std::string& symbol)
        {
            broker.held.erase(symbol);
            portfolio::Position gone;
            gone.symbol = symbol;
            gone.underlying = "SPY";
            gone.quantity = 0;
            manager->positionReported(gone);
        }
        Settlement settlement(const std::string& id, double strike, std::int64_t contracts = 2) const
        {
            Settlement out;
            out.id = id;
            out.symbol = put(strike);
            out.underlying = "SPY";
            out.contracts = contracts;
            out.at = clock.now();
            return out;
        }
    };

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void whatExpiresLeavesTheBooksWithoutADifference()
    {
        Spread rig;
        rig.broker.settled = {rig.settlement("900001", 580), rig.settlement("900002", 575)};
        rig.takeAway(rig.put(580));
        rig.takeAway(rig.put(575));
        rig.pass(5); // asked at once, long before the minute's own snapshot
        QVERIFY(rig.manager->expectedPositions()->empty());
        const auto orders = rig.manager->orders();
        QCOMPARE(orders.size(), std::size_t{3});
        for (const Order* order : {orders[1], orders[2]}) {
            QVERIFY(order->isExternal);
            QVERIFY(order->status == OrderStatus::Filled);
            QCOMPARE(order->intent.origin, std::string(settlementOrigin));
        }
        // The side is ours: the broker does not tell it.
        QVERIFY(orders[1]->fills.at(0).action == Action::BuyToClose);
        QVERIFY(orders[2]->fills.at(0).action == Action::SellToClose);
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
        QVERIFY(rig.manager->frozenUnderlyings().empty());
        QCOMPARE(rig.notes.fills.size(), std::size_t{4}); // each once, however often the broker lists it
    }

    void anAssignmentBringsItsShares()
    {
        Spread rig;
        Settlement assigned = rig.settlement("900001", 580);
        assigned.shares = {Action::BuyToOpen, 200, base::Decimal::fromInteger(580)};
        rig.broker.settled = {assigned};
        rig.takeAway(rig.put(580));
        rig.broker.held["SPY"] = 200;
        rig.pass(5);
        const Order& order = *rig.manager->orders().back();
        QCOMPARE(order.fills.size(), std::size_t{2});
        QCOMPARE(order.fills[1].symbol, std::string("SPY"));
        QCOMPARE(order.fills[1].price, base::Decimal::fromInteger(580));
        QCOMPARE(rig.manager->expectedPositions()->at("SPY"), 200);
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
    }

    void aPartIsTakenAndTheRestStays()
    {
        Spread rig;
        rig.broker.settled = {rig.settlement("900001", 580, 1)};
        rig.broker.held[rig.put(580)] = -1;
        rig.pass(70); // nobody says so before the minute's snapshot
        QCOMPARE(rig.manager->expectedPositions()->at(rig.put(580)), -1);
        rig.pass(120);
        QVERIFY(rig.notes.differences.empty());
    }

    void withoutASettlementTheDifferenceIsShown()
    {
        Spread rig;
        rig.broker.settled = {rig.settlement("800001", 580, 3)}; // an older one, of more than is missing
        rig.takeAway(rig.put(580));
        rig.pass(30);
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::Position);
        QCOMPARE(rig.manager->orders().size(), std::size_t{1});
        // Its history comes late: then it closes by itself.
        rig.broker.settled = {rig.settlement("900001", 580)};
        rig.pass(150);
        QVERIFY(rig.manager->differences().empty());
        QCOMPARE(rig.manager->orders().size(), std::size_t{2});
    }

    void theHistoryIsAskedOnlyForOptionsThatAreMissing()
    {
        Spread rig;
        rig.pass(200);
        rig.broker.held["SPY"] = 100; // somebody bought shares elsewhere
        rig.pass(200);
        rig.broker.held[rig.put(575)] = 5; // and more puts
        rig.pass(200);
        QVERIFY(rig.broker.settlementsAskedFrom.empty());
        rig.takeAway(rig.put(580));
        rig.pass(5);
        QVERIFY(!rig.broker.settlementsAskedFrom.empty());
        QCOMPARE(rig.broker.settlementsAskedFrom.front(), base::makeDate(2026, 11, 10)); // ten days back
    }

    void whatExpiredWhileNobodyLookedIsFoundAtTheStart()
    {
        Spread rig;
        rig.crash();
        rig.broker.settled = {rig.settlement("900001", 580), rig.settlement("900002", 575)};
        rig.broker.held.clear();
        rig.clock.advance(std::chrono::days(30));
        rig.notes = {};
        rig.start();
        rig.pass(30);
        QVERIFY(rig.notes.differences.empty());
        QCOMPARE(rig.notes.fills.size(), std::size_t{2});
        QCOMPARE(rig.broker.settlementsAskedFrom.front(), base::makeDate(2026, 12, 10));
        // And once more, from the journal alone: what was booked stays booked.
        rig.crash();
        rig.notes = {};
        rig.start();
        rig.pass(30);
        QVERIFY(rig.notes.fills.empty() && rig.notes.differences.empty());
        QCOMPARE(rig.manager->orders().size(), std::size_t{3});
        QCOMPARE(rig.manager->orders().back()->intent.origin, std::string(settlementOrigin));
    }
};

QTEST_GUILESS_MAIN(OrderSettlementTest)
#include "order_settlement_test.moc"
