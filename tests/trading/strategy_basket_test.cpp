#include "backtest/simulated_broker.h"
#include "base/clock.h"
#include "base/journal.h"
#include "strategies/basket_world.h"
#include "trading/loop.h"
#include "trading/origins.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace vegadesk;
using namespace vegadesk::tests;
using trading::RunnerState;

namespace
{

const std::vector<NameSetting> names{
    {"AAA", 0.3, 0.3, 150}, {"BBB", 0.25, 0.25, 90}, {"CCC", 0.2, 0.4, 200}, {"DDD", 0.15, 0.2, 60}};

/// A trading loop on the simulated broker with an index and four members, in markets that a test moves by hand.
struct BasketRig : trading::LoopObserver {
    BasketRig() : clock(marketOf("SPY").now()), broker(settings(), clock) { restart(); }
    ~BasketRig() override { loop->removeObserver(this); }

    static backtest::SimulatedBrokerSettings settings()
    {
        backtest::SimulatedBrokerSettings settings;
        settings.capital = base::Decimal::fromInteger(4'000'000);
        settings.fills.slippage = 0;
        return settings;
    }
    TestMarket marketOf(std::string_view symbol) const
    {
        const auto name = std::ranges::find(names, symbol, &NameSetting::symbol);
        TestMarket market = BasketWorld::marketOf(name == names.end() ? NameSetting{"SPY", 1, 0.2, 500} : *name,
                                                  base::makeDate(2023, 3, 1));
        market.timeOfDay = std::chrono::minutes(minute);
        const auto moved = spots.find(symbol);
        market.spot = moved == spots.end() ? market.spot : moved->second;
        return market;
    }
    void restart()
    {
        if (loop)
            loop->removeObserver(this);
        trading::LoopSettings settings;
        settings.orders.idPrefix = "test-SIM";
        settings.orders.positionsLag = base::Nanos{0};
        loop.reset();
        loop = std::make_unique<trading::Loop>(settings, risk::limitsFor(risk::Tolerance::Moderate), broker, journal,
                                               clock);
        loop->addObserver(this);
        for (const std::string& symbol : symbols()) {
            market::Instrument instrument;
            instrument.symbol = instrument.underlying = symbol;
            instrument.type = market::InstrumentType::Equity;
            loop->addUnderlying(instrument);
        }
        std::vector<trading::Constituent> constituents;
        for (const NameSetting& name : names)
            constituents.push_back({name.symbol, name.weight});
        loop->setConstituents("SPY", constituents);
        const std::vector<base::JournalRecord> records = journal.records();
        loop->start(records);
        pump();
    }
    static std::vector<std::string> symbols()
    {
        std::vector<std::string> all{"SPY"};
        for (const NameSetting& name : names)
            all.push_back(name.symbol);
        return all;
    }
    void pump()
    {
        while (broker.deliver() > 0) {
        }
    }
    /// New quotes of all but `without`; then the loop thinks until it has nothing more to say.
    void show(const std::set<std::string>& without = {})
    {
        ++minute;
        clock.set(marketOf("SPY").now());
        for (const std::string& symbol : symbols()) {
            if (without.contains(symbol))
                continue;
            const TestMarket market = marketOf(symbol);
            const auto chain = std::make_shared<const market::OptionChain>(market.chain());
            loop->onMarket(chain, std::make_shared<const pricing::ChainAnalytics>(market.analyse(*chain)));
            broker.quote(chain, market.spot);
        }
        pump();
        for (int round = 0; round < 6; ++round) {
            loop->step();
            pump();
        }
    }
    bool arm(std::vector<std::pair<std::string, std::string>> set = {})
    {
        set.insert(set.begin(),
                   {{"entry", "always"}, {"min_open_interest", "0"}, {"fewest_names", "3"}, {"hedge", "fixed_band"}});
        return loop->arm(make("dispersion", set), "SPY").has_value();
    }
    std::set<std::string> underlyingsHeld() const
    {
        std::set<std::string> held;
        for (const portfolio::Position& position : loop->positions())
            held.insert(position.underlying);
        return held;
    }

    void onProposal(std::string_view, const strategies::Proposal& proposal) override { proposals.push_back(proposal); }
    void onWarning(std::string_view, std::string_view warning) override { warnings.emplace_back(warning); }
    void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals&) override
    {
        refused.push_back(intent.underlying);
    }

    int minute = 11 * 60;
    std::map<std::string, double, std::less<>> spots;
    base::ManualClock clock;
    base::MemoryJournal journal;
    backtest::SimulatedBroker broker;
    std::unique_ptr<trading::Loop> loop;
    std::vector<strategies::Proposal> proposals;
    std::vector<std::string> warnings, refused;
};

} // namespace

class StrategyBasketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneGroupOverSeveralUnderlyings();
    void aBasketNeedsItsConstituents();
    void anEntryGoesWholeOrNotAtAll();
    void whatIsNotSeenIsNotDecided();
    void aRestartFindsTheTrade();
    void aStoppedOneTakesBackItsOrders();
    void groupNamesSayWhereTheyBelong();
};

void StrategyBasketTest::oneGroupOverSeveralUnderlyings()
{
    BasketRig rig;
    rig.show();
    QVERIFY(rig.arm());
    rig.show();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1));
    const trading::TradeGroup& group = *rig.loop->groups().all().front();
    QVERIFY2(group.name.starts_with("dispersion:SPY:"), group.name.c_str());
    QCOMPARE(group.underlying, std::string("SPY"));
    QVERIFY((rig.underlyingsHeld() == std::set<std::string>{"AAA", "BBB", "CCC", "DDD", "SPY"}));
    for (const execution::Order* const order : rig.loop->orders().orders()) {
        QCOMPARE(order->intent.group, group.name);
        QVERIFY(order->intent.legs.front().symbol.starts_with(order->intent.underlying));
    }
    QVERIFY(rig.warnings.empty() && rig.refused.empty());
    QCOMPARE(rig.loop->runners().front().group, group.name);

    rig.spots["CCC"] = 212; // one member moves: its own shares hedge it
    rig.show();
    const auto& last = rig.proposals.back();
    QCOMPARE(last.kind, strategies::ProposalKind::Hedge);
    QCOMPARE(last.intent.underlying, std::string("CCC"));

    QVERIFY(rig.arm({{"exit_days", "60"}})); // out of everything at once
    rig.show();
    QVERIFY(rig.loop->positions().empty());
    QVERIFY(!rig.loop->groups().all().front()->isOpen);
    const std::size_t before = rig.proposals.size();
    QVERIFY(rig.arm());
    rig.show(); // one trade a session
    QCOMPARE(rig.proposals.size(), before);
}

void StrategyBasketTest::aBasketNeedsItsConstituents()
{
    BasketRig rig;
    const auto none = rig.loop->arm(make("dispersion"), "AAA");
    QVERIFY(!none && none.error().message().find("two constituents") != std::string::npos);
    rig.loop->setConstituents("SPY", {{"AAA", 0.5}, {"ZZZ", 0.4}});
    const auto unknown = rig.loop->arm(make("dispersion"), "SPY");
    QVERIFY(!unknown && unknown.error().message().find("\"ZZZ\"") != std::string::npos);
}

void StrategyBasketTest::anEntryGoesWholeOrNotAtAll()
{
    BasketRig rig;
    rig.show();
    rig.loop->setSendRefusal({"not today", {}}, "a test"); // every order is refused, the first already
    QVERIFY(rig.arm());
    rig.show();
    QVERIFY(rig.loop->orders().orders().empty());
    QVERIFY(rig.proposals.empty()); // it was not even proposed
    QCOMPARE(rig.refused.size(), std::size_t(1));
    QVERIFY(!rig.loop->runners().front().lastRefusal.empty());
}

void StrategyBasketTest::whatIsNotSeenIsNotDecided()
{
    BasketRig rig;
    rig.show({"DDD"});
    QVERIFY(rig.arm());
    rig.show({"DDD"}); // three members are enough
    QVERIFY((rig.underlyingsHeld() == std::set<std::string>{"AAA", "BBB", "CCC", "SPY"}));
    // A new day without a market of what is held: nothing is judged by the quotes of yesterday.
    rig.restart();
    QVERIFY(rig.arm({{"exit_days", "60"}}));
    rig.show({"AAA"});
    QCOMPARE(rig.underlyingsHeld().size(), std::size_t(4));
    rig.show();
    QVERIFY(rig.loop->positions().empty());
}

void StrategyBasketTest::aRestartFindsTheTrade()
{
    BasketRig rig;
    rig.show();
    QVERIFY(rig.arm());
    rig.show();
    const std::string group = rig.loop->groups().all().front()->name;
    rig.restart();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1));
    QVERIFY(rig.loop->groups().openTrade("dispersion", "SPY"));
    QCOMPARE(rig.loop->groups().openTrade("dispersion", "SPY")->name, group);
    QVERIFY(rig.arm());
    rig.show();
    QCOMPARE(rig.loop->groups().all().size(), std::size_t(1));
}

void StrategyBasketTest::aStoppedOneTakesBackItsOrders()
{
    BasketRig rig;
    rig.show();
    QVERIFY(rig.arm());
    QVERIFY(rig.loop->setRunner("dispersion", "SPY", RunnerState::Paused));
    rig.show();
    QVERIFY(rig.loop->orders().orders().empty());
    QVERIFY(rig.loop->setRunner("dispersion", "SPY", RunnerState::Armed));
    rig.show();
    QVERIFY(!rig.loop->positions().empty());
    QVERIFY(rig.loop->setRunner("dispersion", "SPY", RunnerState::Paused)); // a paused one leaves
    QVERIFY(
        rig.loop->arm(make("dispersion", {{"fewest_names", "3"}, {"exit_days", "60"}}), "SPY", RunnerState::Paused));
    rig.show();
    QVERIFY(rig.loop->positions().empty());
}

void StrategyBasketTest::groupNamesSayWhereTheyBelong()
{
    portfolio::OrderIntent intent;
    intent.underlying = "AAA";
    intent.origin = "hedge:rules:mine.json";
    intent.group = trading::groupName("rules:mine.json", "SPY", base::Instant{});
    QCOMPARE(std::string(trading::homeOf(intent)), std::string("SPY"));
    intent.group = "by hand";
    QCOMPARE(std::string(trading::homeOf(intent)), std::string("AAA"));
    intent.origin = "ticket";
    intent.group = "rules:mine.json:SPY:x";
    QCOMPARE(std::string(trading::homeOf(intent)), std::string("AAA"));
}

QTEST_GUILESS_MAIN(StrategyBasketTest)
#include "strategy_basket_test.moc"
