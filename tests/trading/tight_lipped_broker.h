#pragma once

#include "backtest/simulated_broker.h"

#include <utility>
#include <vector>

namespace vegadesk::tests
{

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
    void replace(const std::string& id, execution::SendableOrder order, Done<execution::BrokerOrder> done) override
    {
        m_inner.replace(id, std::move(order), std::move(done));
    }
    void cancel(const std::string& id, Done<execution::BrokerOrder> done) override
    {
        m_inner.cancel(id, std::move(done));
    }
    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>> done) override
    {
        m_inner.placeComplex(std::move(order), std::move(done));
    }
    void cancelComplex(const std::string& id, Done<std::vector<execution::BrokerOrder>> done) override
    {
        m_inner.cancelComplex(id, std::move(done));
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

} // namespace vegadesk::tests
