#include "trading/hand_rig.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::tests;
using execution::ConnectionState;
using market::Right;
using portfolio::Action;

/// What takes new risk away without anybody's doing, and what the day is counted by.
namespace
{

portfolio::OrderIntent shareOrder(base::Decimal price)
{
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", shares, Action::BuyToOpen, 1}};
    intent.price = price;
    intent.effect = portfolio::PriceEffect::Debit;
    return intent;
}

/// Each for another price, or it would be a duplicate.
bool submit(HandRig& rig, int number)
{
    const auto sent =
        rig.loop->submit(shareOrder(base::Decimal::fromInteger(499) + base::Decimal::cent() * number));
    rig.pass(1);
    return sent.has_value();
}

} // namespace

class LoopWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rejectsInARowLeaveOnlyCloses();
    void aBrokerThatStaysAwayLeavesOnlyCloses();
    void withoutRiskNobodyMinds();
    void theDayIsCounted();
    void strategiesTradesAreCounted();
    void replacementsAreCounted();
    void whatIsMeasuredReachesTheGate();
};

void LoopWatchTest::rejectsInARowLeaveOnlyCloses()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    int number = 0;
    const auto some = [&](int count, bool areRejected) {
        rig.broker.rejects = areRejected;
        for (int i = 0; i < count; ++i)
            QVERIFY(submit(rig, ++number));
    };
    some(4, true);
    some(1, false); // one is taken: it begins again
    some(4, true);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    some(1, true);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    QVERIFY2(rig.loop->tradingStateReason().english().find("rejected 5 orders in a row") != std::string::npos,
             rig.loop->tradingStateReason().english().c_str());
    QVERIFY(!submit(rig, ++number));
    QVERIFY(has(rig.refusals.back(), "reducing_only"));

    rig.start(); // a restart finds it so
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    rig.show(500);
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    some(4, true); // counted from there
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
}

void LoopWatchTest::aBrokerThatStaysAwayLeavesOnlyCloses()
{
    HandRig rig;
    rig.broker.hold("SPY", 10, 500, 500);
    rig.start();
    rig.show(500);
    rig.broker.tellConnection(ConnectionState::Disconnected);
    rig.pass(40);
    rig.broker.tellConnection(ConnectionState::Connecting); // that is not back yet
    rig.pass(20);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    rig.pass(2);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    rig.pass(5); // somebody knows
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    rig.broker.tellConnection(ConnectionState::Connected);
    rig.pass(100);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    rig.broker.tellConnection(ConnectionState::Disconnected);
    rig.pass(62);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
}

void LoopWatchTest::withoutRiskNobodyMinds()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    rig.broker.tellConnection(ConnectionState::Disconnected);
    rig.pass(100);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
}

void LoopWatchTest::theDayIsCounted()
{
    WideRig rig;
    rig.show();
    QCOMPARE(rig.loop->gateState().ordersToday, 0);
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 10}})).empty());
    QVERIFY(!rig.send(rig.taker({{rig.option(1, Right::Call, 540), option, Action::BuyToOpen, 2}})).empty());
    QCOMPARE(rig.loop->gateState().ordersToday, 2);
    double traded = 0;
    for (const portfolio::Fill& fill : rig.fills)
        traded += fill.price.toDouble() * fill.quantity.toDouble() * (fill.symbol == "SPY" ? 1 : 100);
    QVERIFY(traded > 5000);
    QVERIFY(near(rig.loop->gateState().tradedToday.at("SPY"), traded));
    rig.restart();
    rig.show();
    QCOMPARE(rig.loop->gateState().ordersToday, 2);
    QVERIFY(near(rig.loop->gateState().tradedToday.at("SPY"), traded));
    rig.nextDay(500);
    QCOMPARE(rig.loop->gateState().ordersToday, 0);
    QVERIFY(rig.loop->gateState().tradedToday.empty());
}

void LoopWatchTest::strategiesTradesAreCounted()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    QCOMPARE(rig.loop->gateState().strategyGroups, std::vector{rig.loop->groups().all().at(0)->name});
    rig.market.volatility = 0.08;
    rig.nextDay(500); // it takes its profit
    QVERIFY(rig.loop->gateState().strategyGroups.empty());
}

void LoopWatchTest::replacementsAreCounted()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    const auto sent = rig.loop->submit(shareOrder(base::Decimal::fromInteger(499)));
    QVERIFY(sent);
    rig.pass(2);
    std::string id = *sent;
    for (int times = 0; times < 3; ++times) {
        const auto state = rig.loop->gateState(id);
        QVERIFY(state.replaced);
        QCOMPARE(state.replaced->replacements, times);
        execution::OrderTerms terms = execution::termsOf(rig.loop->orders().find(id)->intent);
        terms.price = *terms.price - base::Decimal::cent();
        const auto next = rig.loop->replace(id, terms);
        QVERIFY2(next, next ? "" : next.error().sentence().c_str());
        id = *next;
        rig.pass(3);
    }
}

void LoopWatchTest::whatIsMeasuredReachesTheGate()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    const std::string symbol = rig.market.chain().expirations.front().calls.symbols.front();
    QVERIFY(rig.loop->gateState().instrument(symbol));
    QVERIFY(!rig.loop->gateState().instrument(symbol)->exDividendDate);
    QVERIFY(std::isnan(rig.loop->gateState().valueAtRisk));
    const base::Date exDate = base::makeDate(2026, 12, 18);
    rig.loop->setRiskMeasures({.valueAtRisk = 1234,
                               .sizeMultiplier = 0.5,
                               .volatilities = {{"SPY", 0.2}},
                               .dividends = {{"SPY", {1.8, exDate}}}});
    const risk::GateState state = rig.loop->gateState();
    QCOMPARE(state.valueAtRisk, 1234.0);
    QCOMPARE(state.volatilities.at("SPY"), 0.2);
    QCOMPARE(state.instrument(symbol)->exDividendDate, std::optional(exDate));
    QCOMPARE(state.instrument(symbol)->dividend, 1.8);
    QVERIFY(!state.instrument("SPY")->exDividendDate); // shares are not assigned
}

QTEST_GUILESS_MAIN(LoopWatchTest)
#include "loop_watch_test.moc"
