#include "risk/gate/book_cache.h"
#include "risk/gate/gate.h"
#include "risk/gate_orders.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using namespace testing;

/// What the table of profiles limits beside position, leverage and the day's loss, and the caps of single orders.
namespace
{

using Setup = std::function<void(MarketRig&, GateState&, OrderIntent&, Limits&)>;

std::string january(double strike)
{
    return MarketRig::symbolOf("SPY", base::makeDate(2027, 1, 15), Right::Call, strike);
}

bool warns(const GateFigures& figures, const char* words)
{
    return std::ranges::any_of(figures.warnings, [&](const base::Sentence& sentence) {
        return sentence.english().find(words) != std::string::npos;
    });
}

} // namespace

Q_DECLARE_METATYPE(Setup)

class GateBookLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesByTheProfile_data();
    void refusesByTheProfile();
    void reductionsPass();
    void sharesAreLimitedAsAPartOfTheBook();
    void sharesHaveTheirOwnVolatility_data();
    void sharesHaveTheirOwnVolatility();
    void aHedgeHasNoValueAtRiskOfItsOwn();
    void singleLegsAreMeasured();
    void theMostLeveredLegNeedNotBeTheLargest();
    void shortOptionsNearAssignmentAreSaid_data();
    void shortOptionsNearAssignmentAreSaid();
    void aPriceFarBeyondTheSpreadIsSaidOrRefused();
    void whatIsKeptIsNoOlderThanTheMarket();
};

void GateBookLimitsTest::refusesByTheProfile_data()
{
    QTest::addColumn<int>("tolerance");
    QTest::addColumn<Setup>("change");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, Tolerance tolerance, Setup change, const char* code, const char* sentence) {
        QTest::newRow(name) << int(tolerance) << change << code << sentence;
    };
    constexpr Tolerance moderate = Tolerance::Moderate;
    // A spread of 5 dollars for 1.00 can lose 400: five of them are 2 %.
    const auto spreads = [](std::int64_t lots) {
        return [lots](MarketRig& rig, GateState&, OrderIntent& o, Limits&) {
            rig.quotes[spyPut(580)] = {6.00, 6.04};
            rig.quotes[spyPut(575)] = {4.96, 5.00};
            o = creditSpread(rig, lots);
        };
    };
    row("five spreads", moderate, spreads(5), "", "");
    row("six spreads", moderate, spreads(6), "trade_loss",
        "The trade could lose 2400, 2.4 % of net liquidation; the limit is 2.0 %.");
    row("ten spreads", Tolerance::High, spreads(10), "", "");
    row("eleven spreads", Tolerance::High, spreads(11), "trade_loss", "");
    row(
        "a short put alone counts by its stress", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits&) {
            o = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::SellToOpen)});
        },
        "trade_loss", "");
    row(
        "a calendar counts by what it costs", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits&) {
            o = rig.order("SPY", {MarketRig::leg(january(600), Action::BuyToOpen, 4),
                                  MarketRig::leg(spyCall(600), Action::SellToOpen, 4)});
        },
        "trade_loss", "");
    row(
        "everything lower at once", moderate,
        [](MarketRig& rig, GateState& state, OrderIntent&, Limits& limits) {
            limits.leverage = 2;
            rig.hold("QQQ", 134); // 67,000 dollars: 10,050 at 15 % less
            state = rig.state();
        },
        "account_stress", "");
    row(
        "with long puts elsewhere", moderate,
        [](MarketRig& rig, GateState& state, OrderIntent&, Limits&) {
            rig.hold("QQQ", 134);
            rig.hold(MarketRig::symbolOf("SPX", december, Right::Put, 5400), 1);
            state = rig.state();
        },
        "", "");
    row(
        "value at risk", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.valueAtRisk = 1999; }, "value_at_risk", "");
    row(
        "value at risk of far less", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.valueAtRisk = 1500; }, "", "");
    row(
        "buying power used", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.buyingPower = 50'300; }, "buying_power_used",
        "50.1 % of net liquidation would be tied up; the limit is 50.0 %.");
    row(
        "buying power just enough", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.buyingPower = 50'410; }, "", "");
    row(
        "margin that rises under stress", moderate,
        [](MarketRig& rig, GateState& state, OrderIntent& o, Limits& limits) {
            limits.tradeLoss = 0.25;
            limits.buyingPowerUsed = 1;
            o = rig.order("SPY", {MarketRig::leg(spyPut(560), Action::SellToOpen)});
            state.buyingPower = 14'000;
        },
        "stressed_margin", "");
    row(
        "one strategy more", moderate,
        [](MarketRig&, GateState& state, OrderIntent& o, Limits&) {
            o.origin = "strategy:iron_condor";
            o.group = "new";
            state.strategyGroups.assign(16, "other");
        },
        "strategy_positions", "Strategies have 16 positions open; the limit is 16.");
    row(
        "one that is open already", moderate,
        [](MarketRig&, GateState& state, OrderIntent& o, Limits&) {
            o.origin = "strategy:iron_condor";
            o.group = "other";
            state.strategyGroups.assign(16, "other");
        },
        "", "");
    row("a leg alone, low", Tolerance::Low, [](MarketRig&, GateState&, OrderIntent&, Limits&) {}, "leg_state", "");
    row(
        "too many contracts", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits& limits) {
            limits.orders.contractsPerLeg = 2;
            o = creditSpread(rig, 3);
        },
        "leg_size", "");
    row(
        "more than is quoted", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits& limits) {
            limits.orders.quotedSize = 0.02; // of 100
            o = creditSpread(rig, 3);
        },
        "quoted_size", "");
    row(
        "notional of the order", moderate,
        [](MarketRig&, GateState&, OrderIntent&, Limits& limits) { limits.orders.orderNotional = 0.001; },
        "order_notional", "");
    row(
        "notional of the day", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.tradedToday["SPY"] = 1'999'999; },
        "day_notional", "");
    row(
        "notional of the day elsewhere", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.tradedToday["QQQ"] = 1'999'000; }, "", "");
    row(
        "orders of the day", moderate,
        [](MarketRig&, GateState& state, OrderIntent&, Limits&) { state.ordersToday = 1000; }, "orders_per_day",
        "1000 orders have left today: no new risk before tomorrow.");
    row(
        "orders that work", moderate,
        [](MarketRig& rig, GateState& state, OrderIntent&, Limits& limits) {
            limits.orders.workingOrders = 1;
            rig.working.push_back(rig.order("QQQ", {MarketRig::leg("QQQ", Action::BuyToOpen)}));
            state = rig.state();
        },
        "working_total", "");
    row(
        "changed too often", moderate,
        [](MarketRig&, GateState& state, OrderIntent& o, Limits&) {
            OrderIntent old = o;
            old.price = *old.price + decimal("0.01");
            state.replaced = {.id = "old", .intent = old, .replacements = 50};
        },
        "replacements", "The order has been changed 50 times: cancel it, or leave it as it is.");
    row(
        "a spread for more than its width", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits&) {
            o = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToOpen),
                                  MarketRig::leg(spyPut(575), Action::SellToOpen)});
            rig.quotes[spyPut(580)] = {12.0, 12.4};
            rig.quotes[spyPut(575)] = {7.4, 7.8};
            o.price = decimal("5.02");
        },
        "price_worth", "At this price the order cannot gain: at expiry it loses 2.00 or more.");
    row(
        "a call for more than its share", moderate,
        [](MarketRig& rig, GateState&, OrderIntent& o, Limits& limits) {
            limits.tradeLoss = 0.25;
            limits.largestPosition = 0.25;
            rig.spots["SPY"] = 40;
            const std::string call = MarketRig::symbolOf("SPY", december, Right::Call, 5);
            rig.quotes[call] = {37, 37.5};
            o = rig.order("SPY", {MarketRig::leg(call, Action::BuyToOpen)});
            o.price = decimal("40.50");
        },
        "price_worth", "A call is never worth more than its underlying, which is at 40.00.");
}

void GateBookLimitsTest::refusesByTheProfile()
{
    QFETCH(int, tolerance);
    QFETCH(Setup, change);
    QFETCH(QString, code);
    QFETCH(QString, sentence);
    MarketRig rig;
    OrderIntent order = creditSpread(rig, 1);
    GateState state = rig.state();
    Limits limits = limitsFor(Tolerance(tolerance));
    change(rig, state, order, limits);
    QVERIFY(checked(limits));
    const auto judged = Gate(limits).preview(order, state);
    QCOMPARE(codesOf(judged), code);
    if (code.isEmpty())
        return;
    const Refusal& refusal = judged.error().reasons.front();
    if (!sentence.isEmpty())
        QCOMPARE(QString::fromStdString(refusal.sentence.english()), sentence);
    QVERIFY(std::isfinite(refusal.value) && std::isfinite(refusal.limit) && refusal.value != refusal.limit);
}

/// Whatever is beyond its limit.
void GateBookLimitsTest::reductionsPass()
{
    MarketRig rig;
    rig.hold("QQQ", 300);
    rig.hold(spyPut(580), -3);
    rig.hold(spyPut(575), 3);
    GateState state = rig.state();
    state.valueAtRisk = 50'000;
    state.buyingPower = 1;
    state.ordersToday = 100'000;
    state.tradedToday["SPY"] = 1e9;
    state.strategyGroups.assign(100, "other");
    const Gate gate(limitsFor(Tolerance::Low));
    const OrderIntent close = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose, 3),
                                                MarketRig::leg(spyPut(575), Action::SellToClose, 3)});
    const auto judged = gate.preview(close, state);
    QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    QVERIFY(judged->isReducing);
    QCOMPARE(judged->tradeLoss, 0.0);
    QVERIFY(codesOf(gate.preview(creditSpread(rig, 1), state)).contains("value_at_risk"));
}

/// What a trade may lose is a limit of trades that end: shares are limited by what the book may hold, owe and lose.
void GateBookLimitsTest::sharesAreLimitedAsAPartOfTheBook()
{
    const MarketRig rig;
    const Gate gate(limitsFor(Tolerance::Moderate));
    const auto buy = [&](int shares) {
        return gate.preview(rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, shares)}), rig.state());
    };
    const auto bought = buy(80);
    QVERIFY2(bought, bought ? "" : bought.error().sentence().c_str());
    QCOMPARE(bought->tradeLoss, 0.0);
    QVERIFY(std::abs(bought->accountStressAfter + 80 * (0.15 * 600 + rig.halfSpread)) < 1e-6);
    QCOMPARE(codesOf(buy(85)), "position_limit"); // half of their price is margin
}

void GateBookLimitsTest::sharesHaveTheirOwnVolatility_data()
{
    QTest::addColumn<double>("measured");
    QTest::addColumn<double>("taken");
    QTest::newRow("measured") << 0.2 << 0.2;
    QTest::newRow("not known") << market::unknown << 0.4;
    QTest::newRow("a price that stood still") << 0.0 << 0.4;
}

void GateBookLimitsTest::sharesHaveTheirOwnVolatility()
{
    QFETCH(double, measured);
    QFETCH(double, taken);
    const MarketRig rig;
    GateState state = rig.state();
    state.valueAtRisk = 100;
    const Gate gate(limitsFor(Tolerance::Moderate));
    const OrderIntent buy = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 20)});
    const auto valueAtRisk = [](double volatility) {
        return 1.6448536269514722 * volatility / std::sqrt(252.0) * 20 * 600;
    };
    QVERIFY(std::abs(gate.preview(buy, state)->valueAtRiskAfter - (100 + valueAtRisk(0.4))) < 1e-6);
    state.volatilities["SPY"] = measured;
    const auto judged = gate.preview(buy, state);
    QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    QVERIFY(std::abs(judged->valueAtRiskAfter - (100 + valueAtRisk(taken))) < 1e-6);
}

void GateBookLimitsTest::aHedgeHasNoValueAtRiskOfItsOwn()
{
    MarketRig rig;
    rig.hold(spyCall(620), -1);
    GateState state = rig.state();
    const Gate gate(limitsFor(Tolerance::Moderate));
    const OrderIntent hedge = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 15)});
    QVERIFY(std::isnan(gate.preview(hedge, state)->valueAtRiskAfter));
    state.valueAtRisk = 3000; // beyond the limit already
    const auto judged = gate.preview(hedge, state);
    QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    QCOMPARE(judged->valueAtRiskAfter, 3000.0);
    QCOMPARE(codesOf(gate.preview(rig.order("QQQ", {MarketRig::leg("QQQ", Action::BuyToOpen)}), state)),
             "value_at_risk");
}

void GateBookLimitsTest::singleLegsAreMeasured()
{
    MarketRig rig;
    const OrderIntent order = creditSpread(rig, 2);
    const auto judged = Gate(limitsFor(Tolerance::Moderate)).preview(order, rig.state());
    QVERIFY(judged);
    QCOMPARE(judged->legStates.size(), std::size_t(2));
    QCOMPARE(judged->legStates[0].symbol, spyPut(580));
    // The figure of that leg as an order of its own, at natural.
    const OrderIntent alone = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::SellToOpen, 2)});
    const auto naked = Gate(wideLimits(Tolerance::Moderate)).preview(alone, rig.state());
    QVERIFY(naked && naked->legStates.empty());
    QVERIFY(std::abs(judged->legStates[0].position - naked->positionAfter) < 1e-9);
    QVERIFY(std::abs(judged->legStates[0].leverage - naked->leverageAfter) < 1e-9);
    QVERIFY(judged->legStates[1].position < judged->legStates[0].position);
    QVERIFY(!warns(*judged, "only"));

    const auto wide = Gate(limitsFor(Tolerance::Moderate)).preview(creditSpread(rig, 4), rig.state());
    QVERIFY(wide && wide->legStates[0].position > 0.25);
    QVERIFY2(warns(*wide, "Should of this order only"), "said, and no reason");
    Limits strict = limitsFor(Tolerance::Moderate);
    strict.refusesLegStates = true;
    QCOMPARE(codesOf(Gate(strict).preview(creditSpread(rig, 4), rig.state())), "leg_state");
}

/// Of a call spread the short call asks for more, and the long one moves more with the underlying.
void GateBookLimitsTest::theMostLeveredLegNeedNotBeTheLargest()
{
    const MarketRig rig;
    const OrderIntent order = rig.order(
        "SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen), MarketRig::leg(spyCall(620), Action::SellToOpen)});
    Limits strict = wideLimits(Tolerance::Moderate);
    strict.refusesLegStates = true;
    const auto judged = Gate(strict).preview(order, rig.state());
    QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    const LegState& bought = judged->legStates[0];
    const LegState& sold = judged->legStates[1];
    QVERIFY(sold.position > bought.position && bought.leverage > sold.leverage);
    QVERIFY(sold.leverage > judged->leverageAfter);
    strict.leverage = 0.5 * (bought.leverage + sold.leverage);
    const auto refused = Gate(strict).preview(order, rig.state());
    QCOMPARE(codesOf(refused), "leg_state");
    QCOMPARE(refused.error().reasons[0].value, bought.leverage);
}

void GateBookLimitsTest::shortOptionsNearAssignmentAreSaid_data()
{
    QTest::addColumn<double>("strike");
    QTest::addColumn<int>("day"); // of December
    QTest::addColumn<int>("exDay");
    QTest::addColumn<double>("dividend");
    QTest::addColumn<double>("cash");
    QTest::newRow("in the money, the day before") << 590.0 << 17 << 0 << 0.0 << 59'000.0;
    QTest::newRow("out of the money, the day before") << 610.0 << 17 << 0 << 0.0 << 0.0;
    QTest::newRow("in the money, a week before") << 590.0 << 10 << 0 << 0.0 << 0.0;
    QTest::newRow("before a dividend worth more than waiting") << 500.0 << 10 << 11 << 2.0 << 50'000.0;
    QTest::newRow("before a small one") << 590.0 << 10 << 11 << 0.5 << 0.0;
    QTest::newRow("a dividend that is far off") << 500.0 << 10 << 16 << 2.0 << 0.0;
    QTest::newRow("a dividend that has gone") << 500.0 << 10 << 10 << 2.0 << 0.0;
}
void GateBookLimitsTest::shortOptionsNearAssignmentAreSaid()
{
    QFETCH(double, strike);
    QFETCH(int, day);
    QFETCH(int, exDay);
    QFETCH(double, dividend);
    QFETCH(double, cash);
    MarketRig rig;
    rig.netLiquidation = rig.netLiquidationAtSessionStart = 1'000'000;
    rig.now = market::fromNewYork(base::makeDate(2026, 12, static_cast<unsigned>(day)), std::chrono::hours(10));
    rig.hold("SPY", 100); // the call is covered
    GateState state = rig.state();
    state.instrument = [&](const std::string& symbol) {
        auto known = rig.instrument(symbol);
        if (exDay > 0 && known) {
            known->exDividendDate = base::makeDate(2026, 12, static_cast<unsigned>(exDay));
            known->dividend = dividend;
        }
        return known;
    };
    const OrderIntent sale = rig.order("SPY", {MarketRig::leg(spyCall(strike), Action::SellToOpen)});
    const auto judged = Gate(wideLimits(Tolerance::Moderate)).preview(sale, state);
    QVERIFY2(judged, judged ? "" : judged.error().sentence().c_str());
    QCOMPARE(judged->assignmentExposure, cash);
    QCOMPARE(warns(*judged, "may be assigned"), cash > 0);
}

void GateBookLimitsTest::aPriceFarBeyondTheSpreadIsSaidOrRefused()
{
    const MarketRig rig;
    const Gate gate(limitsFor(Tolerance::Moderate));
    OrderIntent order = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen)});
    order.price = *order.price + decimal("1.20"); // a tenth, in a market four cents wide
    const auto byHand = gate.preview(order, rig.state());
    QVERIFY(byHand && warns(*byHand, "far more than its spread"));
    order.origin = "strategy:gamma_scalping";
    QCOMPARE(codesOf(gate.preview(order, rig.state())), "price_crossing");
    order.price = *order.price - decimal("0.80");
    QCOMPARE(codesOf(gate.preview(order, rig.state())), "");
}

void GateBookLimitsTest::whatIsKeptIsNoOlderThanTheMarket()
{
    MarketRig rig;
    rig.netLiquidation = rig.netLiquidationAtSessionStart = 1'000'000;
    rig.hold("QQQ", 20);
    rig.hold(spyPut(560), -1);
    rig.working.push_back(rig.order("QQQ", {MarketRig::leg("QQQ", Action::BuyToOpen, 5)}));
    BookCache cache;
    std::map<std::string, std::uint64_t, std::less<>> versions{{"SPY", 1}, {"QQQ", 1}, {"SPX", 1}};
    int lookedUp = 0;
    const Gate gate(wideLimits(Tolerance::Moderate));
    const auto kept = [&] {
        GateState state = rig.state();
        state.cache = &cache;
        state.marketVersion = [&](std::string_view underlying) { return versions.find(underlying)->second; };
        state.instrument = [&](const std::string& symbol) {
            ++lookedUp;
            return rig.instrument(symbol);
        };
        return state;
    };
    OrderIntent order = creditSpread(rig, 1);
    const auto same = [&] {
        const auto one = gate.preview(order, kept());
        const auto other = gate.preview(order, rig.state());
        return one && other && one->positionAfter == other->positionAfter &&
               one->leverageAfter == other->leverageAfter && one->accountStressAfter == other->accountStressAfter &&
               one->freeAfterStress == other->freeAfterStress && one->worstStressAfter == other->worstStressAfter;
    };
    QVERIFY(same());
    lookedUp = 0;
    QVERIFY(same());
    QCOMPARE(lookedUp, 0); // all of it is known
    rig.spots["QQQ"] = 510;
    ++versions.find("QQQ")->second;
    QVERIFY(same());
    QVERIFY(lookedUp > 0);
    rig.hold(spyPut(560), -1); // a fill, and no new quote
    QVERIFY(same());
    rig.working.clear();
    QVERIFY(same());
    rig.volatility = 0.25;
    order = creditSpread(rig, 1);
    ++versions.find("SPY")->second;
    QVERIFY(same());
}

QTEST_APPLESS_MAIN(GateBookLimitsTest)
#include "gate_book_limits_test.moc"
