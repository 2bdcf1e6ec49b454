#include "risk/gate_orders.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using portfolio::Action;
using portfolio::OrderIntent;
using testing::codesOf;
using testing::MarketRig;
using testing::spyCall;
using testing::spyPut;
using testing::wideLimits;

namespace
{

/// What the gate says must be seen before confirming, in English.
QStringList warningsOf(const tl::expected<GateFigures, GateRefusals>& judged)
{
    QStringList words;
    for (const base::Sentence& warning : (judged ? *judged : judged.error().figures).warnings)
        words << QString::fromStdString(warning.english());
    return words;
}

bool isReducing(const tl::expected<GateFigures, GateRefusals>& judged)
{
    return (judged ? *judged : judged.error().figures).isReducing;
}

/// A hundred shares and the call sold against them.
MarketRig coveredCall()
{
    MarketRig rig;
    rig.hold("SPY", 100);
    rig.hold(spyCall(620), -1);
    return rig;
}

OrderIntent sellShares(const MarketRig& rig, std::int64_t quantity)
{
    return rig.order("SPY", {MarketRig::leg("SPY", Action::SellToClose, quantity)});
}

} // namespace

/// Closing what covers a short opens the loss that it covered.
class GateCoverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sellingTheSharesUnderACallIsNoReduction()
    {
        const MarketRig rig = coveredCall();
        const Gate gate(wideLimits(Tolerance::High));
        const auto judged = gate.preview(sellShares(rig, 100), rig.state());
        QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
        QVERIFY2(!judged->isReducing, "it needs less margin, and can lose without limit");
        QCOMPARE(warningsOf(judged), QStringList{"Leaves 1 short call uncovered: unlimited loss."});
        // The margin is the naked call's.
        const double mark = rig.instrument(spyCall(620))->quote.mid();
        QVERIFY(std::abs(judged->marginAfter - 100 * (mark + 0.20 * 600 - 20)) < 0.01);
    }

    void nothingThatStopsNewRiskLetsItThrough_data()
    {
        QTest::addColumn<testing::Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, testing::Change change, const char* codes) {
            QTest::newRow(name) << change << codes;
        };
        row(
            "reducing state", [](MarketRig& rig, OrderIntent&) { rig.tradingState = TradingState::Reducing; },
            "reducing_only");
        row(
            "halted, by a person",
            [](MarketRig& rig, OrderIntent& order) {
                rig.tradingState = TradingState::Halted;
                order.origin = "close";
            },
            "halted");
        row(
            "daily stop", [](MarketRig& rig, OrderIntent&) { rig.netLiquidationAtSessionStart = 120'000; },
            "daily_loss");
        row("no quotes", [](MarketRig& rig, OrderIntent&) { rig.isFeedAlive = false; }, "feed_down");
    }
    void nothingThatStopsNewRiskLetsItThrough()
    {
        QFETCH(testing::Change, change);
        QFETCH(QString, codes);
        MarketRig rig = coveredCall();
        OrderIntent order = sellShares(rig, 100);
        change(rig, order);
        const auto judged = Gate(wideLimits(Tolerance::High)).preview(order, rig.state());
        QVERIFY2(codesOf(judged).contains(codes), qPrintable(codesOf(judged)));
        QVERIFY2(!warningsOf(judged).isEmpty(), "a refused order says it too");
        OrderIntent call = rig.order("SPY", {MarketRig::leg(spyCall(620), Action::BuyToClose)});
        call.origin = "close";
        QVERIFY2(Gate(wideLimits(Tolerance::High)).preview(call, rig.state()), "the call may be bought back first");
    }

    void sharesThatCoverNothingMayGo()
    {
        MarketRig rig = coveredCall();
        rig.hold("SPY", 40);
        const Gate gate(wideLimits(Tolerance::High));
        const auto spare = gate.preview(sellShares(rig, 40), rig.state());
        QVERIFY(spare && spare->isReducing && spare->warnings.empty());
        const auto oneMore = gate.preview(sellShares(rig, 41), rig.state());
        QVERIFY(oneMore && !oneMore->isReducing);
        QCOMPARE(warningsOf(oneMore).size(), 1);
    }

    void aWorkingSaleMayTakeTheCoverToo()
    {
        MarketRig rig = coveredCall();
        rig.hold("SPY", 100);
        const Gate gate(wideLimits(Tolerance::High));
        const OrderIntent half = sellShares(rig, 100);
        QVERIFY(gate.preview(half, rig.state())->isReducing);
        rig.working.push_back(half);
        rig.working.back().price = testing::decimal("601");
        QVERIFY2(!gate.preview(half, rig.state())->isReducing, "both may fill");
        rig.working.clear();
        rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyCall(630), Action::SellToOpen),
                                                MarketRig::leg(spyCall(640), Action::BuyToOpen)}));
        QVERIFY2(gate.preview(half, rig.state())->isReducing, "a working spread covers itself");
        rig.working.back().legs.pop_back();
        QVERIFY2(!gate.preview(half, rig.state())->isReducing, "a working call does not");
    }

    void openingANakedCallSaysSo()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::High));
        const auto sale = [&](const std::string& symbol, std::int64_t lots = 1) {
            return warningsOf(
                gate.preview(rig.order("SPY", {MarketRig::leg(symbol, Action::SellToOpen, lots)}), rig.state()));
        };
        QCOMPARE(sale(spyCall(620)), QStringList{"Leaves 1 short call uncovered: unlimited loss."});
        QCOMPARE(sale(spyPut(580)), QStringList{});
        rig.multiplier = 10; // a contract is a contract, however few shares it is of
        QCOMPARE(sale(spyCall(620), 4), QStringList{"Leaves 4 short calls uncovered: unlimited loss."});
        rig.hold("SPY", 15);
        QCOMPARE(sale(spyCall(620), 4), QStringList{"Leaves 3 short calls uncovered: unlimited loss."});
        rig.hold("SPY", 85);
        rig.multiplier = 100;
        QCOMPARE(sale(spyCall(620)), QStringList{});
    }

    void noFigureIsNeededToSeeIt()
    {
        MarketRig rig = coveredCall();
        rig.positions.pop_back(); // the call is not sold yet: its order works
        rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyCall(620), Action::SellToOpen)}));
        const OrderIntent sale = sellShares(rig, 100);
        const Gate gate(wideLimits(Tolerance::Moderate));
        QVERIFY(!isReducing(gate.preview(sale, rig.state())));
        rig.withoutVolatility.insert(spyCall(620));
        QVERIFY2(!isReducing(gate.preview(sale, rig.state())), "no volatility");
        rig.tradingState = TradingState::Halted;
        QVERIFY2(!gate.preview(sale, rig.state()), "and halted");
    }

    void aNetLiquidationThatIsNotKnownHidesNothing()
    {
        MarketRig rig;
        rig.hold("SPY", 100);
        rig.hold(spyCall(620), 1);
        rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyCall(630), Action::SellToOpen, 2)}));
        rig.netLiquidation = market::unknown;
        const OrderIntent sale = rig.order("SPY", {MarketRig::leg(spyCall(620), Action::SellToClose)});
        QVERIFY(!isReducing(Gate(wideLimits(Tolerance::High)).preview(sale, rig.state())));
    }

    void moreWorkingOrdersThanChoicesAreLookedAt()
    {
        MarketRig rig;
        rig.hold("SPY", 100);
        for (int i = 0; i < 9; ++i)
            rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyCall(620), Action::SellToOpen)}));
        const auto judged = Gate(wideLimits(Tolerance::High)).preview(sellShares(rig, 100), rig.state());
        QVERIFY(!isReducing(judged));
        QCOMPARE(warningsOf(judged), QStringList{"Leaves 1 short call uncovered: unlimited loss."});
    }

    void theLongOfASpreadCoversIt_data()
    {
        QTest::addColumn<std::string>("shortLeg");
        QTest::addColumn<std::string>("longLeg");
        QTest::addColumn<QString>("warning");
        QTest::newRow("calls") << spyCall(610) << spyCall(640) << "Leaves 3 short calls uncovered: unlimited loss.";
        QTest::newRow("puts") << spyPut(580) << spyPut(520)
                              << "Leaves 3 short puts uncovered: they lose until the price is 0.";
    }
    void theLongOfASpreadCoversIt()
    {
        QFETCH(std::string, shortLeg);
        QFETCH(std::string, longLeg);
        QFETCH(QString, warning);
        MarketRig rig;
        rig.hold(shortLeg, -3);
        rig.hold(longLeg, 3);
        const Gate gate(wideLimits(Tolerance::High));
        const auto judged =
            gate.preview(rig.order("SPY", {MarketRig::leg(longLeg, Action::SellToClose, 3)}), rig.state());
        QCOMPARE(warningsOf(judged), QStringList{warning});
        QVERIFY(!(judged ? *judged : judged.error().figures).isReducing);
        const auto both = gate.preview(rig.order("SPY", {MarketRig::leg(longLeg, Action::SellToClose, 3),
                                                         MarketRig::leg(shortLeg, Action::BuyToClose, 3)}),
                                       rig.state());
        QVERIFY(both && both->isReducing && both->warnings.empty());
    }

    void theCallUnderShortSharesCoversThem()
    {
        MarketRig rig;
        rig.hold("SPY", -100);
        rig.hold(spyCall(600), 1);
        const auto judged =
            Gate(wideLimits(Tolerance::High))
                .preview(rig.order("SPY", {MarketRig::leg(spyCall(600), Action::SellToClose)}), rig.state());
        QCOMPARE(warningsOf(judged), QStringList{"Leaves 100 short shares uncovered: unlimited loss."});
        QVERIFY2(judged && judged->isReducing, "or a straddle and its hedge could not be unwound one after the other");
    }
};

QTEST_GUILESS_MAIN(GateCoverTest)
#include "gate_cover_test.moc"
