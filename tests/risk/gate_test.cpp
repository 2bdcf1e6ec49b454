#include "risk/gate/gate.h"

#include "base/log.h"
#include "risk/gate_orders.h"

#include <QtTest>

#include <type_traits>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using namespace testing;

// Nobody else can make an approval, and one approval is one order.
static_assert(!std::is_default_constructible_v<ApprovedOrder>);
static_assert(!std::is_constructible_v<ApprovedOrder, OrderIntent, const GateFigures&, base::Instant>);
static_assert(!std::is_copy_constructible_v<ApprovedOrder> && !std::is_copy_assignable_v<ApprovedOrder>);
static_assert(std::is_move_constructible_v<ApprovedOrder>);
static_assert(!std::is_aggregate_v<ApprovedOrder>);

class GateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsASoundOrderThrough()
    {
        const MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const auto approved = gate.approve(creditSpread(rig, 10), rig.state());
        QVERIFY(approved);
        QVERIFY(approved->approvedAt() == rig.now);
        const GateFigures& figures = approved->figures();
        QVERIFY(std::abs(figures.marginAfter - 5000) < 1e-6); // ten spreads of five dollars
        QVERIFY(std::abs(figures.positionBefore) < 1e-12);
        const double credit = approved->intent().price->toDouble();
        QVERIFY(std::abs(figures.maxLoss - 1000 * (5 - credit)) < 1e-6);
        QVERIFY(!figures.isReducing);
    }

    /// Of an order there one leg has filled and another has not.
    void unevenLegsStopNewRiskInTheirUnderlying()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::Moderate));
        rig.hold(spyPut(580), -1);
        risk::GateState state = rig.state();
        state.unevenUnderlyings = {"SPY"};
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), state)), "uneven_legs");
        QCOMPARE(codesOf(gate.preview(rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose)}), state)), "");
        QCOMPARE(codesOf(gate.preview(rig.order("QQQ", {MarketRig::leg("QQQ", Action::BuyToOpen)}), state)), "");
    }

    void hardLimits_data()
    {
        QTest::addColumn<int>("tolerance");
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, Tolerance tolerance, Change change, const char* code,
                            const char* sentence) {
            QTest::newRow(name) << int(tolerance) << change << code << sentence;
        };
        const auto spreads = [](std::int64_t lots) {
            return [lots](MarketRig& rig, OrderIntent& o) { o = creditSpread(rig, lots); };
        };
        // A spread of 5 dollars needs 500 a lot: 50 lots are 25 %, 20 are 10 %.
        row("49 spreads of 25 %", Tolerance::Moderate, spreads(49), "", "");
        row("51 spreads", Tolerance::Moderate, spreads(51), "position_limit",
            "The position in SPY would be 25.6 % of net liquidation, measured by its margin requirement; the limit is "
            "25.0 %.");
        row("19 spreads of 10 %", Tolerance::Low, spreads(19), "", "");
        row("21 spreads", Tolerance::Low, spreads(21), "position_limit",
            "The position in SPY would be 10.5 % of net liquidation, measured by its margin requirement; the limit is "
            "10.0 %.");
        row(
            "with what is held", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold(spyPut(580), -30);
                rig.hold(spyPut(575), 30);
                o = creditSpread(rig, 21);
            },
            "position_limit",
            "The position in SPY would be 25.5 % of net liquidation, measured by its margin requirement; the limit is "
            "25.0 %.");
        row(
            "with what is working", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent& o) {
                rig.working.push_back(creditSpread(rig, 30));
                o = creditSpread(rig, 21);
                o.price = *o.price + decimal("0.01");
            },
            "position_limit",
            "The position in SPY would be 25.5 % of net liquidation, measured by its margin requirement; the limit is "
            "25.0 %.");
        row(
            "another underlying's is its own", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold(MarketRig::symbolOf("QQQ", december, Right::Put, 440), -40);
                rig.hold(MarketRig::symbolOf("QQQ", december, Right::Put, 435), 40);
                o = creditSpread(rig, 49);
            },
            "", "");
        row(
            "by premium", Tolerance::Low,
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen, 4),
                                      MarketRig::leg(spyPut(600), Action::BuyToOpen, 4)});
            },
            "position_limit",
            "The position in SPY would be 10.7 % of net liquidation, measured by the premium paid; the limit is 10.0 "
            "%.");
        row(
            "leverage below", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold("SPY", 20);
                rig.hold("QQQ", 90);
                o = rig.order("SPY", {MarketRig::leg(spyCall(570), Action::BuyToOpen, 1)});
            },
            "", "");
        row(
            "leverage above, over underlyings and signs", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold("QQQ", -90);
                rig.hold(MarketRig::symbolOf("SPX", december, Right::Call, 5900), 1);
                rig.netLiquidation = 300'000;
                rig.netLiquidationAtSessionStart = 300'000;
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen, 6)});
            },
            "leverage", "Leverage would be 2.09x net liquidation; the limit is 2.00x.");
        row(
            "daily loss just short", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 97'501; }, "", "");
        row(
            "daily loss, no new risk", Tolerance::Moderate,
            [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 97'500; }, "daily_loss",
            "Today's loss of 2.5 % has reached 2.5 %: no new risk today.");
        row(
            "daily loss, stop", Tolerance::Moderate, [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 94'900; },
            "daily_loss",
            "Today's loss of 5.1 % has reached the stop at 5.0 %: only closing orders until the next session.");
        row(
            "daily loss of the low profile", Tolerance::Low,
            [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = 98'900; }, "daily_loss",
            "Today's loss of 1.1 % has reached 1.0 %: no new risk today.");
        row(
            "buying power", Tolerance::Moderate, [](MarketRig& rig, OrderIntent&) { rig.buyingPower = 300; },
            "buying_power", "");
    }
    void hardLimits()
    {
        QFETCH(int, tolerance);
        QFETCH(Change, change);
        QFETCH(QString, code);
        QFETCH(QString, sentence);
        MarketRig rig;
        OrderIntent order = creditSpread(rig, 1);
        change(rig, order);
        const Gate gate(wideLimits(Tolerance(tolerance)));
        const auto judged = gate.preview(order, rig.state());
        QCOMPARE(codesOf(judged), code);
        if (!sentence.isEmpty())
            QCOMPARE(QString::fromStdString(judged.error().reasons.front().sentence.english()), sentence);
        if (!code.isEmpty() && code != "buying_power")
            QVERIFY(judged.error().reasons.front().value >= judged.error().reasons.front().limit);
    }

    /// A far call that nobody bids for, offered at five dollars: to buy it loses two and a half a share at once.
    void entryMustLeaveSomethingOfNetLiquidation_data()
    {
        QTest::addColumn<int>("lots");
        QTest::addColumn<int>("workingLots");
        QTest::addColumn<QString>("codes");
        QTest::newRow("more than there is at once") << 500 << 0 << "position_limit trade_loss account_stress";
        QTest::newRow("after what works elsewhere") << 100 << 350 << "position_limit trade_loss account_stress";
        QTest::newRow("all of it gone in working orders") << 1 << 450 << "position_limit account_stress";
    }
    void entryMustLeaveSomethingOfNetLiquidation()
    {
        QFETCH(int, lots);
        QFETCH(int, workingLots);
        QFETCH(QString, codes);
        MarketRig rig;
        rig.halfSpread = 4.975;
        if (workingLots > 0)
            rig.working.push_back(
                rig.order("QQQ", {MarketRig::leg(MarketRig::symbolOf("QQQ", december, Right::Call, 620),
                                                 Action::BuyToOpen, workingLots)}));
        const OrderIntent order = rig.order("SPY", {MarketRig::leg(spyCall(760), Action::BuyToOpen, lots)});
        const auto judged = Gate(wideLimits(Tolerance::Moderate)).preview(order, rig.state());
        QCOMPARE(codesOf(judged), codes);
        QVERIFY(std::isinf(judged.error().figures.positionAfter) && judged.error().figures.positionAfter > 0);
        QVERIFY(std::isinf(judged.error().figures.leverageAfter) && judged.error().figures.leverageAfter > 0);
        QVERIFY(!judged.error().figures.isReducing);
    }

    void whatIsNotKnownIsRefused_data()
    {
        QTest::addColumn<Change>("change");
        const auto row = [](const char* name, Change change) { QTest::newRow(name) << change; };
        row("net liquidation", [](MarketRig& rig, OrderIntent&) { rig.netLiquidation = market::unknown; });
        row("net liquidation at the start",
            [](MarketRig& rig, OrderIntent&) { rig.netLiquidationAtSessionStart = market::unknown; });
        row("buying power", [](MarketRig& rig, OrderIntent&) { rig.buyingPower = market::unknown; });
        row("volatility of a leg",
            [](MarketRig& rig, OrderIntent& o) { rig.withoutVolatility.insert(o.legs[0].symbol); });
        row("volatility of a position here", [](MarketRig& rig, OrderIntent&) {
            rig.hold(spyCall(620), 1);
            rig.withoutVolatility.insert(spyCall(620));
        });
        row("delta of a position elsewhere", [](MarketRig& rig, OrderIntent&) {
            const std::string qqq = MarketRig::symbolOf("QQQ", december, Right::Call, 500);
            rig.hold(qqq, 1);
            rig.withoutVolatility.insert(qqq);
        });
        row("an instrument that is held", [](MarketRig& rig, OrderIntent&) {
            rig.hold(spyCall(620), 1);
            rig.positions.back().symbol = "SPY   NOBODY KNOWS";
        });
        row("the spot", [](MarketRig& rig, OrderIntent&) { rig.spots["SPY"] = market::unknown; });
    }
    void whatIsNotKnownIsRefused()
    {
        QFETCH(Change, change);
        MarketRig rig;
        OrderIntent order = creditSpread(rig, 1);
        change(rig, order);
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(order, rig.state())), "unknown_value");
    }

    void aDifferenceFreezesItsUnderlying()
    {
        const MarketRig rig;
        GateState state = rig.state();
        state.frozenUnderlyings = {"QQQ", "SPY"};
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), state)), "unreconciled");
        state.frozenUnderlyings = {"QQQ"};
        QVERIFY(gate.preview(creditSpread(rig, 1), state));
    }

    void nothingPassesThatMayNotBeSent()
    {
        MarketRig rig;
        rig.hold(spyCall(600), 1);
        rig.sendRefusal = {"this account is only looked at"};
        Gate gate(wideLimits(Tolerance::Moderate));
        OrderIntent close = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::SellToClose)});
        close.origin = "close";
        OrderIntent strategy = creditSpread(rig, 1);
        strategy.origin = "strategy:iron_condor";
        for (const OrderIntent& order : {close, strategy}) {
            const auto refused = gate.approve(order, rig.state());
            QVERIFY(!refused);
            QCOMPARE(refused.error().reasons.size(), std::size_t{1});
            QCOMPARE(refused.error().reasons.front().code, std::string("not_armed"));
            QCOMPARE(refused.error().sentence(), std::string("this account is only looked at"));
        }
    }

    void newRiskNeedsAPriceOfNow()
    {
        MarketRig rig;
        const Gate gate(wideLimits(Tolerance::Moderate));
        rig.withStaleSpot.insert("QQQ");
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), rig.state())), "");
        rig.withStaleSpot.insert("SPY");
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), rig.state())), "unknown_value");
        rig.hold(spyCall(600), 1);
        const auto close = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::SellToClose)});
        QCOMPARE(codesOf(gate.preview(close, rig.state())), "");
        rig.withStaleSpot.clear();
        rig.isFeedAlive = false;
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), rig.state())), "feed_down");
        QCOMPARE(codesOf(gate.preview(close, rig.state())), "");
    }

    void aWorkingOrderWhoseOfferHasGoneIsMeasuredByTheModel()
    {
        MarketRig rig;
        const std::string call = MarketRig::symbolOf("QQQ", december, Right::Call, 520);
        rig.working.push_back(rig.order("QQQ", {MarketRig::leg(call, Action::BuyToOpen, 2)}));
        rig.quotes[call] = {0.0, 0.0};
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), rig.state())), ""); // elsewhere
        const auto here = rig.order(
            "QQQ", {MarketRig::leg(MarketRig::symbolOf("QQQ", december, Right::Call, 530), Action::BuyToOpen)});
        QCOMPARE(codesOf(gate.preview(here, rig.state())), "");
        rig.withoutVolatility.insert(call); // then nothing tells what it is worth
        QCOMPARE(codesOf(gate.preview(here, rig.state())), "unknown_value");
    }

    void tooManyWorkingOrdersAreRefused()
    {
        MarketRig rig;
        for (int i = 0; i < 9; ++i)
            rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyCall(700 + i), Action::BuyToOpen)}));
        const Gate gate(wideLimits(Tolerance::Moderate));
        QVERIFY(codesOf(gate.preview(creditSpread(rig, 1), rig.state())).startsWith("working_orders"));
        rig.working.pop_back();
        QCOMPARE(codesOf(gate.preview(creditSpread(rig, 1), rig.state())), "");
    }

    void saysEverythingThatSpeaksAgainstIt()
    {
        MarketRig rig;
        rig.netLiquidation = 94'000;
        rig.tradingState = TradingState::Reducing;
        OrderIntent order = creditSpread(rig, 60);
        order.price = decimal("0.01");
        const Gate gate(wideLimits(Tolerance::Moderate));
        const auto judged = gate.preview(order, rig.state());
        QCOMPARE(codesOf(judged), "reducing_only price_band daily_loss position_limit trade_loss");
        QVERIFY(judged.error().sentence().ends_with("(and 4 more)"));
    }

    void limitsStayUnderTheCaps()
    {
        Gate gate(wideLimits(Tolerance::High));
        Limits wild = limitsFor(Tolerance::High);
        wild.leverage = 3;
        QVERIFY(!gate.setLimits(wild));
        QCOMPARE(gate.limits().leverage, 2.0);
        base::log::configure(base::log::Level::Off);
        const Gate tamed(wild);
        QCOMPARE(tamed.limits().largestPosition, limitsFor(Tolerance::Low).largestPosition);
    }
};

QTEST_APPLESS_MAIN(GateTest)
#include "gate_test.moc"
