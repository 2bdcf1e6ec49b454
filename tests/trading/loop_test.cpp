#include "market/book.h"
#include "trading/rig.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using market::Right;
using portfolio::Action;
using tests::Rig;
using tests::TestMarket;
using trading::RunnerState;

namespace
{

constexpr market::InstrumentType option = market::InstrumentType::EquityOption;
constexpr market::InstrumentType shares = market::InstrumentType::Equity;

std::unique_ptr<strategies::Strategy> make(std::string_view name,
                                           const std::vector<std::pair<std::string, std::string>>& set = {})
{
    const strategies::StrategyInfo& info = *strategies::find(name).value();
    base::Parameters parameters(info.parameters);
    for (const auto& [parameter, text] : set) {
        if (const auto done = parameters.setText(parameter, text); !done)
            qFatal("%s", done.error().message().c_str());
    }
    return info.make(std::move(parameters));
}

bool has(const risk::GateRefusals& refusals, std::string_view code)
{
    return std::ranges::any_of(refusals.reasons, [&](const risk::Refusal& reason) { return reason.code == code; });
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

std::size_t count(const std::vector<base::JournalRecord>& records, std::string_view kind)
{
    return static_cast<std::size_t>(std::ranges::count(records, kind, &base::JournalRecord::kind));
}

/// A broker that nobody can reach yet.
class SilentBroker final : public execution::Broker
{
public:
    void setListener(execution::BrokerListener*) override {}
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder, Done<execution::BrokerOrder>) override { ++placed; }
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>>) override {}
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>>) override {}
    void balances(Done<portfolio::Balances>) override {}
    int placed = 0;
};

/// Tells of expiries as a real broker does: not by an order, but by a position that is gone, and by its history when asked.
class TightLippedBroker final : public execution::Broker, private execution::BrokerListener
{
public:
    explicit TightLippedBroker(backtest::SimulatedBroker& inner) : m_inner(inner) {}

    void setListener(execution::BrokerListener* listener) override
    {
        m_listener = listener;
        m_inner.setListener(listener ? this : nullptr);
    }
    void dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done) override
    {
        m_inner.dryRun(intent, std::move(done));
    }
    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override
    {
        m_inner.place(std::move(order), std::move(done));
    }
    void cancel(const std::string& id, Done<execution::BrokerOrder> done) override
    {
        m_inner.cancel(id, std::move(done));
    }
    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        m_inner.orders([done = std::move(done)](base::Result<std::vector<execution::BrokerOrder>> all) {
            if (all)
                std::erase_if(*all, isSettlement);
            done(std::move(all));
        });
    }
    void settlements(base::Date, Done<std::vector<execution::Settlement>> done) override
    {
        ++asked;
        m_inner.settlements({}, [this, done = std::move(done)](const auto&) { done(m_settled); });
    }
    void positions(Done<std::vector<portfolio::Position>> done) override { m_inner.positions(std::move(done)); }
    void balances(Done<portfolio::Balances> done) override { m_inner.balances(std::move(done)); }

    int asked = 0;

private:
    static bool isSettlement(const execution::BrokerOrder& order)
    {
        return order.intent.origin == execution::settlementOrigin;
    }
    void onOrder(const execution::BrokerOrder& order) override
    {
        if (!isSettlement(order)) {
            m_listener->onOrder(order);
            return;
        }
        const portfolio::Fill& ended = order.fills.front();
        execution::Settlement& settled = m_settled.emplace_back();
        settled.id = order.brokerId;
        settled.symbol = ended.symbol;
        settled.underlying = order.intent.underlying;
        settled.contracts = ended.quantity;
        settled.price = ended.price;
        settled.at = ended.at;
        if (order.fills.size() > 1)
            settled.shares = {order.fills[1].action, order.fills[1].quantity, order.fills[1].price};
        portfolio::Position gone;
        gone.symbol = ended.symbol;
        gone.underlying = order.intent.underlying;
        gone.quantity = 0;
        m_listener->onPosition(gone);
    }
    void onPosition(const portfolio::Position& position) override { m_listener->onPosition(position); }
    void onUnreadable(const execution::Unreadable& part) override { m_listener->onUnreadable(part); }
    void onBalances(const portfolio::Balances& balances) override { m_listener->onBalances(balances); }
    void onConnection(execution::ConnectionState state, std::string_view why) override
    {
        m_listener->onConnection(state, why);
    }

    backtest::SimulatedBroker& m_inner;
    execution::BrokerListener* m_listener = nullptr;
    std::vector<execution::Settlement> m_settled;
};

} // namespace

class LoopTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentBeforeTheAccountIsKnown();
    void aTicketOrderFillsAndTheBooksAgree();
    void netLiquidationFollowsTheMarks();
    void theHardLimitsRefuseWithTheirReason_data();
    void theHardLimitsRefuseWithTheirReason();
    void whatWasNotSentMayComeAgainAtOnce();
    void nobodySendsWhereNothingMayBeSent();
    void sharesNeedAQuoteOfNow();
    void haltingCancelsEverythingAndStopsStrategies();
    void theDailyLossStopHoldsUntilTheNextSession();

    void aStrategyOpensOneGroupAndClosesIt();
    void aPausedStrategyLeavesButDoesNotEnter();
    void aStrategyHedgesOnTheSamePicture();
    void anIndexIsRefusedToAStrategyThatHedges();
    void aRefusedStrategyPausesAndSaysWhy();
    void anOrderThatDoesNotFillIsThoughtOverAgain();
    void settlementReachesTheGroupWithItsShares();
    void anExpiryThatOnlyTheHistoryTellsClosesTheGroup_data();
    void anExpiryThatOnlyTheHistoryTellsClosesTheGroup();

    void aRestartGoesOnWhereItStopped();
    void theSessionsStartSurvivesARestart();
};

void LoopTest::nothingIsSentBeforeTheAccountIsKnown()
{
    const TestMarket market;
    SilentBroker broker;
    base::MemoryJournal journal;
    base::ManualClock clock(market.now());
    trading::LoopSettings settings;
    settings.orders.idPrefix = "test";
    trading::Loop loop(settings, risk::limitsFor(risk::Tolerance::Moderate), broker, journal, clock);
    loop.start({});
    QVERIFY(!loop.isReady());
    portfolio::OrderIntent intent;
    intent.underlying = "SPY";
    intent.legs = {{"SPY", shares, Action::BuyToOpen, 1}};
    const auto sent = loop.submit(intent);
    QVERIFY(!sent);
    QVERIFY(has(sent.error(), "not_ready"));
    QCOMPARE(broker.placed, 0);
    QVERIFY(std::isnan(loop.account().netLiquidation));
}

void LoopTest::aTicketOrderFillsAndTheBooksAgree()
{
    Rig rig;
    rig.show();
    QVERIFY(near(rig.loop->account().netLiquidation, 100'000, 1e-6));
    const std::string call = rig.option(1, Right::Call, 500);
    const portfolio::OrderIntent intent = rig.taker({{call, option, Action::BuyToOpen, 3}});
    QVERIFY(rig.loop->preview(intent));
    QVERIFY(!rig.send(intent).empty());

    QCOMPARE(rig.loop->positions().size(), std::size_t(1));
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(near(account.netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    const double halfSpread = 0.5 * rig.loop->markets().instrument(call, true)->quote.spread();
    const double fees = rig.loop->ledger().fees().toDouble();
    QVERIFY(near(account.dayProfit, -300 * halfSpread - fees, 1e-6));
    QVERIFY(near(account.openProfit, -300 * halfSpread, 1e-6));
    QVERIFY(near(account.dailyLoss, -account.dayProfit / 100'000, 1e-12));
    QCOMPARE(account.unknownMarks, 0);
    QCOMPARE(count(rig.journal.records(), "order.intent"), std::size_t(1));
    QCOMPARE(rig.loop->gateState().positions.size(), std::size_t(1));
}

void LoopTest::netLiquidationFollowsTheMarks()
{
    Rig rig;
    rig.show();
    QVERIFY(!rig.send(rig.taker({{rig.option(1, Right::Put, 490), option, Action::BuyToOpen, 5}})).empty());
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 80}})).empty());
    for (const double spot : {495.0, 512.0, 470.0}) {
        rig.show(spot);
        QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    }
    rig.nextDay(480);
    QVERIFY(near(rig.loop->account().netLiquidation, rig.broker.account().netLiquidation(), 1e-6));
    // The new day is measured from the last figure of the day before, so the night counts.
    const double dayProfit = rig.loop->account().dayProfit;
    QVERIFY(near(rig.loop->account().netLiquidation - dayProfit, rig.loop->account().atSessionStart, 1e-6));
    QVERIFY(std::abs(dayProfit) > 100);
}

void LoopTest::theHardLimitsRefuseWithTheirReason_data()
{
    QTest::addColumn<int>("puts");
    QTest::addColumn<int>("stock");
    QTest::addColumn<QString>("code");
    QTest::newRow("position: premium beyond a quarter") << 20 << 0 << "position_limit";
    QTest::newRow("leverage: delta beyond twice") << 0 << 401 << "leverage";
}

void LoopTest::theHardLimitsRefuseWithTheirReason()
{
    QFETCH(int, puts);
    QFETCH(int, stock);
    QFETCH(QString, code);
    Rig rig;
    rig.show();
    const auto leg = puts > 0 ? portfolio::OrderLeg{rig.option(1, Right::Put, 510), option, Action::BuyToOpen, puts}
                              : portfolio::OrderLeg{"SPY", shares, Action::BuyToOpen, stock};
    const auto sent = rig.loop->submit(rig.taker({leg}));
    QVERIFY(!sent);
    QVERIFY2(has(sent.error(), code.toStdString()), sent.error().sentence().c_str());
    QCOMPARE(rig.refusals.size(), std::size_t(1));
    QCOMPARE(count(rig.journal.records(), "gate.refused"), std::size_t(1));
    QVERIFY(rig.loop->orders().orders().empty());
}

void LoopTest::whatWasNotSentMayComeAgainAtOnce()
{
    Rig rig;
    rig.show();
    rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "9.00"));
    rig.loop->setTradingState(risk::TradingState::Halted, {"by hand"});
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    const portfolio::OrderIntent order = rig.taker({{rig.option(1, Right::Call, 540), option, Action::BuyToOpen, 1}});
    const auto early = rig.loop->submit(order); // the cancels are still on their way
    QVERIFY(!early && has(early.error(), "not_sent"));
    for (int round = 0; round < 3; ++round) {
        rig.loop->step();
        rig.pump();
    }
    const auto sent = rig.loop->submit(order);
    QVERIFY2(sent, sent ? "" : sent.error().sentence().c_str());
}

void LoopTest::nobodySendsWhereNothingMayBeSent()
{
    TestMarket market;
    market.volatility = 0.15;
    Rig rig(market);
    rig.sendRefusal = {"this account is only looked at"};
    rig.restart();
    rig.show();
    const auto ticket = rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}}));
    QVERIFY(!ticket && has(ticket.error(), "not_armed"));
    QVERIFY(rig.loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"));
    rig.show(501);
    QVERIFY(!rig.proposals.empty());
    QVERIFY(has(rig.refusals.back(), "not_armed"));
    QVERIFY(rig.loop->orders().orders().empty());
}

/// Through the book, as the desk does it: three hours without a quote.
void LoopTest::sharesNeedAQuoteOfNow()
{
    Rig rig;
    rig.show();
    market::Instrument share;
    share.symbol = share.streamerSymbol = share.underlying = "SPY";
    share.type = shares;
    share.multiplier = 1;
    market::Book book;
    const base::Instant now = rig.clock.now();
    book.put(book.add(share), market::Quote{499.99, 500.01, 100, 100, now - std::chrono::hours(3)});
    const market::ChainDefinition listed{share, {}};
    const auto showAs = [&](base::Nanos staleAfter) {
        const auto chain =
            std::make_shared<const market::OptionChain>(market::makeChain(listed, book, now, staleAfter));
        rig.loop->onMarket(chain, std::make_shared<const pricing::ChainAnalytics>(pricing::analyse(*chain, now, {})));
    };
    const portfolio::OrderIntent buy = rig.order({{"SPY", shares, Action::BuyToOpen, 50}}, "500.00");
    showAs(std::chrono::seconds(10));
    const auto refused = rig.loop->preview(buy);
    QVERIFY(!refused && has(refused.error(), "quote") && has(refused.error(), "unknown_value"));
    QVERIFY(std::isnan(rig.loop->markets().mid("SPY")));
    showAs(base::Nanos{0}); // a recording's quotes have no age
    QVERIFY(rig.loop->preview(buy));
    rig.loop->setFeedAlive(false);
    const auto down = rig.loop->preview(buy);
    QVERIFY(!down && has(down.error(), "feed_down"));
}

void LoopTest::haltingCancelsEverythingAndStopsStrategies()
{
    TestMarket market;
    market.volatility = 0.15; // a straddle fits the budget
    Rig rig(market);
    rig.show();
    rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "9.00"));
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    QVERIFY(rig.loop->arm(make("gamma_scalping", {{"entry", "always"}}), "SPY"));
    rig.loop->setTradingState(risk::TradingState::Halted, {"by hand"});
    for (int round = 0; round < 3; ++round) {
        rig.loop->step();
        rig.pump();
    }
    QCOMPARE(rig.last().status, execution::OrderStatus::Cancelled);
    rig.show(501);
    QVERIFY(rig.proposals.empty());
    QVERIFY(!rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})));
    rig.loop->setTradingState(risk::TradingState::Active, {"by hand"});
    rig.show(501);
    QVERIFY(!rig.proposals.empty());
}

void LoopTest::theDailyLossStopHoldsUntilTheNextSession()
{
    Rig rig;
    rig.show();
    rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 45}}));
    rig.send(rig.taker({{rig.option(2, Right::Call, 500), option, Action::BuyToOpen, 6}}));
    QCOMPARE(rig.loop->positions().size(), std::size_t(2));
    rig.show(480);
    QVERIFY2(rig.loop->account().dailyLoss > 0.05, qPrintable(QString::number(rig.loop->account().dailyLoss)));
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    QVERIFY(!rig.loop->tradingStateReason().isEmpty());
    QVERIFY(!rig.loop->submit(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})));
    rig.show(500); // it has come back, and the stop still holds
    QVERIFY(rig.loop->account().dailyLoss < 0.01);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Reducing);
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::SellToClose, 45}})).empty()); // closing stays possible
    rig.nextDay(500);
    QCOMPARE(rig.loop->tradingState(), risk::TradingState::Active);
    QVERIFY(!rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 1}})).empty());
}

void LoopTest::aStrategyOpensOneGroupAndClosesIt()
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

void LoopTest::aPausedStrategyLeavesButDoesNotEnter()
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

void LoopTest::aStrategyHedgesOnTheSamePicture()
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

void LoopTest::anIndexIsRefusedToAStrategyThatHedges()
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

void LoopTest::aRefusedStrategyPausesAndSaysWhy()
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

void LoopTest::anOrderThatDoesNotFillIsThoughtOverAgain()
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

void LoopTest::settlementReachesTheGroupWithItsShares()
{
    Rig rig;
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}}),
                          "SPY"));
    rig.show();
    const trading::TradeGroup& group = *rig.loop->groups().all().at(0);
    const std::int64_t condors = group.positions().at(0).quantity;
    const double shortPut = [&] {
        double strike = 0;
        for (const portfolio::OrderLeg& leg : rig.last().intent.legs) {
            const auto terms = market::parseOccSymbol(leg.symbol).value();
            if (terms.right == Right::Put && leg.action == Action::SellToOpen)
                strike = terms.strike.toDouble();
        }
        return strike;
    }();
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle([&](base::Date, market::Settlement) { return std::optional(shortPut - 1); }));
    rig.pump();
    const auto held = group.positions();
    QCOMPARE(held.size(), std::size_t(1));
    QCOMPARE(held[0].symbol, std::string("SPY"));
    QCOMPARE(held[0].quantity, 100 * std::abs(condors));
    QVERIFY(group.isOpen); // the strategy still has shares to get rid of
}

void LoopTest::anExpiryThatOnlyTheHistoryTellsClosesTheGroup_data()
{
    QTest::addColumn<QString>("underlying");
    QTest::addColumn<double>("settledAt");
    QTest::addColumn<bool>("isOpen");
    QTest::newRow("worthless") << "SPY" << 500.0 << false;
    QTest::newRow("assigned on both puts") << "SPY" << 300.0 << false; // the shares of one put pay for the other's
    QTest::newRow("assigned on one put") << "SPY" << 0.0 << true;      // between the two: shares are left
    QTest::newRow("settled in cash") << "SPX" << 300.0 << false;
}

void LoopTest::anExpiryThatOnlyTheHistoryTellsClosesTheGroup()
{
    QFETCH(QString, underlying);
    QFETCH(double, settledAt);
    QFETCH(bool, isOpen);
    TestMarket market;
    market.underlying = underlying.toStdString();
    Rig rig(market);
    auto made = std::make_unique<TightLippedBroker>(rig.broker);
    const TightLippedBroker& line = *made;
    rig.loop.reset();
    rig.line = std::move(made);
    rig.restart();
    rig.show();
    QVERIFY(rig.loop->arm(make("iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}}),
                          market.underlying));
    rig.show();
    const trading::TradeGroup& group = *rig.loop->groups().all().at(0);
    const auto wait = [&](int seconds) {
        for (int i = 0; i < seconds; ++i) {
            rig.clock.advance(std::chrono::seconds(1));
            rig.loop->step();
            rig.pump();
        }
    };
    wait(20); // the books are agreed on
    QVERIFY(rig.loop->orders().expectedPositions() && rig.loop->orders().expectedPositions()->size() == 4);

    double shortPut = 0;
    for (const portfolio::OrderLeg& leg : rig.loop->orders().orders().at(0)->intent.legs) {
        const auto terms = market::parseOccSymbol(leg.symbol).value();
        if (terms.right == Right::Put && leg.action == Action::SellToOpen)
            shortPut = terms.strike.toDouble();
    }
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    const double at = settledAt > 0 ? settledAt : shortPut - 1;
    QVERIFY(rig.broker.settle([&](base::Date, market::Settlement) { return std::optional(at); }));
    rig.pump();
    QVERIFY(group.isOpen); // nobody has told yet
    QCOMPARE(group.positions().size(), std::size_t(4));
    wait(60);

    QCOMPARE(group.isOpen, isOpen);
    QCOMPARE(group.positions().size(), std::size_t(isOpen ? 1 : 0));
    QVERIFY(line.asked > 0);
    QVERIFY2(rig.differences.empty(), rig.differences.empty() ? "" : rig.differences[0].sentence.c_str());
    QVERIFY(rig.loop->orders().frozenUnderlyings().empty());
    QCOMPARE(rig.loop->ledger().cash(), rig.broker.account().ledger().cash());
    if (isOpen)
        return;
    QCOMPARE(group.exitReason, std::string("settlement"));
    QVERIFY(near(rig.loop->profitOf(group), rig.broker.account().netLiquidation() - 100'000, 1e-6));
    QCOMPARE(rig.loop->runners().at(0).group, std::string()); // the strategy is free for the next trade
}

void LoopTest::aRestartGoesOnWhereItStopped()
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

void LoopTest::theSessionsStartSurvivesARestart()
{
    Rig rig;
    rig.show();
    rig.send(rig.taker({{"SPY", shares, Action::BuyToOpen, 90}}));
    rig.show(490);
    const double loss = rig.loop->account().dailyLoss;
    QVERIFY(loss > 0.008);
    rig.restart();
    rig.show(490);
    QVERIFY(near(rig.loop->account().dailyLoss, loss, 1e-6));
}

QTEST_GUILESS_MAIN(LoopTest)
#include "loop_test.moc"
