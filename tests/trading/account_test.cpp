#include "trading/rig.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <deque>

using namespace vegadesk;
using market::Right;
using portfolio::Action;
using tests::Rig;
using tests::TestMarket;

namespace
{

constexpr market::InstrumentType option = market::InstrumentType::EquityOption;
constexpr market::InstrumentType shares = market::InstrumentType::Equity;

bool near(double a, double b, double tolerance = 1e-6)
{
    return std::abs(a - b) <= tolerance;
}

std::string lastPayload(const base::MemoryJournal& journal, std::string_view kind)
{
    std::string payload;
    for (const base::JournalRecord& record : journal.records())
        payload = record.kind == kind ? record.payload : payload;
    return payload;
}

/// A broker whose account a test sets by hand; it answers when it is told to.
class HandBroker final : public execution::Broker
{
public:
    std::vector<portfolio::Position> held;
    portfolio::Balances account;

    HandBroker()
    {
        account.cash = account.netLiquidation = account.derivativeBuyingPower = base::Decimal::fromInteger(100'000);
    }
    portfolio::Position& hold(const std::string& symbol, std::int64_t quantity, double average, double close)
    {
        portfolio::Position& position = held.emplace_back();
        position.symbol = symbol;
        position.underlying = "SPY";
        position.type = symbol == "SPY" ? shares : option;
        position.multiplier = symbol == "SPY" ? 1 : 100;
        position.quantity = quantity;
        position.averageOpenPrice = base::Decimal::fromDouble(average).value();
        position.averageDailyMarketClosePrice = base::Decimal::fromDouble(close).value();
        return position;
    }
    /// Cash that comes without a trade; the broker tells it at once.
    void pay(std::int64_t dollars)
    {
        account.cash += base::Decimal::fromInteger(dollars);
        account.netLiquidation += base::Decimal::fromInteger(dollars);
        m_calls.push_back([this, told = account] { m_listener->onBalances(told); });
    }
    void tellUnreadable(const execution::Unreadable& part) { m_listener->onUnreadable(part); }
    void deliver()
    {
        while (!m_calls.empty()) {
            const auto call = std::move(m_calls.front());
            m_calls.pop_front();
            call();
        }
    }

    void setListener(execution::BrokerListener* listener) override { m_listener = listener; }
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override
    {
        execution::BrokerOrder taken;
        taken.brokerId = std::to_string(++m_lastOrder);
        taken.externalId = order.externalId();
        taken.intent = order.intent();
        m_orders.push_back(taken);
        m_calls.push_back([done, taken] { done(taken); });
    }
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        m_calls.push_back([this, done] { done(m_orders); });
    }
    void settlements(base::Date, Done<std::vector<execution::Settlement>> done) override
    {
        m_calls.push_back([done] { done(base::fail(base::ErrorKind::Network, "transactions", "", "not told here")); });
    }
    void positions(Done<std::vector<portfolio::Position>> done) override
    {
        m_calls.push_back([this, done] { done(held); });
    }
    void balances(Done<portfolio::Balances> done) override
    {
        m_calls.push_back([this, done] { done(account); });
    }

private:
    execution::BrokerListener* m_listener = nullptr;
    std::vector<execution::BrokerOrder> m_orders;
    std::deque<std::function<void()>> m_calls;
    int m_lastOrder = 0;
};

/// The loop on that broker.
struct HandRig : trading::LoopObserver {
    explicit HandRig(const risk::Limits& startLimits = risk::limitsFor(risk::Tolerance::Moderate))
        : clock(market.now()), limits(startLimits)
    {
    }
    ~HandRig() override { loop.reset(); }

    void start()
    {
        trading::LoopSettings settings;
        settings.orders.idPrefix = "test-HAND";
        loop.reset();
        loop = std::make_unique<trading::Loop>(settings, limits, broker, journal, clock);
        loop->addObserver(this);
        market::Instrument underlying;
        underlying.symbol = underlying.underlying = market.underlying;
        loop->addUnderlying(underlying);
        const std::vector<base::JournalRecord> records = journal.records();
        loop->start(records);
        pass(4);
    }
    /// Quotes as they are, second by second.
    void pass(int seconds)
    {
        for (int i = 0; i < seconds; ++i) {
            broker.deliver();
            clock.advance(std::chrono::seconds(1));
            loop->step();
        }
        broker.deliver();
    }
    void show(double spot)
    {
        market.spot = spot;
        const auto chain = std::make_shared<const market::OptionChain>(market.chain());
        loop->onMarket(chain, std::make_shared<const pricing::ChainAnalytics>(market.analyse(*chain)));
        pass(1);
    }
    void onCashMoved(base::Decimal amount) override { moved.push_back(amount.toDouble()); }
    void onTradingState(risk::TradingState state, const base::Sentence&) override { states.push_back(state); }

    TestMarket market;
    base::ManualClock clock;
    base::MemoryJournal journal;
    HandBroker broker;
    risk::Limits limits;
    std::unique_ptr<trading::Loop> loop;
    std::vector<double> moved;
    std::vector<risk::TradingState> states;
};

} // namespace

class AccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBooksBeginWhenTwoAnswersAgree();
    void whatTheBrokerHoldsIsMeasuredAndCanBeClosed();
    void onlyClosesPassWhileSomethingCannotBeRead();
    void anExpiredContractBecomesItsShares();
    void aSettlementIsBookedOnceOverRestarts();
    void aHaltOutlivesTheProgram();
    void theDailyStopOutlivesTheProgramButNotTheDay();
    void limitsAreJournalledWithTheOnesBefore();
    void theDayBeginsAtThePreviousClose();
    void withoutMarksTheDayBeginsWhenItWasSeen();
    void paidInIsNoProfit();
    void cashThatMovesWithPositionsIsNoDeposit();
};

void AccountTest::theBooksBeginWhenTwoAnswersAgree()
{
    HandRig rig;
    rig.broker.hold("SPY", 10, 500, 500);
    rig.start();
    QVERIFY(rig.loop->isReady());
    QCOMPARE(rig.loop->ledger().quantity("SPY"), std::int64_t{10});

    HandRig racing;
    racing.start();
    racing.loop.reset();
    racing.journal = {};
    racing.broker.hold("SPY", 10, 500, 500);
    trading::LoopSettings settings;
    settings.orders.idPrefix = "test-HAND";
    racing.loop = std::make_unique<trading::Loop>(settings, racing.limits, racing.broker, racing.journal, racing.clock);
    racing.loop->start({});
    racing.broker.deliver();
    QVERIFY(!racing.loop->isReady()); // one answer may be in the middle of a fill
    racing.broker.held.front().quantity = 20;
    racing.pass(3);
    QVERIFY(!racing.loop->isReady());
    racing.pass(3);
    QVERIFY(racing.loop->isReady());
    QCOMPARE(racing.loop->ledger().quantity("SPY"), std::int64_t{20});
}

void AccountTest::whatTheBrokerHoldsIsMeasuredAndCanBeClosed()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    const double before = rig.loop->account().netLiquidation;
    rig.broker.hold("SPY", 20, 495, 495); // delivered, transferred, bought elsewhere: no order says
    rig.pass(90);
    QCOMPARE(rig.loop->positions().size(), std::size_t{1});
    QCOMPARE(rig.loop->positions()[0].quantity, std::int64_t{20});
    QCOMPARE(rig.loop->gateState().positions.size(), std::size_t{1});
    QCOMPARE(rig.loop->gateState().frozenUnderlyings, std::vector<std::string>{"SPY"});
    QVERIFY(near(rig.loop->account().netLiquidation, before)); // the broker's figure says what it is worth
    rig.show(500);

    portfolio::OrderIntent close;
    close.underlying = "SPY";
    close.origin = "close";
    close.effect = portfolio::PriceEffect::Credit;
    close.price = base::Decimal::fromDouble(rig.loop->markets().instrument("SPY", true)->quote.bid).value();
    close.legs = {{"SPY", shares, Action::SellToClose, 20}};
    const auto allowed = rig.loop->preview(close);
    QVERIFY2(allowed, allowed ? "" : allowed.error().sentence().c_str());
    close.legs[0].quantity = 21;
    QVERIFY(!rig.loop->preview(close));

    QVERIFY(rig.loop->acknowledge(execution::Difference::Kind::Position, "SPY"));
    QVERIFY(rig.loop->gateState().frozenUnderlyings.empty());
    rig.pass(90);
    QVERIFY(rig.loop->orders().differences().empty());
}

void AccountTest::onlyClosesPassWhileSomethingCannotBeRead()
{
    HandRig rig;
    rig.start();
    rig.broker.tellUnreadable({"position without a symbol", "", "the symbol is missing"});
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    QVERIFY(rig.loop->acknowledge(execution::Difference::Kind::Unreadable, "position without a symbol"));
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void AccountTest::anExpiredContractBecomesItsShares()
{
    HandRig rig;
    const std::string call =
        market::toOccSymbol({"SPY", rig.market.expiries[0], Right::Call, base::Decimal::fromInteger(490)}).value();
    rig.broker.hold(call, 1, 8, 8);
    rig.start();
    rig.show(500);
    rig.clock.set(market::expiryInstant(rig.market.expiries[0], market::Settlement::PM) + std::chrono::seconds(1));
    rig.broker.held.clear();
    rig.broker.hold("SPY", 100, 490, 490);
    rig.broker.account.cash -= base::Decimal::fromInteger(49'000);
    rig.pass(90);
    QCOMPARE(rig.loop->orders().orders().size(), std::size_t{1});
    QCOMPARE(rig.loop->orders().orders()[0]->intent.origin, std::string(execution::settlementOrigin));
    QVERIFY(rig.loop->orders().differences().empty());
    QCOMPARE(rig.loop->positions().size(), std::size_t{1});
    QCOMPARE(rig.loop->positions()[0].symbol, std::string("SPY"));
    QCOMPARE(rig.loop->positions()[0].averageOpenPrice, base::Decimal::fromInteger(490));
    QCOMPARE(rig.loop->ledger().realized(), base::Decimal::fromInteger(-800)); // the premium; the gain is in the shares
    QVERIFY(rig.loop->gateState().frozenUnderlyings.empty());
    QVERIFY(rig.moved.empty());
    QVERIFY(near(rig.loop->account().cash, 51'000));
}

void AccountTest::aSettlementIsBookedOnceOverRestarts()
{
    Rig rig;
    rig.show();
    const std::string put = rig.option(1, Right::Put, 500);
    auto intent = rig.taker({{put, option, Action::BuyToOpen, 1}});
    intent.group = "by hand";
    QVERIFY(!rig.send(intent).empty());
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle([](base::Date, market::Settlement) { return std::optional(480.0); }));
    rig.pump();
    const auto check = [&] {
        QCOMPARE(rig.loop->ledger().quantity("SPY"), std::int64_t{-100});
        QCOMPARE(rig.loop->ledger().quantity(put), std::int64_t{0});
        const trading::TradeGroup* const group = rig.loop->groups().find("by hand");
        QVERIFY(group);
        QCOMPARE(group->positions().size(), std::size_t{1});
        QCOMPARE(group->positions()[0].quantity, std::int64_t{-100});
        QVERIFY(rig.differences.empty());
    };
    check();
    rig.restart();
    check();
}

void AccountTest::aHaltOutlivesTheProgram()
{
    HandRig rig;
    rig.start();
    rig.loop->setTradingState(risk::TradingState::Halted, {"stopped by \"hand\""});
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Halted);
    QCOMPARE(rig.loop->tradingStateReason().english(), std::string("stopped by \"hand\""));
    rig.clock.advance(std::chrono::hours(24));
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Halted);
    rig.loop->setTradingState(risk::TradingState::Active, {"resumed by hand"});
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void AccountTest::theDailyStopOutlivesTheProgramButNotTheDay()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.show(440); // 6,000 of 100,000
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.start(); // the broker says 100,000 again: it has bounced
    rig.show(499);
    QVERIFY(rig.loop->account().dailyLoss < rig.limits.dailyLossNoNewRisk);
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.clock.advance(std::chrono::hours(24));
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void AccountTest::limitsAreJournalledWithTheOnesBefore()
{
    HandRig rig(risk::limitsFor(risk::Tolerance::Low));
    rig.start();
    QVERIFY(lastPayload(rig.journal, "limits").starts_with(R"({"before":null,"now":{"position":0.1,)"));
    const auto count = [&] {
        return std::ranges::count(rig.journal.records(), std::string("limits"), &base::JournalRecord::kind);
    };
    rig.start();
    QCOMPARE(count(), std::ptrdiff_t{1}); // nothing has changed
    QVERIFY(rig.loop->setLimits(risk::limitsFor(risk::Tolerance::High), "he said \"more\""));
    const std::string expected =
        R"({"before":{"position":0.1,"daily-loss-no-new-risk":0.01,"daily-loss-stop":0.02,"leverage":1},)"
        R"("now":{"position":0.25,"daily-loss-no-new-risk":0.04,"daily-loss-stop":0.05,"leverage":2},)"
        "\"reason\":\"he said \\\"more\\\"\"}";
    QCOMPARE(lastPayload(rig.journal, "limits"), expected);
    rig.start(); // with the low ones
    QCOMPARE(count(), std::ptrdiff_t{3});
    QVERIFY(lastPayload(rig.journal, "limits").starts_with(R"({"before":{"position":0.25,)"));
}

void AccountTest::theDayBeginsAtThePreviousClose()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 400, 520); // 20 dollars a share lower overnight
    rig.start();
    rig.show(500);
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(!account.sessionSince);
    QVERIFY(near(account.atSessionStart, 102'000));
    QVERIFY(near(account.dailyLoss, 2'000.0 / 102'000));
}

void AccountTest::withoutMarksTheDayBeginsWhenItWasSeen()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 400, 520);
    rig.start();
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(account.sessionSince);
    QVERIFY(near(account.atSessionStart, 100'000));
    QVERIFY(near(account.dailyLoss, 0));
    rig.broker.account.netLiquidation = base::Decimal::fromInteger(99'000);
    rig.start();
    QVERIFY(rig.loop->account().sessionSince == account.sessionSince); // a restart does not begin it again
    QVERIFY(near(rig.loop->account().dailyLoss, 0.01));
    rig.show(500);
    QVERIFY(!rig.loop->account().sessionSince);
    QVERIFY(near(rig.loop->account().dailyLoss, 2'000.0 / 101'000));
}

void AccountTest::paidInIsNoProfit()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.pass(30);
    rig.show(440);
    rig.broker.account.netLiquidation = base::Decimal::fromInteger(94'000);
    QVERIFY(near(rig.loop->account().dailyLoss, 0.06));
    rig.broker.pay(10'000);
    rig.pass(60);
    QCOMPARE(rig.moved, std::vector<double>{10'000.0});
    QVERIFY(near(rig.loop->account().netLiquidation, 104'000));
    QVERIFY(near(rig.loop->account().dayProfit, -6'000));
    QVERIFY(near(rig.loop->account().atSessionStart, 110'000));
    rig.broker.pay(-50'000);
    rig.pass(60);
    QVERIFY(near(rig.loop->account().dayProfit, -6'000));
    rig.start();
    rig.pass(60);
    QVERIFY(near(rig.loop->account().atSessionStart, 60'000)); // remembered
}

void AccountTest::cashThatMovesWithPositionsIsNoDeposit()
{
    HandRig rig;
    rig.start();
    rig.show(500);
    rig.pass(30);
    rig.broker.hold("SPY", 100, 500, 500); // bought elsewhere, without an order that we are shown
    rig.broker.pay(-50'000);
    rig.broker.account.netLiquidation += base::Decimal::fromInteger(50'000);
    rig.pass(120);
    QVERIFY(rig.moved.empty());
    QVERIFY(near(rig.loop->account().atSessionStart, 100'000));
}

QTEST_GUILESS_MAIN(AccountTest)
#include "account_test.moc"
