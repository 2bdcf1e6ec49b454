#include "risk/gate/gate.h"

#include "risk/gate/order_checks.h"
#include "risk/gate_orders.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using portfolio::Action;
using portfolio::OrderIntent;
using portfolio::OrderType;
using portfolio::PriceEffect;
using namespace testing;

/// Orders for an amount of dollars, and fractions of shares.
class GateValuesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersForAValue_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, Change change, const char* codes) {
            QTest::newRow(name) << change << codes;
        };
        row("as it should be", [](MarketRig&, OrderIntent&) {}, "");
        row("of 5 dollars", [](MarketRig&, OrderIntent& o) { o.value = decimal("5"); }, "");
        row("of less", [](MarketRig&, OrderIntent& o) { o.value = decimal("4.99"); }, "value");
        row("of nothing", [](MarketRig&, OrderIntent& o) { o.value.reset(); }, "value");
        row("of far too much", [](MarketRig&, OrderIntent& o) { o.value = decimal("20000000"); }, "value");
        row(
            "beyond the position limit", [](MarketRig&, OrderIntent& o) { o.value = decimal("400000"); },
            "order_notional position_limit leverage");
        row("beyond the buying power", [](MarketRig& rig, OrderIntent&) { rig.buyingPower = 100; }, "buying_power");
        row("with a quantity", [](MarketRig&, OrderIntent& o) { o.legs[0].quantity = 1; }, "quantity");
        row(
            "with a price",
            [](MarketRig&, OrderIntent& o) {
                o.price = decimal("600");
                o.effect = PriceEffect::Debit;
            },
            "price");
        row(
            "for longer", [](MarketRig&, OrderIntent& o) { o.timeInForce = portfolio::TimeInForce::Gtc; },
            "order_type");
        row(
            "of an option",
            [](MarketRig&, OrderIntent& o) { o.legs = {MarketRig::leg(spyPut(580), Action::BuyToOpen)}; }, "leg_types");
        row("of two legs", [](MarketRig&, OrderIntent& o) { o.legs.push_back(o.legs[0]); }, "leg_types order_type");
        row(
            "sold, and not held", [](MarketRig&, OrderIntent& o) { o.legs[0].action = Action::SellToClose; },
            "close_quantity");
        row("sold short", [](MarketRig&, OrderIntent& o) { o.legs[0].action = Action::SellToOpen; }, "short_fraction");
        row(
            "sold out of more",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold("SPY", 1);
                o.legs[0].action = Action::SellToClose;
            },
            "");
        row(
            "without a market", [](MarketRig& rig, OrderIntent&) { rig.quotes["SPY"] = {599.9, 0}; },
            "quote unknown_value");
        row(
            "a limit with a value",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Limit;
                o.legs[0].quantity = 1;
                o.price = decimal("600");
                o.effect = PriceEffect::Debit;
            },
            "value");
        const base::Quantity half = base::Quantity::parse("0.5").value();
        row(
            "half a share at the market",
            [half](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.value.reset();
                o.legs[0].quantity = half;
            },
            "");
        row(
            "half a share at a limit",
            [half](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Limit;
                o.value.reset();
                o.legs[0].quantity = half;
                o.price = decimal("600");
                o.effect = PriceEffect::Debit;
            },
            "quantity");
        row(
            "half a contract",
            [half](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.value.reset();
                o.legs = {MarketRig::leg(spyPut(580), Action::BuyToOpen)};
                o.legs[0].quantity = half;
            },
            "quantity");
    }
    void ordersForAValue()
    {
        QFETCH(Change, change);
        QFETCH(QString, codes);
        MarketRig rig;
        OrderIntent order;
        order.underlying = "SPY";
        order.legs = {MarketRig::leg("SPY", Action::BuyToOpen)};
        order.legs[0].quantity = 0;
        order.type = OrderType::NotionalMarket;
        order.value = decimal("300");
        change(rig, order);
        Gate gate(wideLimits(Tolerance::Moderate));
        const auto judged = gate.preview(order, rig.state());
        QCOMPARE(codesOf(judged), codes);
        const auto approved = gate.approve(order, rig.state());
        if (approved)
            QVERIFY(approved->intent() == order); // it is sent as it was asked for
    }

    /// While nobody bids, what it will sell is not known: all that is held may be.
    void aCloseAtNoPriceClaimsAllThatIsHeld()
    {
        MarketRig rig;
        rig.hold("SPY", 10);
        OrderIntent sale;
        sale.underlying = "SPY";
        sale.legs = {MarketRig::leg("SPY", Action::SellToClose)};
        sale.legs[0].quantity = 0;
        sale.type = OrderType::NotionalMarket;
        sale.value = decimal("600");
        const base::Quantity atTheBid = claimOf(sale, rig.state()).legs[0].quantity;
        QVERIFY(atTheBid > 0 && atTheBid < 2);
        rig.quotes["SPY"] = {0, 600.1};
        const OrderIntent claim = claimOf(sale, rig.state());
        QVERIFY(claim.legs[0].quantity == 10);
        rig.working = {claim};
        QVERIFY(closableQuantity(rig.state(), "SPY", true) == 0);
    }
};

QTEST_APPLESS_MAIN(GateValuesTest)
#include "gate_values_test.moc"
