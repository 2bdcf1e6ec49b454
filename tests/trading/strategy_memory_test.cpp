#include "trading/hedge_recorder.h"
#include "trading/loop_checks.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace vegadesk;
using namespace vegadesk::tests;
using trading::RunnerState;

/// What of strategies at work outlives the program.
class StrategyMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hedgesAreRecordedAcrossARestart();
    void aRestartGoesOnWhereItStopped();
    void aRestartRemembersWhatWasAtWork();
    void oneTradeASessionHoldsAcrossARestart();
    void recordsThatCannotBeReadAreLeftOut();
};

void StrategyMemoryTest::hedgesAreRecordedAcrossARestart()
{
    TestMarket market;
    market.volatility = 0.15;
    Rig rig(market);
    rig.show();
    const auto strategy = [] {
        return make("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_band"}, {"delta_band", "0.05"}});
    };
    auto recorder = std::make_unique<trading::HedgeRecorder>(*rig.loop);
    rig.loop->addObserver(recorder.get());
    QVERIFY(rig.loop->arm(strategy(), "SPY"));
    rig.show();
    QCOMPARE(recorder->ledgers().size(), std::size_t(1));
    const auto profitOf = [&] { return rig.loop->profitOf(*rig.loop->groups().all().at(0)); };
    const auto recorded = [&] {
        const portfolio::HedgedProfit& total = recorder->ledgers().at(0).total();
        return total.profit() - total.financing;
    };
    rig.show(510); // and a hedge
    recorder->mark(rig.clock.now());
    QVERIFY2(near(recorded(), profitOf(), 1e-6), qPrintable(QString("%1 %2").arg(recorded()).arg(profitOf())));
    const portfolio::HedgeRow& hedge = recorder->ledgers().at(0).rows().at(2);
    QVERIFY(hedge.event == portfolio::HedgeEvent::Hedge && hedge.quantity < 0);
    QVERIFY(near(hedge.band, 5, 1e-9) && !hedge.reason.empty()); // of a hundred shares
    const base::Instant hedgedAt = rig.clock.now();
    rig.loop->removeObserver(recorder.get());

    rig.restart();
    QCOMPARE(rig.loop->groups().all().at(0)->lastHedgeAt, std::optional(hedgedAt));
    recorder = std::make_unique<trading::HedgeRecorder>(*rig.loop);
    rig.loop->addObserver(recorder.get());
    QVERIFY(rig.loop->arm(strategy(), "SPY"));
    recorder->mark(rig.clock.now()); // no picture yet
    QVERIFY(recorder->ledgers().empty());
    rig.show();
    recorder->mark(rig.clock.now());
    QCOMPARE(recorder->ledgers().size(), std::size_t(1));
    QVERIFY(near(recorded(), 0, 1e-9));
    const double before = profitOf();
    rig.show(490); // through the strike: short shares are closed, and long ones bought
    recorder->mark(rig.clock.now());
    QVERIFY2(near(recorded(), profitOf() - before, 1e-6),
             qPrintable(QString("%1 %2").arg(recorded()).arg(profitOf() - before)));
    QVERIFY(recorder->ledgers().at(0).held("SPY") > 0);
    rig.loop->removeObserver(recorder.get());
}

void StrategyMemoryTest::aRestartGoesOnWhereItStopped()
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

void StrategyMemoryTest::aRestartRemembersWhatWasAtWork()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"short_delta", "0.2"}}), "SPY"));
    QVERIFY(rig.loop->arm(make("gamma_scalping"), "SPY"));
    QVERIFY(rig.loop->setRunner("iron_condor", "SPY", RunnerState::Paused));
    rig.restart();
    QVERIFY(rig.loop->runners().empty()); // until they are armed
    const auto known = rig.loop->rememberedRunners();
    QCOMPARE(known.size(), std::size_t(2));
    const auto condor = std::ranges::find(known, std::string("iron_condor"), &trading::RememberedRunner::strategy);
    QVERIFY(condor != known.end());
    QCOMPARE(condor->state, RunnerState::Paused);
    QCOMPARE(condor->underlying, std::string("SPY"));
    QVERIFY(std::ranges::find(condor->parameters, std::pair<std::string, std::string>("short_delta", "0.2")) !=
            condor->parameters.end());

    QVERIFY(rig.loop->arm(make("iron_condor", {{"short_delta", "0.2"}}), "SPY", RunnerState::Paused));
    QVERIFY(rig.loop->removeRunner("gamma_scalping", "SPY")); // one that does not run yet
    QVERIFY(!rig.loop->removeRunner("gamma_scalping", "SPY"));
    rig.restart();
    QCOMPARE(rig.loop->rememberedRunners().size(), std::size_t(1));
    QVERIFY(rig.loop->removeRunner("iron_condor", "SPY"));
    rig.restart();
    QVERIFY(rig.loop->rememberedRunners().empty());
}

void StrategyMemoryTest::oneTradeASessionHoldsAcrossARestart()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"profit_target", "0.05"}}), "SPY"));
    rig.show();
    rig.market.volatility = 0.12;
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QVERIFY(!rig.loop->groups().all().at(0)->isOpen);
    rig.restart();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"profit_target", "0.05"}}), "SPY"));
    rig.market.volatility = 0.2;
    rig.market.timeOfDay += std::chrono::minutes(1);
    rig.show();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1));
}

void StrategyMemoryTest::recordsThatCannotBeReadAreLeftOut()
{
    const trading::RememberedRunner good{"iron_condor", "SPY", RunnerState::Armed, {{"wings", "delta"}}};
    const trading::RememberedRunner basket{
        "dispersion", "SPY", RunnerState::Armed, {}, {{"AAPL", 0.0712345678901234}, {"BRK/B", 0.017}}};
    const auto record = [](std::string payload) {
        return base::JournalRecord{{}, "strategy.runner", "venue-1-x", std::move(payload)};
    };
    const std::vector<base::JournalRecord> records{
        record("{"),
        record(R"({"strategy":"straddle"})"),
        trading::runnerRecord({}, "venue-1", good),
        trading::runnerRecord({}, "venue-1", basket),
        record(R"({"strategy":"straddle","underlying":"SPY","state":"eager"})"),
        trading::runnerRecord({}, "venue-2", {"strangle", "SPY", RunnerState::Armed, {}}), // another account's
    };
    const auto known = trading::rememberedRunners(records, "venue-1");
    QCOMPARE(known.size(), std::size_t(3));
    QVERIFY(known[0] == good && known[1] == basket);
    QCOMPARE(known[2].state, RunnerState::Off); // nobody can say that it was armed
}

QTEST_GUILESS_MAIN(StrategyMemoryTest)
#include "strategy_memory_test.moc"
