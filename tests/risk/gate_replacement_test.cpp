#include "risk/gate/gate.h"

#include "risk/exposure.h"
#include "risk/gate_orders.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using namespace testing;

namespace
{

/// `order` for a credit that is `cents` lower, or a debit that is higher.
OrderIntent dearer(OrderIntent order, int cents)
{
    const base::Decimal change = base::Decimal::fromUnits(base::Decimal::cent().units() * cents);
    order.price = order.effect == portfolio::PriceEffect::Credit ? *order.price - change : *order.price + change;
    return order;
}

GateState replacing(const MarketRig& rig, const OrderIntent& old)
{
    GateState state = rig.state();
    state.replaced = {"desk-1", old};
    return state;
}

} // namespace

class GateReplacementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A second order of that size does not fit, and one in the place of the first does.
    void theReplacedOrdersClaimIsReleased()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::Moderate));
        OrderIntent old = creditSpread(rig, 1);
        std::int64_t lots = 1;
        while (gate.preview(creditSpread(rig, lots + 1), rig.state()))
            ++lots;
        old = creditSpread(rig, lots);
        QVERIFY(gate.preview(old, rig.state())); // as large as it may be
        rig.working = {old};
        QVERIFY(codesOf(gate.preview(dearer(old, -1), rig.state())).startsWith("position_limit"));
        rig.working.clear();
        const auto better = gate.preview(dearer(old, -1), replacing(rig, old));
        QVERIFY2(better, better ? "" : better.error().sentence().c_str());
        QVERIFY(better->positionAfter <= limitsFor(Tolerance::Moderate).largestPosition);
    }

    /// And what it adds beyond the first one's counts.
    void worseTermsAreJudgedAsTheyAre()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::Moderate));
        std::int64_t lots = 1;
        while (gate.preview(creditSpread(rig, lots + 1), rig.state()))
            ++lots;
        const OrderIntent old = creditSpread(rig, lots);
        const auto before = gate.preview(old, rig.state());
        const auto after = gate.preview(dearer(old, 3), replacing(rig, old));
        const GateFigures& figures = after ? *after : after.error().figures;
        QVERIFY(figures.positionAfter > before->positionAfter);
        QCOMPARE(figures.positionBefore, before->positionAfter); // it works until then
        QCOMPARE(codesOf(gate.preview(dearer(old, 20), replacing(rig, old))), "price_band");
    }

    void buyingPowerIsTheDifference()
    {
        MarketRig rig;
        const OrderIntent old = creditSpread(rig, 4);
        rig.buyingPower = 20; // the broker has taken off what the old one needs
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(dearer(old, 3), rig.state())), "buying_power");
        for (const int cents : {4, 6}) { // 4 lots of 100: 16 and 24 dollars
            const auto judged = gate.preview(dearer(old, cents), replacing(rig, old));
            QCOMPARE(codesOf(judged).contains("buying_power"), cents == 6);
        }
    }

    void aCloseMayBeReplaced()
    {
        MarketRig rig;
        rig.hold(spyPut(580), -4);
        rig.hold(spyPut(575), 4);
        OrderIntent old = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose, 4),
                                            MarketRig::leg(spyPut(575), Action::SellToClose, 4)});
        old.origin = "close";
        rig.netLiquidation = 90'000; // the daily stop
        rig.working = {old};
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(dearer(old, 1), rig.state())), "close_quantity");
        rig.working.clear();
        const auto judged = gate.preview(dearer(old, 1), replacing(rig, old));
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
        QVERIFY(judged->isReducing);
    }

    void onlyTermsMayChange_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, const QString& codes, Change change) {
            QTest::newRow(name) << change << codes;
        };
        row("price", "", [](MarketRig&, OrderIntent& o) { o = dearer(o, 1); });
        row("time in force", "", [](MarketRig&, OrderIntent& o) { o.timeInForce = portfolio::TimeInForce::Gtc; });
        row("nothing", "replacement", [](MarketRig&, OrderIntent&) {});
        row("quantity", "replacement", [](MarketRig& rig, OrderIntent& o) { o = dearer(creditSpread(rig, 3), 1); });
        row("legs", "replacement", [](MarketRig&, OrderIntent& o) {
            o = dearer(o, 1);
            o.legs[1].symbol = spyPut(570);
        });
        row("type, of a spread", "order_type", [](MarketRig&, OrderIntent& o) {
            o.type = portfolio::OrderType::Market;
            o.price.reset();
        });
    }
    void onlyTermsMayChange()
    {
        QFETCH(Change, change);
        QFETCH(QString, codes);
        MarketRig rig;
        const OrderIntent old = creditSpread(rig, 2);
        OrderIntent next = old;
        change(rig, next);
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(next, replacing(rig, old))), codes);
    }

    /// No price is taken back in vain, and an approval says for whose place it is.
    void noDuplicateStopsIt()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent first = creditSpread(rig, 1);
        QVERIFY(gate.approve(first, rig.state()));
        const auto second = gate.approve(dearer(first, 1), replacing(rig, first));
        QVERIFY(second);
        QCOMPARE(second->replaces(), std::string("desk-1"));
        QVERIFY(gate.approve(first, replacing(rig, dearer(first, 1))));
        QCOMPARE(codesOf(gate.preview(dearer(first, 1), rig.state())), "duplicate"); // one more is one
    }

    /// Each figure by the worse of both, and never by their sum.
    void alternativesCountOnce()
    {
        MarketRig rig;
        const OrderIntent old = creditSpread(rig, 2);
        GateState state = rig.state();
        state.workingOrders = {old};
        const Exposure one = exposureOf("SPY", state, nullptr);
        for (const int cents : {-4, 4}) {
            state.alternatives = {{0, dearer(old, cents)}};
            const Exposure both = exposureOf("SPY", state, nullptr);
            GateState other = rig.state();
            other.workingOrders = {dearer(old, cents)};
            const Exposure alone = exposureOf("SPY", other, nullptr);
            QCOMPARE(both.entryCost, std::max(one.entryCost, alone.entryCost));
            QCOMPARE(both.premium, std::max(one.premium, alone.premium));
            QCOMPARE(both.margin, one.margin);
            QCOMPARE(both.dollarDelta, one.dollarDelta);
            QVERIFY(both.worstStress <= std::min(one.worstStress, alone.worstStress));
        }
    }
};

QTEST_APPLESS_MAIN(GateReplacementTest)
#include "gate_replacement_test.moc"
