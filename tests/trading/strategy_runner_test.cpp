#include "trading/loop_checks.h"

#include <QTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;
using trading::RunnerState;

namespace
{

/// Of the last state that a strategy was asked by.
struct Seen {
    risk::RiskBudget budget;
    std::vector<double> volatilities;
    std::optional<base::Instant> sessionClose;
    std::optional<base::Date> exDividend, earnings;
    double dividend = market::unknown, signal = market::unknown, beta = market::unknown, rest = market::unknown;
    bool isHedgeWorking = false;
};

/// Looks, and opens nothing.
class Watcher final : public strategies::Strategy
{
public:
    explicit Watcher(std::shared_ptr<Seen> seen) : m_seen(std::move(seen)) {}
    std::string_view name() const override { return "watcher"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    strategies::Candidates candidates(const strategies::StrategyState& state) const override
    {
        *m_seen = {state.budget,
                   {state.dailyVolatilities.begin(), state.dailyVolatilities.end()},
                   state.sessionClose,
                   state.exDividend,
                   state.earnings,
                   state.dividend,
                   state.signal("trend"),
                   state.signal("beta"),
                   state.signal("book_beta_dollars"),
                   state.isHedgeWorking};
        return strategies::noEntry("it only looks");
    }
    std::vector<strategies::Proposal> exit(const strategies::StrategyState&) const override { return {}; }
    std::vector<strategies::Proposal> hedge(const strategies::StrategyState&) const override { return {}; }

private:
    std::shared_ptr<Seen> m_seen;
    const base::Parameters m_parameters{{}};
};

/// Orders meet the market a second after they were sent.
struct SlowRig : Rig {
    SlowRig() : Rig(lateMorning(), aSecondLate())
    {
        clock.advance(std::chrono::seconds(2));
        pump();
        nextMinute();
    }
    void nextMinute()
    {
        market.timeOfDay += std::chrono::minutes(1);
        show();
    }
    /// A straddle's order, and a market that has run away from its limit.
    bool sendsAnEntryThatStays()
    {
        if (!loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"))
            return false;
        show();
        market.volatility = 0.165;
        nextMinute();
        return loop->orders().orders().size() == 1 && last().status == execution::OrderStatus::Working;
    }

private:
    static TestMarket lateMorning()
    {
        TestMarket market;
        market.timeOfDay = std::chrono::minutes(11 * 60);
        market.volatility = 0.15; // a straddle fits the budget
        return market;
    }
    static backtest::SimulatedBrokerSettings aSecondLate()
    {
        auto settings = standard();
        settings.latency = std::chrono::seconds(1);
        return settings;
    }
};

} // namespace

class StrategyRunnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrategyOpensOneGroupAndClosesIt();
    void aStrategySizesByTheToleranceOfNow();
    void aStrategySizesByWhatIsLeftOfTheLimits();
    void aStrategySeesTheCalendarTheHistoryAndSignals();
    void aTradeIsStoppedByTheToleranceOfNow();
    void aPausedStrategyLeavesButDoesNotEnter();
    void nothingIsDecidedByFiguresThatAreTooOld();
    void aStrategyHedgesOnTheSamePicture();
    void anIndexIsRefusedToAStrategyThatHedges();
    void onlyAnArmedStrategyAdjusts();
    void aRefusedStrategyPausesAndSaysWhy();
    void anOrderThatDoesNotFillIsThoughtOverAgain();
    void aStrategyThatIsStoppedTakesBackItsEntry_data();
    void aStrategyThatIsStoppedTakesBackItsEntry();
    void itsStatusSaysWhatItDoes();
    void aLookSaysWhatItWouldOpenAndOpensNothing();
    void aLookSaysWhatTheGateWouldRefuse();
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

void StrategyRunnerTest::aStrategySizesByTheToleranceOfNow()
{
    const auto condors = [](risk::Tolerance tolerance) {
        risk::Limits limits = risk::limitsFor(risk::Tolerance::Moderate);
        Rig rig({}, Rig::standard(), limits);
        rig.show();
        limits.tradeLoss = risk::limitsFor(tolerance).tradeLoss;
        if (!rig.loop->setLimits(limits, "in the middle of a session") || !rig.loop->arm(make("iron_condor"), "SPY"))
            return base::Quantity(0);
        rig.show();
        return rig.proposals.empty() ? base::Quantity(0) : rig.proposals.front().intent.legs.front().quantity;
    };
    const base::Quantity moderate = condors(risk::Tolerance::Moderate);
    QVERIFY(moderate > 1);
    QVERIFY(condors(risk::Tolerance::Low) < moderate);
    QVERIFY(condors(risk::Tolerance::High) > moderate);
}

void StrategyRunnerTest::aTradeIsStoppedByTheToleranceOfNow()
{
    risk::Limits limits = risk::limitsFor(risk::Tolerance::Moderate);
    limits.creditStopLoss = 10;
    Rig rig({}, Rig::standard(), limits);
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"loss_multiple", "10"}}), "SPY"));
    rig.show();
    rig.market.volatility = 0.25;
    rig.nextDay(455);
    const auto groups = rig.loop->groups().all();
    QCOMPARE(groups.size(), std::size_t(1));
    QVERIFY(groups[0]->isOpen);
    limits.creditStopLoss = 0.5;
    QVERIFY(rig.loop->setLimits(limits, "in the middle of a session"));
    rig.show();
    QVERIFY(!groups[0]->isOpen);
    QVERIFY2(groups[0]->exitReason.ends_with("times the credit"), groups[0]->exitReason.c_str());
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
    const base::Quantity shorted = stock->quantity;
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

void StrategyRunnerTest::aStrategySizesByWhatIsLeftOfTheLimits()
{
    risk::Limits limits = risk::limitsFor(risk::Tolerance::Moderate);
    limits.largestPosition = 0.001;
    Rig rig({}, Rig::standard(), limits);
    const auto see = std::make_shared<Seen>();
    rig.show();
    QVERIFY(rig.loop->arm(std::make_unique<Watcher>(see), "SPY"));
    rig.loop->setRiskMeasures({.sizeMultiplier = 0.4});
    rig.show();
    QVERIFY(near(see->budget.maxLoss, 2000) && near(see->budget.stress, 100) && near(see->budget.margin, 100));
    QVERIFY(near(see->budget.contracts, 1000) && near(see->budget.multiplier, 0.4));
    // What the book has taken already is not left for one trade more.
    limits.largestPosition = 0.25;
    QVERIFY(rig.loop->setLimits(limits, "wider"));
    rig.show();
    QVERIFY(near(see->budget.stress, 10'000) && near(see->budget.margin, 25'000));
    QVERIFY(!rig.send(rig.taker({{rig.option(1, Right::Put, 470), option, Action::BuyToOpen, 1},
                                 {rig.option(1, Right::Put, 480), option, Action::SellToOpen, 1}}))
                 .empty());
    rig.show();
    QVERIFY2(near(see->budget.margin, 24'000, 10), qPrintable(QString::number(see->budget.margin)));
    QVERIFY(see->budget.stress < 9'500 && see->budget.stress > 8'900);
}

void StrategyRunnerTest::aStrategySeesTheCalendarTheHistoryAndSignals()
{
    Rig rig;
    const auto see = std::make_shared<Seen>();
    rig.show();
    QVERIFY(rig.loop->arm(std::make_unique<Watcher>(see), "SPY"));
    rig.loop->setDailyVolatilities("SPY", {0.1, 0.3});
    trading::RiskMeasures measures;
    measures.dividends["SPY"] = {1.5, base::makeDate(2023, 3, 17)};
    measures.earnings["SPY"] = base::makeDate(2023, 4, 20);
    measures.betas["SPY"] = 0.9;
    rig.loop->setRiskMeasures(measures);
    rig.show();
    QVERIFY(std::isnan(see->signal));
    QVERIFY(near(see->beta, 0.9) && near(see->rest, 0)); // nothing is held
    QCOMPARE(see->volatilities, std::vector<double>({0.1, 0.3}));
    QVERIFY(see->sessionClose == market::fromNewYork(base::makeDate(2023, 3, 1), std::chrono::hours(16)));
    QVERIFY(see->exDividend == base::makeDate(2023, 3, 17) && near(see->dividend, 1.5));
    QVERIFY(see->earnings == base::makeDate(2023, 4, 20));
    rig.loop->setSignals("SPY", {{"trend", 0.7}});
    rig.nextDay(500);
    QVERIFY(near(see->signal, 0.7));
    QCOMPARE(see->volatilities.size(), std::size_t(3)); // the day that has ended since
    QVERIFY(near(see->volatilities.back(), 0.2, 0.003));
    // Somebody's own order in the shares is at work.
    QVERIFY(!see->isHedgeWorking);
    QVERIFY(!rig.send(rig.order({{"SPY", shares, Action::BuyToOpen, 10}}, "498.00")).empty());
    rig.show();
    QVERIFY(see->isHedgeWorking);
}

void StrategyRunnerTest::onlyAnArmedStrategyAdjusts()
{
    TestMarket market;
    market.spot = 450;
    Rig rig(market);
    rig.show();
    QVERIFY(rig.loop->arm(make("covered_call"), "SPY"));
    rig.show();
    const auto groups = rig.loop->groups().all();
    QCOMPARE(groups.size(), std::size_t(1));
    QCOMPARE(groups[0]->positions().size(), std::size_t(2)); // a lot of shares, then the call that it covers
    QVERIFY(rig.proposals.back().kind == strategies::ProposalKind::Adjust);
    QCOMPARE(rig.last().intent.origin, std::string("strategy:covered_call"));

    // Paused it buys the call back, and sells no other.
    QVERIFY(rig.loop->setRunner("covered_call", "SPY", RunnerState::Paused));
    rig.market.volatility = 0.1;
    rig.nextDay(450);
    QCOMPARE(groups[0]->positions().size(), std::size_t(1));
    QVERIFY(!groups[0]->exitReason.empty());
    QVERIFY(rig.loop->setRunner("covered_call", "SPY", RunnerState::Armed));
    rig.market.volatility = 0.2;
    rig.nextDay(450);
    QCOMPARE(groups[0]->positions().size(), std::size_t(2));
    QVERIFY(groups[0]->exitReason.empty()); // it goes on
    QVERIFY(groups[0]->isOpen);
}

void StrategyRunnerTest::aRefusedStrategyPausesAndSaysWhy()
{
    Rig rig;
    rig.show();
    rig.loop->setRiskMeasures({.valueAtRisk = 1999}); // no strategy sizes by it
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(1));
    QVERIFY(has(rig.refusals[0], "value_at_risk"));
    QVERIFY(!rig.loop->runners().at(0).lastRefusal.empty());
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(1)); // not on every picture
    rig.market.timeOfDay += std::chrono::minutes(2);
    rig.show();
    QCOMPARE(rig.refusals.size(), std::size_t(2));
}

void StrategyRunnerTest::anOrderThatDoesNotFillIsThoughtOverAgain()
{
    SlowRig rig;
    QVERIFY(rig.sendsAnEntryThatStays());
    rig.nextMinute();
    rig.clock.advance(std::chrono::seconds(2));
    rig.pump();
    QCOMPARE(rig.loop->orders().orders().at(0)->status, execution::OrderStatus::Cancelled);
    rig.nextMinute();
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t(2)); // at the new prices
    rig.nextMinute();
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
}

void StrategyRunnerTest::aStrategyThatIsStoppedTakesBackItsEntry_data()
{
    QTest::addColumn<QString>("how");
    for (const char* const how : {"paused", "off", "removed"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void StrategyRunnerTest::aStrategyThatIsStoppedTakesBackItsEntry()
{
    QFETCH(const QString, how);
    SlowRig rig;
    QVERIFY(rig.sendsAnEntryThatStays());
    if (how == QLatin1String("removed"))
        QVERIFY(rig.loop->removeRunner("gamma_scalping", "SPY"));
    else
        QVERIFY(rig.loop->setRunner("gamma_scalping", "SPY",
                                    how == QLatin1String("off") ? RunnerState::Off : RunnerState::Paused));
    rig.clock.advance(std::chrono::seconds(2));
    rig.pump();
    QCOMPARE(rig.last().status, execution::OrderStatus::Cancelled);
    QVERIFY(rig.loop->positions().empty());
}

void StrategyRunnerTest::itsStatusSaysWhatItDoes()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"days_to_expiry", "180"}, {"days_tolerance", "0"}}), "SPY"));
    rig.show();
    trading::RunnerStatus status = rig.loop->runners().at(0);
    QVERIFY(status.noEntry.find("no expiry is 180 days away") != std::string::npos);
    QVERIFY(status.lastProposal.empty() && !status.isWorking && status.group.empty());
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    status = rig.loop->runners().at(0);
    QVERIFY(status.noEntry.empty());
    QVERIFY(status.lastProposal.find("condors") != std::string::npos);
    QVERIFY(status.lastProposalAt > base::Instant{});
    QVERIFY(!status.group.empty());
}

void StrategyRunnerTest::aLookSaysWhatItWouldOpenAndOpensNothing()
{
    Rig rig;
    const auto condor = make("iron_condor");
    const auto early = rig.loop->lookAtEntry(*condor, "SPY", {});
    QVERIFY(!early && !early.error().reason.empty()); // nothing was shown yet
    rig.show();
    QVERIFY(!rig.loop->lookAtEntry(*condor, "QQQ", {})); // nor of that one
    const std::size_t written = rig.journal.records().size();
    const auto look = rig.loop->lookAtEntry(*condor, "SPY", {});
    QVERIFY2(look.has_value(), look ? "" : look.error().reason.c_str());
    QCOMPARE(look->size(), std::size_t(1));
    QVERIFY(look->front().judged.has_value());
    QCOMPARE(rig.journal.records().size(), written);
    rig.show();
    QVERIFY(rig.loop->orders().orders().empty() && rig.loop->groups().all().empty());
    QVERIFY(rig.loop->runners().empty() && rig.loop->rememberedRunners().empty());

    // What was said is what it does.
    QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
    rig.show();
    const portfolio::OrderIntent& said = look->front().proposal.intent;
    QCOMPARE(rig.last().intent.legs, said.legs);
    QCOMPARE(rig.last().intent.price, said.price);
    QCOMPARE(rig.loop->groups().all().front()->entryReason, look->front().proposal.reason);
}

void StrategyRunnerTest::aLookSaysWhatTheGateWouldRefuse()
{
    Rig rig;
    rig.show();
    rig.loop->setSendRefusal({"not armed"}, "a test");
    const auto look = rig.loop->lookAtEntry(*make("iron_condor"), "SPY", {});
    QVERIFY(look && !look->front().judged);
    QVERIFY2(look->front().judged.error().sentence().find("not armed") != std::string::npos,
             look->front().judged.error().sentence().c_str());
    QVERIFY(look->front().judged.error().figures.maxLoss > 0);
}

QTEST_GUILESS_MAIN(StrategyRunnerTest)
#include "strategy_runner_test.moc"
