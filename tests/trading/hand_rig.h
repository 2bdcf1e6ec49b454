#pragma once

#include "market/calendar.h"
#include "trading/loop_checks.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::tests
{

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
    /// The last order that it took fills whole, at that price a share; what is then held, a test says itself.
    void fillLast(double price, base::Instant at)
    {
        execution::BrokerOrder& order = m_orders.back();
        order.status = execution::OrderStatus::Filled;
        for (const portfolio::OrderLeg& leg : order.intent.legs)
            order.fills.push_back({order.brokerId + "-" + leg.symbol, order.brokerId, leg.symbol, leg.action,
                                   leg.quantity, base::Decimal::fromDouble(price).value(), at});
        m_calls.push_back([this, told = order] { m_listener->onOrder(told); });
    }
    void tellConnection(execution::ConnectionState state) { m_listener->onConnection(state, "the line"); }
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
    /// Answered when a test says, in answerCheck().
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult> done) override
    {
        m_checks.push_back(std::move(done));
    }
    void dryRunComplex(const portfolio::ComplexIntent&, Done<portfolio::DryRunResult> done) override
    {
        ++complexChecks;
        m_checks.push_back(std::move(done));
    }
    std::size_t checks() const { return m_checks.size(); }
    void answerCheck(base::Result<portfolio::DryRunResult> answer)
    {
        m_calls.push_back([done = std::move(m_checks.front()), answer = std::move(answer)] { done(answer); });
        m_checks.pop_front();
        deliver();
    }
    bool rejects = false;  ///< what is placed from now on
    int complexChecks = 0; ///< how many of them were about a complex order
    const std::vector<execution::BrokerOrder>& taken() const { return m_orders; }
    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override
    {
        execution::BrokerOrder taken;
        taken.brokerId = std::to_string(++m_lastOrder);
        taken.externalId = order.externalId();
        taken.intent = order.intent();
        if (rejects) {
            taken.status = execution::OrderStatus::Rejected;
            taken.rejectReason = "not today";
        }
        m_orders.push_back(taken);
        m_calls.push_back([done, taken] { done(taken); });
    }
    void replace(const std::string& brokerId, execution::SendableOrder order,
                 Done<execution::BrokerOrder> done) override
    {
        const auto old = std::ranges::find(m_orders, brokerId, &execution::BrokerOrder::brokerId);
        old->status = execution::OrderStatus::Cancelled;
        m_calls.push_back([this, told = *old] { m_listener->onOrder(told); });
        place(std::move(order), std::move(done));
        m_orders.back().replaces = brokerId;
    }
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>> done) override
    {
        std::vector<execution::BrokerOrder> taken;
        for (const execution::SendableOrder& part : order.parts()) {
            execution::BrokerOrder& each = taken.emplace_back();
            each.brokerId = std::to_string(++m_lastOrder);
            each.externalId = part.externalId();
            each.intent = part.intent();
            each.status = execution::OrderStatus::Contingent;
            each.complexId = "2000";
        }
        m_orders.insert(m_orders.end(), taken.begin(), taken.end());
        m_calls.push_back([done, taken] { done(taken); });
    }
    void cancelComplex(const std::string&, Done<std::vector<execution::BrokerOrder>>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        m_calls.push_back([this, done] { done(m_orders); });
    }
    void settlements(base::Date, Done<std::vector<execution::Settlement>> done) override
    {
        m_calls.push_back([done] { done(base::fail(base::ErrorKind::Network, "transactions", "", "not told here")); });
    }
    std::vector<execution::CashDividend> paid; ///< that its history tells of
    void dividends(base::Date from, Done<std::vector<execution::CashDividend>> done) override
    {
        m_calls.push_back([this, from, done] {
            std::vector<execution::CashDividend> since = paid;
            std::erase_if(since, [from](const auto& each) { return market::newYorkDate(each.at) < from; });
            done(since);
        });
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
    std::deque<Done<portfolio::DryRunResult>> m_checks;
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
        settings.asksBrokerFirst = asksBrokerFirst;
        settings.limitsReason = limitsReason;
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
    void onRefusal(const portfolio::OrderIntent&, const risk::GateRefusals& refused) override
    {
        refusals.push_back(refused);
    }
    void onBrokerCheck(const portfolio::OrderIntent&, const trading::BrokerCheck& check) override
    {
        checks.push_back(check);
    }
    void onDividend(std::span<const portfolio::AttributedCash> parts) override
    {
        dividends.insert(dividends.end(), parts.begin(), parts.end());
    }
    void onCashMoved(base::Decimal amount) override { moved.push_back(amount.toDouble()); }
    void onTradingState(risk::TradingState state, const base::Sentence&) override { states.push_back(state); }

    TestMarket market;
    base::ManualClock clock;
    base::MemoryJournal journal;
    HandBroker broker;
    risk::Limits limits;
    bool asksBrokerFirst = false; ///< of the next start()
    std::string limitsReason;     ///< of the next start()
    std::unique_ptr<trading::Loop> loop;
    std::vector<risk::GateRefusals> refusals;
    std::vector<trading::BrokerCheck> checks;
    std::vector<double> moved;
    std::vector<portfolio::AttributedCash> dividends;
    std::vector<risk::TradingState> states;
};

} // namespace vegadesk::tests
