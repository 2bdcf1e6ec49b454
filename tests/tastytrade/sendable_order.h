#pragma once

#include "base/journal.h"
#include "execution/order_manager.h"

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
        const base::Instant now = m_clock.now();
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, shares}};
        intent.price = base::Decimal::fromInteger(600);
        intent.effect = portfolio::PriceEffect::Debit;
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
        return std::exchange(m_placed, {}).value();
    }

    void setListener(execution::BrokerListener*) override {}
    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult>) override {}
    void place(execution::SendableOrder order, Done<execution::BrokerOrder>) override { m_placed = std::move(order); }
    void replace(const std::string&, execution::SendableOrder, Done<execution::BrokerOrder>) override {}
    void cancel(const std::string&, Done<execution::BrokerOrder>) override {}
    void orders(Done<std::vector<execution::BrokerOrder>>) override {}
    void settlements(base::Date, Done<std::vector<execution::Settlement>>) override {}
    void positions(Done<std::vector<portfolio::Position>>) override {}
    void balances(Done<portfolio::Balances>) override {}

    OrderSource() { m_manager.restore({}); }

private:
    base::ManualClock m_clock{base::fromUnixMillis(1'795'185'528'049)};
    base::MemoryJournal m_journal;
    std::optional<execution::SendableOrder> m_placed;
    risk::Gate m_gate{risk::limitsFor(risk::Tolerance::Moderate)};
    execution::OrderManager m_manager{*this, m_journal, m_clock, {.idPrefix = "test-5WX00042"}};
};

} // namespace vegadesk::tastytrade::test
