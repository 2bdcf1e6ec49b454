#include "risk/gate/gate.h"

#include "risk/gate_orders.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using namespace testing;

/// What only takes risk away passes where new risk does not.
class GateReductionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closesPassEveryLimit_data()
    {
        QTest::addColumn<Change>("change");
        const auto row = [](const char* name, Change change) { QTest::newRow(name) << change; };
        row("daily stop", [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 90'000; });
        row("position far over the limit", [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 9'000; });
        row("reducing state", [](MarketRig& rig, OrderIntent&) { rig.tradingState = TradingState::Reducing; });
        row("halted, by a person", [](MarketRig& rig, OrderIntent& o) {
            rig.tradingState = TradingState::Halted;
            o.origin = "close";
        });
        row("net liquidation not known", [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = market::unknown; });
        row("volatility not known", [](MarketRig& rig, OrderIntent&) { rig.withoutVolatility.insert(spyPut(580)); });
        row("no buying power", [](MarketRig& rig, OrderIntent&) { rig.buyingPower = 0; });
    }
    void closesPassEveryLimit()
    {
        QFETCH(Change, change);
        MarketRig rig;
        rig.hold(spyPut(580), -40);
        rig.hold(spyPut(575), 40);
        OrderIntent order = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose, 40),
                                              MarketRig::leg(spyPut(575), Action::SellToClose, 40)});
        order.origin = "strategy:iron_condor";
        change(rig, order);
        const Gate gate(wideLimits(Tolerance::Moderate));
        const auto judged = gate.preview(order, rig.state());
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
        QVERIFY(judged->isReducing);
    }

    void sellingTheWingOfASpreadIsNoReduction()
    {
        MarketRig rig;
        rig.hold(spyPut(580), -5);
        rig.hold(spyPut(575), 5);
        const OrderIntent wing = rig.order("SPY", {MarketRig::leg(spyPut(575), Action::SellToClose, 5)});
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(wing, rig.state())), "position_limit");
        rig.withoutVolatility.insert(spyPut(580)); // nor when nothing can be measured
        QCOMPARE(codesOf(gate.preview(wing, rig.state())), "unknown_value");
        rig.withoutVolatility.clear();
        const OrderIntent shorts = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose, 5)});
        QVERIFY(gate.preview(shorts, rig.state())->isReducing);
    }

    void aHedgedBookCanBeUnwoundLegByLeg()
    {
        MarketRig rig;
        rig.hold(spyPut(600), -3);
        rig.hold("SPY", -140);
        rig.netLiquidation = 94'000; // beyond the daily stop
        const Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent puts = rig.order("SPY", {MarketRig::leg(spyPut(600), Action::BuyToClose, 3)});
        QVERIFY(gate.preview(puts, rig.state())->isReducing);
        const OrderIntent shares = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToClose, 140)});
        QVERIFY(gate.preview(shares, rig.state())->isReducing);
    }

    void anOverLeveragedBookMayBeHedged()
    {
        MarketRig rig;
        rig.hold("QQQ", 460); // 2.3 times what the account is worth
        const Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent more = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen, 1)});
        QCOMPARE(codesOf(gate.preview(more, rig.state())), "leverage");
        const OrderIntent hedge = rig.order(
            "QQQ", {MarketRig::leg(MarketRig::symbolOf("QQQ", december, Right::Put, 500), Action::BuyToOpen, 1)});
        const auto judged = gate.preview(hedge, rig.state());
        QVERIFY2(judged || codesOf(judged) == "position_limit", qPrintable(codesOf(judged)));
        QVERIFY(codesOf(judged).indexOf("leverage") < 0);
    }

    void states_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, TradingState state, bool closes, const char* origin, const char* codes) {
            QTest::newRow(name) << int(state) << closes << origin << codes;
        };
        row("reducing, opening", TradingState::Reducing, false, "ticket", "reducing_only");
        row("reducing, strategy closes", TradingState::Reducing, true, "strategy:x", "");
        row("halted, opening", TradingState::Halted, false, "ticket", "halted");
        row("halted, person closes", TradingState::Halted, true, "ticket", "");
        row("halted, strategy closes", TradingState::Halted, true, "strategy:x", "halted");
        row("halted, hedger closes", TradingState::Halted, true, "hedge:x", "halted");
    }
    void states()
    {
        QFETCH(int, state);
        QFETCH(bool, closes);
        QFETCH(QString, origin);
        QFETCH(QString, codes);
        MarketRig rig;
        rig.tradingState = TradingState(state);
        if (closes)
            rig.hold(spyPut(570), 1);
        OrderIntent order =
            closes ? rig.order("SPY", {MarketRig::leg(spyPut(570), Action::SellToClose)}) : creditSpread(rig, 1);
        order.origin = origin.toStdString();
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(order, rig.state())), codes);
    }

    void aCloseIsJudgedInCashWhereNothingIsLeft()
    {
        MarketRig rig;
        rig.hold("SPY", 100);
        rig.hold(spyPut(580), -2);
        rig.hold(spyPut(575), 3);
        rig.halfSpread = 4;
        rig.working.push_back(rig.order(
            "QQQ", {MarketRig::leg(MarketRig::symbolOf("QQQ", december, Right::Call, 620), Action::BuyToOpen, 600)}));
        // Figures before and after are infinite alike: what tells a close from new risk is the cash.
        const Gate gate(wideLimits(Tolerance::Moderate));
        const auto closes =
            gate.preview(rig.order("SPY", {MarketRig::leg("SPY", Action::SellToClose, 50)}), rig.state());
        QCOMPARE(codesOf(closes), "");
        QVERIFY(closes->isReducing && std::isinf(closes->positionAfter));
        rig.quotes[spyPut(575)] = {2.0, 10.0};
        const auto wing = rig.order("SPY", {MarketRig::leg(spyPut(575), Action::SellToClose, 3)});
        QCOMPARE(codesOf(gate.preview(wing, rig.state())), "position_limit account_stress");
    }
};

QTEST_APPLESS_MAIN(GateReductionsTest)
#include "gate_reductions_test.moc"
