#include "desk/strategy_desk.h"
#include "execution/journal_codec.h"
#include "trading/hand_rig.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::tests;
using desk::StrategyDesk;
using desk::StrategyRow;
using desk::StrategyState;
using portfolio::Action;

namespace
{

const std::string condor = "iron_condor";
const desk::DispersionBasket three{"SPY", {{"AAA", 0.1}, {"BBB", 0.3}, {"CCC", 0.2}}};

/// An order for one put of `underlying`, filled, as the journal has it.
void addOrder(HandRig& rig, const std::string& group, const std::string& underlying, Action action, std::int64_t price)
{
    const std::string put =
        market::toOccSymbol({underlying, rig.market.expiries[2], market::Right::Put, base::Decimal::fromInteger(450)})
            .value();
    const base::Instant at = rig.clock.now();
    const std::string id = "test-HAND-" + std::to_string(at.time_since_epoch().count());
    portfolio::OrderIntent intent;
    intent.underlying = underlying;
    intent.legs = {{put, option, action, 1}};
    intent.price = base::Decimal::fromInteger(price);
    intent.effect = portfolio::isBuy(action) ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    intent.origin = "strategy:" + group.substr(0, group.find(':'));
    intent.group = group;
    const auto append = [&](const char* kind, std::string payload) {
        rig.journal.append({at, kind, id, std::move(payload)}, [](const base::Result<void>&) {});
    };
    append("order.intent", execution::toJson(execution::JournalledIntent{intent, {}}));
    append("order.fill",
           execution::toJson(portfolio::Fill{id, id, put, action, 1, base::Decimal::fromInteger(price), at}));
    append("order.update", execution::toJson(execution::OrderUpdate{execution::OrderStatus::Filled, id, {}}));
    rig.clock.advance(std::chrono::minutes(1));
}

/// Of the condor.
void addOrder(HandRig& rig, int trade, Action action, std::int64_t price)
{
    addOrder(rig, "iron_condor:SPY:" + std::to_string(trade), "SPY", action, price);
}

void list(HandRig& rig, StrategyDesk& strategies, const std::string& symbol)
{
    market::Instrument underlying;
    underlying.symbol = underlying.underlying = symbol;
    rig.loop->addUnderlying(underlying);
    strategies.onListed(symbol);
}

StrategyRow onlyRow(const StrategyDesk& strategies)
{
    const std::vector<StrategyRow> rows = strategies.rows(true);
    return rows.size() == 1 ? rows.front() : StrategyRow();
}

} // namespace

/// What becomes of strategies that earlier runs of the program left at work, and of what they traded.
class StrategyDeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void yearsOfTradesAreCountedAndTheLastOnesShown()
    {
        HandRig rig;
        const int closed = static_cast<int>(StrategyDesk::tradesShown) + 50;
        addOrder(rig, -1, Action::SellToOpen, 3); // and stays open
        for (int trade = 0; trade < closed; ++trade) {
            addOrder(rig, trade, Action::SellToOpen, 3);
            addOrder(rig, trade, Action::BuyToClose, 2);
        }
        rig.start();
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        QVERIFY(strategies.arm({condor, "SPY", {}}, rig.clock.now()));
        const StrategyRow row = onlyRow(strategies);
        QCOMPARE(row.tradeCount(), closed + 1);
        QCOMPARE(row.trades.size(), StrategyDesk::tradesShown + 1);
        QVERIFY(row.hasOpenTrade() && row.trades.front().isOpen);
        QCOMPARE(row.trades.front().group, std::string("iron_condor:SPY:-1"));
        QCOMPARE(row.trades[1].group, "iron_condor:SPY:" + std::to_string(closed - 1));
        double fees = 0;
        for (const trading::TradeGroup* const group : rig.loop->groups().all())
            fees += group->isOpen ? 0 : group->fees();
        QVERIFY(fees > 0);
        QVERIFY(near(row.closedProfit, 100 * closed - fees, 1e-6));
    }

    void whatCannotGoOnSaysSoAndCanBeRemoved()
    {
        HandRig rig;
        rig.journal.append(
            trading::runnerRecord(rig.clock.now(), "test-HAND", {"martingale", "SPY", trading::RunnerState::Armed, {}}),
            [](const base::Result<void>&) {});
        rig.start();
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        const StrategyRow row = onlyRow(strategies);
        QCOMPARE(row.strategy, std::string("martingale"));
        QCOMPARE(row.state, StrategyState::Waiting);
        QVERIFY2(row.doing.find("could not go on") != std::string::npos, row.doing.c_str());
        QVERIFY(strategies.remove("martingale", "SPY"));
        QVERIFY(strategies.rows(true).empty());
        QVERIFY(rig.loop->rememberedRunners().empty());
    }

    void daysThatCameBeforeTheAccountAreThereForAnyStrategy()
    {
        HandRig rig;
        rig.start();
        StrategyDesk strategies;
        std::vector<market::Candle> days(2);
        days[0].close = 499;
        days[1].close = 500;
        days[1].impliedVolatility = 0.2; // that of the first is not known
        strategies.setDays("SPY", days); // no account yet
        strategies.begin(*rig.loop);
        QVERIFY(strategies.arm({"gamma_scalping", "SPY", {}}, rig.clock.now()));
        const trading::UnderlyingMarket& market = *rig.loop->markets().find("SPY");
        QCOMPARE(market.dailyCloses, (std::vector<double>{499, 500}));
        QCOMPARE(market.dailyVolatilities.size(), std::size_t(2));
        QVERIFY(std::isnan(market.dailyVolatilities[0]));
        QCOMPARE(market.dailyVolatilities[1], 0.2);
    }

    void aBasketWaitsForItsMembersAndOutlivesTheProgram()
    {
        HandRig rig;
        rig.start();
        {
            StrategyDesk strategies;
            strategies.setBasket(three);
            strategies.begin(*rig.loop);
            const auto elsewhere = strategies.arm({"dispersion", "QQQ", {}}, rig.clock.now());
            QVERIFY(!elsewhere && elsewhere.error().message().find("SPY") != std::string::npos);
            QVERIFY(strategies.arm({"dispersion", "SPY", {}}, rig.clock.now()));
            desk::SymbolsByUnderlying interest;
            desk::HeldChains chains;
            strategies.addInterest(interest, chains, base::makeDate(2023, 3, 1));
            QCOMPARE(interest.size(), std::size_t(4)); // their listings are asked for
            QCOMPARE(onlyRow(strategies).state, StrategyState::Waiting);
            QVERIFY2(onlyRow(strategies).doing.find("BBB") != std::string::npos, onlyRow(strategies).doing.c_str());
            QVERIFY(strategies.set("dispersion", "SPY", trading::RunnerState::Paused, rig.clock.now()));
            for (const char* const symbol : {"CCC", "AAA", "BBB"}) {
                QCOMPARE(onlyRow(strategies).state, StrategyState::Waiting);
                list(rig, strategies, symbol);
            }
            QCOMPARE(onlyRow(strategies).state, StrategyState::Paused);
            QCOMPARE(onlyRow(strategies).constituents, (std::vector<std::string>{"BBB", "CCC", "AAA"}));
        }
        rig.start(); // where no basket but the shipped one is known
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        for (const char* const symbol : {"CCC", "AAA", "BBB"})
            list(rig, strategies, symbol);
        QCOMPARE(onlyRow(strategies).state, StrategyState::Paused);
        const std::vector<trading::Constituent> kept = rig.loop->runners().front().constituents;
        QCOMPARE(kept.size(), std::size_t(3));
        QVERIFY((kept.front() == trading::Constituent{"BBB", 0.3}));
    }

    /// Or nobody would hedge or close it.
    void aBasketKeepsWhatTheOpenTradeHolds()
    {
        HandRig rig;
        addOrder(rig, "dispersion:SPY:1", "CCC", Action::BuyToOpen, 3);
        rig.start();
        StrategyDesk strategies;
        strategies.setBasket({"SPY", {{"AAA", 0.1}, {"BBB", 0.3}}});
        strategies.begin(*rig.loop);
        const auto done = strategies.arm({"dispersion", "SPY", {}}, rig.clock.now());
        QVERIFY(!done);
        QVERIFY2(done.error().message().find("CCC") != std::string::npos, done.error().message().c_str());
        strategies.setBasket(three);
        QVERIFY(strategies.arm({"dispersion", "SPY", {}}, rig.clock.now()));
    }

    /// What the removal itself had to say is not what the next one begins with.
    void aRemovedStrategyLeavesNoLog()
    {
        HandRig rig;
        rig.asksBrokerFirst = true; // an order is being checked when it is removed
        rig.start();
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        QVERIFY(strategies.arm({condor, "SPY", {}}, rig.clock.now()));
        struct Noting : trading::LoopObserver {
            StrategyDesk* desk = nullptr;
            void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refused) override
            {
                desk->note(condor, intent.underlying, {}, desk::StrategyEvent::Kind::Refusal, refused.sentence());
            }
        } noting;
        noting.desk = &strategies;
        rig.loop->addObserver(&noting);
        rig.show(500);
        QCOMPARE(rig.loop->beingChecked().size(), std::size_t(1));
        QVERIFY(strategies.remove(condor, "SPY"));
        rig.loop->removeObserver(&noting);
        QVERIFY(strategies.arm({condor, "SPY", {}}, rig.clock.now()));
        QCOMPARE(onlyRow(strategies).events.size(), std::size_t(1)); // "Armed."
    }

    void aLookSaysWhatItWouldOpenNow()
    {
        HandRig rig;
        rig.start();
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        QVERIFY(strategies.look(rig.clock.now()).orders.empty()); // nobody looks
        strategies.follow(desk::StrategyRequest{condor, "SPY", {}});
        QVERIFY(!strategies.look(rig.clock.now()).whyNot.empty()); // no quotes yet
        rig.show(500);
        const desk::EntryLookView view = strategies.look(rig.clock.now());
        QVERIFY2(view.whyNot.empty(), view.whyNot.c_str());
        QCOMPARE(view.underlyings, std::vector<std::string>{"SPY"});
        QCOMPARE(view.orders.size(), std::size_t(1));
        QCOMPARE(view.orders.front().intent.legs.size(), std::size_t(4));
        QVERIFY2(view.orders.front().refusal.empty(), view.orders.front().refusal.c_str());
        QVERIFY(view.orders.front().maxLoss > 0);
        QVERIFY2(view.reason.find("condor") != std::string::npos, view.reason.c_str());
        rig.pass(2);
        QVERIFY(rig.broker.taken().empty() && strategies.rows(true).empty());
    }

    void aLookSaysWhatKeepsItOut()
    {
        HandRig rig;
        rig.start();
        rig.show(500);
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        const auto whyNot = [&](desk::StrategyRequest request) {
            strategies.follow(std::move(request));
            return QString::fromStdString(strategies.look(rig.clock.now()).whyNot);
        };
        const auto says = [&](desk::StrategyRequest request, const char* words) {
            return whyNot(std::move(request)).contains(QLatin1String(words));
        };
        QVERIFY(says({"martingale", "SPY", {}}, "martingale"));
        QVERIFY(says({condor, "SPY", {{"short_delta", "7"}}}, "short_delta"));
        QVERIFY(says({condor, "QQQ", {}}, "QQQ")); // not listed here
        QVERIFY(says({"dispersion", "QQQ", {}}, "basket"));
        QVERIFY(!whyNot({condor, "SPY", {{"min_iv_rank", "1"}}}).isEmpty()); // by the strategy itself
        rig.loop->setTradingState(risk::TradingState::Halted, {"a test"});
        QVERIFY(says({condor, "SPY", {}}, "halted"));
        rig.loop->setTradingState(risk::TradingState::Active, {"a test"});
        rig.clock.advance(std::chrono::hours(8));
        QVERIFY(says({condor, "SPY", {}}, "closed"));
    }

    void aLookSaysThatATradeIsOpenOrWasLeftToday()
    {
        HandRig rig;
        addOrder(rig, 1, Action::SellToOpen, 3);
        rig.start();
        rig.show(500);
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        strategies.follow(desk::StrategyRequest{condor, "SPY", {}});
        QVERIFY(QString::fromStdString(strategies.look(rig.clock.now()).whyNot).contains(QLatin1String("open")));
        addOrder(rig, 1, Action::BuyToClose, 2);
        rig.start();
        rig.show(500);
        strategies.begin(*rig.loop);
        QVERIFY(QString::fromStdString(strategies.look(rig.clock.now()).whyNot).contains(QLatin1String("session")));
    }

    /// Or there would be no quotes to look at.
    void whatALookIsAboutStreamsUntilItEnds()
    {
        HandRig rig;
        rig.start();
        StrategyDesk strategies;
        strategies.begin(*rig.loop);
        desk::HeldChains chains;
        const auto wanted = [&] {
            desk::SymbolsByUnderlying interest;
            strategies.addInterest(interest, chains, base::makeDate(2023, 3, 1));
            return interest.size();
        };
        QCOMPARE(wanted(), std::size_t(0));
        strategies.follow(desk::StrategyRequest{condor, "QQQ", {}});
        QCOMPARE(wanted(), std::size_t(1));
        strategies.follow(desk::StrategyRequest{"martingale", "QQQ", {}});
        QCOMPARE(wanted(), std::size_t(0));
        strategies.follow(desk::StrategyRequest{condor, "QQQ", {}});
        strategies.follow({});
        QCOMPARE(wanted(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(StrategyDeskTest)
#include "test_strategy_desk.moc"
