#pragma once

#include "execution/scripted_broker.h"
#include "risk/market_rig.h"
#include "risk/wide_limits.h"

#include <qlogging.h>

#include <memory>
#include <optional>

namespace vegadesk::testing
{

/// Writes down what an observer hears.
class Notes final : public execution::OrderObserver
{
public:
    void onOrderChanged(const execution::Order& order) override
    {
        std::vector<execution::OrderStatus>& path = statuses[order.externalId];
        if (path.empty() || path.back() != order.status)
            path.push_back(order.status);
    }
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override
    {
        fills.push_back(order.externalId + "/" + fill.orderId + "/" + fill.fillId);
    }
    void onDifference(const execution::Difference& difference) override { differences.push_back(difference); }

    std::map<std::string, std::vector<execution::OrderStatus>> statuses;
    std::vector<std::string> fills;
    std::vector<execution::Difference> differences;
};

/// An order manager between a scripted broker and a slow journal, on a clock that stands still.
class OrderRig
{
public:
    base::ManualClock clock{market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(10))};
    /// Goes on where the market's clock is stopped or set, once a test has made it.
    std::optional<base::ManualClock> spanClock;
    SlowJournal journal;
    ScriptedBroker broker{clock, journal};
    MarketRig market;
    Notes notes;
    std::unique_ptr<execution::OrderManager> manager;

    explicit OrderRig(bool starts = true)
    {
        if (starts)
            start();
    }

    /// As the program does: reads the journal, listens to the broker.
    void start()
    {
        manager = std::make_unique<execution::OrderManager>(
            broker, journal, clock, execution::OrderManagerSettings{.idPrefix = "venue-5WX00042"},
            spanClock ? &*spanClock : nullptr);
        manager->addObserver(&notes);
        broker.report = [this](const execution::BrokerOrder& order) { manager->brokerReported(order); };
        manager->restore(journal.readAll().value());
    }
    void crash(std::size_t reachedDisk = 0)
    {
        broker.forgetClient();
        broker.report = nullptr;
        journal.crash(reachedDisk);
        manager.reset();
    }

    /// A gate of its own each time, so that equal orders are no duplicates.
    template<class Intent>
    auto approvalOf(const Intent& intent)
    {
        market.now = clock.now();
        risk::Gate gate(testing::wideLimits(risk::Tolerance::Moderate));
        risk::GateState state = market.state();
        if (spanClock)
            state.spanNow = spanClock->now();
        auto approved = gate.approve(intent, state);
        if (!approved)
            qFatal("the rig's order was refused: %s", approved.error().sentence().c_str());
        return std::move(*approved);
    }
    risk::ApprovedOrder approval(std::int64_t lots = 1) { return approvalOf(spread(lots)); }
    /// For the place of a working order, for a credit that is `cents` lower.
    risk::ApprovedOrder replacement(const std::string& externalId, int cents = 1)
    {
        market.now = clock.now();
        risk::GateState state = market.state();
        const execution::Order& old = order(externalId);
        state.replaced = {externalId, old.intent};
        execution::OrderTerms terms = execution::termsOf(old.intent);
        terms.price = *terms.price - base::Decimal::fromUnits(base::Decimal::cent().units() * cents);
        risk::Gate gate(testing::wideLimits(risk::Tolerance::Moderate));
        auto approved = gate.approve(execution::withTerms(old.intent, terms), state);
        if (!approved)
            qFatal("the rig's replacement was refused: %s", approved.error().sentence().c_str());
        return std::move(*approved);
    }
    std::string replace(const std::string& externalId, int cents = 1)
    {
        return manager->replace(externalId, replacement(externalId, cents)).value();
    }
    /// An order that works at the broker, and everybody knows.
    std::string work(std::int64_t lots = 1)
    {
        const std::string id = submit(lots);
        broker.deliverAll();
        return id;
    }
    portfolio::OrderIntent spread(std::int64_t lots = 1) const
    {
        constexpr base::Date december = base::makeDate(2026, 12, 18);
        using portfolio::Action;
        return market.order(
            "SPY",
            {MarketRig::leg(MarketRig::symbolOf("SPY", december, market::Right::Put, 580), Action::SellToOpen, lots),
             MarketRig::leg(MarketRig::symbolOf("SPY", december, market::Right::Put, 575), Action::BuyToOpen, lots)});
    }
    std::string submit(std::int64_t lots = 1, execution::OrderManager::Submitted done = {})
    {
        return manager->submit(approval(lots), std::move(done)).value();
    }

    const execution::Order& order(const std::string& externalId) const { return *manager->find(externalId); }
    execution::BrokerOrder reportOf(const std::string& brokerId) const { return broker.book.at(brokerId); }
    execution::OrderStatus status(const std::string& externalId) const { return order(externalId).status; }

    /// The broker's positions are what everything after is counted from.
    void agreeOnPositions()
    {
        manager->reconcile();
        broker.deliverAll();
        pass(3);
    }

    /// Time passes in steps of a second; whatever the broker has to say arrives.
    void pass(int seconds, bool delivers = true)
    {
        for (int i = 0; i < seconds; ++i) {
            clock.advance(std::chrono::seconds(1));
            manager->poll();
            if (delivers)
                broker.deliverAll();
        }
    }
    /// The same while the market's clock stands still.
    void passStopped(int seconds)
    {
        for (int i = 0; i < seconds; ++i) {
            spanClock->advance(std::chrono::seconds(1));
            manager->poll();
            broker.deliverAll();
        }
    }
};

} // namespace vegadesk::testing
