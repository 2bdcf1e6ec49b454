#include "risk/gate/gate.h"

#include "risk/gate_orders.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using portfolio::Action;
using portfolio::ComplexIntent;
using portfolio::ComplexKind;
using portfolio::OrderIntent;
using portfolio::OrderType;
using namespace testing;

namespace
{

OrderIntent shares(const MarketRig& rig, Action action, std::int64_t quantity)
{
    return rig.order("SPY", {MarketRig::leg("SPY", action, quantity)});
}

/// A sale well above the market, and one that begins below it.
std::vector<OrderIntent> bracket(const MarketRig& rig, std::int64_t quantity)
{
    OrderIntent profit = shares(rig, Action::SellToClose, quantity);
    profit.price = decimal("620.00");
    profit.timeInForce = portfolio::TimeInForce::Gtc;
    OrderIntent stop = profit;
    stop.type = OrderType::Stop;
    stop.price.reset();
    stop.effect = portfolio::PriceEffect::None;
    stop.stopTrigger = decimal("575.00");
    return {profit, stop};
}

ComplexIntent otoco(const MarketRig& rig, std::int64_t quantity)
{
    return {ComplexKind::Otoco, shares(rig, Action::BuyToOpen, quantity), bracket(rig, quantity)};
}

QString codesOfParts(const Gate& gate, const ComplexIntent& intent, const GateState& state)
{
    return codesOf(gate.preview(intent, state));
}

using ChangeComplex = std::function<void(MarketRig&, ComplexIntent&)>;

} // namespace

Q_DECLARE_METATYPE(ChangeComplex)

class GateComplexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBracketIsJudgedByWhatItOpens()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const ComplexIntent fits = otoco(rig, 50);
        const auto judged = gate.preview(fits, rig.state());
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
        QVERIFY(!judged->isReducing);
        QCOMPARE(judged->positionAfter, gate.preview(*fits.trigger, rig.state())->positionAfter);
        const ComplexIntent large = otoco(rig, 400); // 240,000 of 100,000
        QCOMPARE(codesOfParts(gate, large, rig.state()), codesOf(gate.preview(*large.trigger, rig.state())));
        QVERIFY(codesOfParts(gate, large, rig.state()).contains("leverage"));
        rig.tradingState = TradingState::Reducing;
        QCOMPARE(codesOfParts(gate, fits, rig.state()), "reducing_only");
        rig.tradingState = TradingState::Active;
        QVERIFY(gate.approve(fits, rig.state()));
        QCOMPARE(codesOfParts(gate, fits, rig.state()), "duplicate");
        gate.forget(fits);
        QVERIFY(gate.approve(fits, rig.state()));
    }

    /// Against the market as it is when the first order has filled, and not against today's.
    void exitsAreJudgedAtTheEntrysPrice()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::Moderate));
        ComplexIntent above = otoco(rig, 10); // bought once the market has come to 640
        above.trigger->type = OrderType::Stop;
        above.trigger->price.reset();
        above.trigger->effect = portfolio::PriceEffect::None;
        above.trigger->stopTrigger = decimal("640.00");
        above.orders[0].price = decimal("700.00");
        above.orders[1].stopTrigger = decimal("620.00"); // above today's market, below the entry
        QCOMPARE(codesOfParts(gate, above, rig.state()), "");
        above.orders[1].stopTrigger = decimal("650.00");
        QCOMPARE(codesOfParts(gate, above, rig.state()), "stop_trigger");
        ComplexIntent below = otoco(rig, 10); // bought once it has come down to 500
        below.trigger->price = decimal("500.00");
        below.orders[0].price = decimal("550.00"); // a profit, though 50 below today's market
        below.orders[1].stopTrigger = decimal("480.00");
        QCOMPARE(codesOfParts(gate, below, rig.state()), "");
        below.orders[1].stopTrigger = decimal("520.00");
        QCOMPARE(codesOfParts(gate, below, rig.state()), "stop_trigger");
    }

    /// Each alone, because one of them fills.
    void twoThatCancelEachOtherMustFitThePosition()
    {
        MarketRig rig;
        rig.hold("SPY", 10);
        rig.netLiquidation = 90'000; // the daily stop: closes pass
        const Gate gate(wideLimits(Tolerance::Moderate));
        const auto judged = gate.preview(ComplexIntent{ComplexKind::Oco, {}, bracket(rig, 10)}, rig.state());
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
        QVERIFY(judged->isReducing);
        QCOMPARE(codesOfParts(gate, {ComplexKind::Oco, {}, bracket(rig, 11)}, rig.state()), "close_quantity");
        rig.working = {shares(rig, Action::SellToClose, 1)};
        QCOMPARE(codesOfParts(gate, {ComplexKind::Oco, {}, bracket(rig, 10)}, rig.state()), "close_quantity");
    }

    void partsMustFitEachOther_data()
    {
        QTest::addColumn<ChangeComplex>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, const QString& codes, ChangeComplex change) {
            QTest::newRow(name) << change << codes;
        };
        row("a bracket", "", [](MarketRig&, ComplexIntent&) {});
        row("one close", "", [](MarketRig&, ComplexIntent& c) {
            c.kind = ComplexKind::Oto;
            c.orders.pop_back();
        });
        row("a close missing", "complex", [](MarketRig&, ComplexIntent& c) { c.orders.pop_back(); });
        row("no trigger", "complex", [](MarketRig&, ComplexIntent& c) { c.trigger.reset(); });
        row("a pair with a trigger", "complex", [](MarketRig&, ComplexIntent& c) { c.kind = ComplexKind::Oco; });
        row("more than it opens", "complex", [](MarketRig& rig, ComplexIntent& c) { c.orders = bracket(rig, 51); });
        row("less than it opens", "complex", [](MarketRig& rig, ComplexIntent& c) { c.orders = bracket(rig, 49); });
        row("two sizes", "complex", [](MarketRig&, ComplexIntent& c) { c.orders[1].legs[0].quantity = 49; });
        row("of something else", "complex", [](MarketRig&, ComplexIntent& c) {
            for (OrderIntent& order : c.orders)
                order.legs[0].symbol = "QQQ";
        });
        row("the same side", "complex", [](MarketRig&, ComplexIntent& c) {
            for (OrderIntent& order : c.orders)
                order.legs[0].action = Action::BuyToClose;
        });
        row("a close that opens", "complex",
            [](MarketRig&, ComplexIntent& c) { c.orders[0].legs[0].action = Action::SellToOpen; });
        row("a trigger that closes", "complex",
            [](MarketRig&, ComplexIntent& c) { c.trigger->legs[0].action = Action::BuyToClose; });
        row("a stop without its trigger", "stop_trigger",
            [](MarketRig&, ComplexIntent& c) { c.orders[1].stopTrigger.reset(); });
        row("a sale far below the market", "price_band",
            [](MarketRig&, ComplexIntent& c) { c.orders[0].price = decimal("500.00"); });
        row("not armed", "not_armed",
            [](MarketRig& rig, ComplexIntent&) { rig.sendRefusal = {"no order may be sent"}; });
    }
    void partsMustFitEachOther()
    {
        QFETCH(ChangeComplex, change);
        QFETCH(QString, codes);
        MarketRig rig;
        ComplexIntent intent = otoco(rig, 50);
        change(rig, intent);
        QCOMPARE(codesOfParts(Gate(wideLimits(Tolerance::Moderate)), intent, rig.state()), codes);
    }

    void spreadsTheyAreToo()
    {
        MarketRig rig;
        ComplexIntent intent{ComplexKind::Oto, creditSpread(rig, 2), {}};
        intent.orders.push_back(rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose, 2),
                                                  MarketRig::leg(spyPut(575), Action::SellToClose, 2)}));
        const auto judged = Gate(wideLimits(Tolerance::Moderate)).preview(intent, rig.state());
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    }
};

QTEST_APPLESS_MAIN(GateComplexTest)
#include "gate_complex_test.moc"
