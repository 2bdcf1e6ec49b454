#include "trading/loop_checks.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;
using trading::RunnerState;

class StrategyRunnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrategyOpensOneGroupAndClosesIt();
    void aPausedStrategyLeavesButDoesNotEnter();
    void nothingIsDecidedByFiguresThatAreTooOld();
    void aStrategyHedgesOnTheSamePicture();
    void anIndexIsRefusedToAStrategyThatHedges();
    void aRefusedStrategyPausesAndSaysWhy();
    void anOrderThatDoesNotFillIsThoughtOverAgain();
    void aRestartGoesOnWhereItStopped();
};

void StrategyRunnerTest::aStrategyOpensOneGroupAndClosesIt()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    const auto groups = rig.loop->groups().all();
    QCOMPARE(groups.size(), std::size_t(1));
    QCOMPARE(groups[0]->strategy, std::string("iron_condor"));
    QCOMPARE(groups[0]->name, std::string("iron_condor:SPY:20230301T204500"));
    QVERIFY(groups[0]->isOpen && groups[0]->entryCash > 0);
    QVERIFY(!groups[0]->entryReason.empty());
    QCOMPARE(groups[0]->positions().size(), std::size_t(4));
    QCOMPARE(rig.last().intent.origin, std::string("strategy:iron_condor"));
    rig.show();
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t(1)); // one trade at a time

    rig.market.volatility = 0.08;
    rig.nextDay(500);
    QVERIFY(!groups[0]->isOpen);
    QVERIFY(QString::fromStdString(groups[0]->exitReason).contains(QStringLiteral("of the credit")));
    QCOMPARE(groups[0]->orders, 2);
    const double profit = rig.loop->profitOf(*groups[0]);
    QVERIFY(near(profit, rig.loop->account().netLiquidation - 100'000, 1e-6)); // nothing else happened
    QVERIFY(profit > 0);
    // Not again on the same day's view, but on the next day's.
    rig.show();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1));
    rig.market.volatility = 0.2;
    rig.nextDay(500);
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(2));
    QVERIFY(rig.differences.empty());
}

void StrategyRunnerTest::aPausedStrategyLeavesButDoesNotEnter()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    QVERIFY(rig.loop->setRunner("iron_condor", "SPY", RunnerState::Paused));
    rig.show();
    QVERIFY(rig.proposals.empty());
    QVERIFY(rig.loop->setRunner("iron_condor", "SPY", RunnerState::Armed));
    rig.show();
    QCOMPARE(rig.loop->runners().at(0).group, rig.loop->groups().all().at(0)->name);
    QVERIFY(rig.loop->setRunner("iron_condor", "SPY", RunnerState::Off));
    rig.market.volatility = 0.08;
    rig.nextDay(500);
    QVERIFY(rig.loop->groups().all().at(0)->isOpen);
    QVERIFY(rig.loop->setRunner("iron_condor", "SPY", RunnerState::Paused));
    rig.show();
    QVERIFY(!rig.loop->groups().all().at(0)->isOpen);
    QVERIFY(!rig.loop->setRunner("iron_condor", "QQQ", RunnerState::Off));
}

void StrategyRunnerTest::nothingIsDecidedByFiguresThatAreTooOld()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.areFiguresOld = true;
    rig.show();
    QVERIFY(rig.proposals.empty());
    const auto& chain = *rig.loop->markets().find("SPY")->chain;
    const auto state = rig.loop->markets().instrument(chain.expirations[0].calls.symbols[0], true);
    QVERIFY(state && state->isOld && state->at == chain.at); // and the gate hears of it
    rig.areFiguresOld = false;
    rig.show();
    QVERIFY(!rig.proposals.empty());
}

void StrategyRunnerTest::aStrategyHedgesOnTheSamePicture()
{
    TestMarket market;
    market.volatility = 0.15; // a straddle fits the budget
    Rig rig(market);
    rig.show();
    QVERIFY(rig.loop->arm(
        make("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_band"}, {"delta_band", "0.05"}}), "SPY"));
    rig.show();
    QCOMPARE(rig.loop->positions().size(), std::size_t(2));
    rig.show(510);
    const portfolio::Position* stock = rig.loop->ledger().find("SPY");
    QVERIFY(stock && stock->quantity < 0);
    const std::int64_t shorted = stock->quantity;
    QCOMPARE(rig.last().intent.origin, std::string("hedge:gamma_scalping"));
    QCOMPARE(rig.last().intent.group, rig.loop->groups().all().at(0)->name);
    // Back through the strike: the short shares are closed first, then long ones opened, both on this picture.
    rig.show(490);
    QVERIFY(rig.loop->ledger().quantity("SPY") > 0);
    const auto orders = rig.loop->orders().orders();
    QVERIFY(orders.at(orders.size() - 2)->intent.legs[0].action == Action::BuyToClose);
    QCOMPARE(orders.at(orders.size() - 2)->intent.legs[0].quantity, -shorted);
    QVERIFY(orders.back()->intent.legs[0].action == Action::BuyToOpen);
}

void StrategyRunnerTest::anIndexIsRefusedToAStrategyThatHedges()
{
    TestMarket market;
    market.underlying = "SPX";
    Rig rig(market);
    rig.show();
    const auto armed = rig.loop->arm(make("gamma_scalping"), "SPX");
    QVERIFY(!armed);
    QCOMPARE(
        QString::fromStdString(armed.error().message()),
        QStringLiteral("underlying \"SPX\" is not allowed: a stock or fund: gamma_scalping hedges with shares, and "
                       "an index has none"));
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPX"));
    QVERIFY(!rig.loop->arm(make("iron_condor"), "QQQ"));
}

void StrategyRunnerTest::aRefusedStrategyPausesAndSaysWhy()
{
    risk::Limits limits = risk::limitsFor(risk::Tolerance::Moderate);
    limits.largestPosition = 0.001;
    Rig rig({}, Rig::standard(), limits);
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(1));
    QVERIFY(has(rig.refusals[0], "position_limit"));
    QVERIFY(!rig.loop->runners().at(0).lastRefusal.empty());
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(1)); // not on every picture
    rig.market.timeOfDay += std::chrono::minutes(2);
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(2));
}

void StrategyRunnerTest::anOrderThatDoesNotFillIsThoughtOverAgain()
{
    TestMarket market;
    market.timeOfDay = std::chrono::minutes(11 * 60);
    market.volatility = 0.15; // a straddle fits the budget
    auto settings = Rig::standard();
    settings.latency = std::chrono::seconds(1);
    Rig rig(market, settings);
    rig.clock.advance(std::chrono::seconds(2));
    rig.pump();
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QVERIFY(rig.loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"));
    rig.show();
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t(1));
    // It meets a market that has run away from its limit.
    rig.market.volatility = 0.165;
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    rig.clock.advance(std::chrono::seconds(2));
    rig.pump();
    QCOMPARE(rig.loop->orders().orders().at(0)->status, execution::OrderStatus::Cancelled);
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t(2)); // at the new prices
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
}

void StrategyRunnerTest::aRestartGoesOnWhereItStopped()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    const std::string name = rig.loop->groups().all().at(0)->name;
    const double before = rig.loop->account().netLiquidation;

    rig.restart();
    QVERIFY(rig.loop->isReady());
    QCOMPARE(rig.loop->positions().size(), std::size_t(4));
    const trading::TradeGroup* group = rig.loop->groups().find(name);
    QVERIFY(group && group->isOpen);
    QCOMPARE(group->positions().size(), std::size_t(4));
    QVERIFY(near(rig.loop->account().netLiquidation, before, 1e-6));
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1)); // it has its trade, and enters no second one
    rig.market.volatility = 0.08;
    rig.nextDay(500);
    QVERIFY(!rig.loop->groups().find(name)->isOpen);
    QVERIFY(rig.broker.account().held().empty());
    QVERIFY(rig.differences.empty());
}

QTEST_GUILESS_MAIN(StrategyRunnerTest)
#include "strategy_runner_test.moc"
