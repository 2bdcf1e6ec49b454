#pragma once

#include "base/journal.h"
#include "execution/order_manager.h"
#include "risk/wide_limits.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace vegadesk::tastytrade::test
{

/// Orders come only from the gate and the order manager, for tests too: this takes them where a broker would.
class OrderSource final : public execution::Broker
{
public:
    execution::SendableOrder make(std::int64_t shares = 1)
    {
        submit(order(portfolio::Action::BuyToOpen, shares, 600));
        return std::exchange(m_placed, {}).value();
    }
    /// Ten shares, and what sells them above and below.
    execution::SendableComplexOrder makeBracket()
    {
        using portfolio::Action;
        portfolio::ComplexIntent intent{portfolio::ComplexKind::Otoco, order(Action::BuyToOpen, 10, 600), {}};
        intent.orders = {order(Action::SellToClose, 10, 620), order(Action::SellToClose, 10, 575)};
        portfolio::OrderIntent& stop = intent.orders.back();
        stop.type = portfolio::OrderType::Stop;
        stop.stopTrigger = std::exchange(stop.price, std::nullopt);
        stop.effect = portfolio::PriceEffect::None;
        submit(intent);
        return std::exchange(m_placedComplex, {}).value();
    }
    static portfolio::OrderIntent order(portfolio::Action action, std::int64_t shares, std::int64_t price)
    {
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{"SPY", market::InstrumentType::Equity, action, shares}};
        intent.price = base::Decimal::fromInteger(price);
        intent.effect = portfolio::isBuy(action) ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
        return intent;
    }
    template<class Intent>
    void submit(const Intent& intent)
    {
        const base::Instant now = m_clock.now();
        risk::GateState state;
        state.now = now;
        state.netLiquidation = state.netLiquidationAtSessionStart = state.buyingPower = 1e6;
        state.instrument = [now](const std::string& symbol) {
            risk::InstrumentState spy;
            spy.symbol = spy.underlying = symbol;
            spy.type = market::InstrumentType::Equity;
            spy.multiplier = 1;
            spy.quote = {599.9, 600.1, 100, 100, now};
            spy.spot = 600;
            spy.delta = 1;
            return std::optional(spy);
        };
        auto approved = m_gate.approve(intent, state);
        if (!approved)
            throw std::logic_error(approved.error().sentence());
        const auto id = m_manager.submit(std::move(*approved));
        if (!id)
            throw std::logic_error(id.error().message());
        m_clock.advance(std::chrono::minutes(1)); // the gate refuses the same order twice in a few seconds
    }

    void setListener(execution::BrokerListener*) override {}
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder order, Done<execution::BrokerOrder>) override { m_placed = std::move(order); }
    void replace(const std::string&, execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>>) override
    {
        m_placedComplex = std::move(order);
    }
    void cancelComplex(const std::string&, Done<std::vector<execution::BrokerOrder>>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>>) override {}
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>>) override {}
    void balances(Done<portfolio::Balances>) override {}

    OrderSource() { m_manager.restore({}); }

private:
    base::ManualClock m_clock{base::fromUnixMillis(1'795'185'528'049)};
    base::MemoryJournal m_journal;
    std::optional<execution::SendableOrder> m_placed;
    std::optional<execution::SendableComplexOrder> m_placedComplex;
    risk::Gate m_gate{testing::wideLimits(risk::Tolerance::Moderate)};
    execution::OrderManager m_manager{*this, m_journal, m_clock, {.idPrefix = "test-5WX00042"}};
};

} // namespace vegadesk::tastytrade::test
