#pragma once

#include "base/random.h"
#include "faults/client_side.h"
#include "faults/crash_disk.h"
#include "faults/fault_plan.h"
#include "faults/invariants.h"
#include "faults/scripted_market.h"
#include "faults/venue_side.h"
#include "tastytrade/memory_network.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::faults
{

/// A clock that reads the one clock of a world.
class VirtualClock final : public base::Clock
{
public:
    VirtualClock(const tastytrade::test::VirtualScheduler& scheduler, bool isClients)
        : m_scheduler(scheduler), m_isClients(isClients), m_begin(scheduler.elapsed())
    {
    }
    base::Instant now() const override
    {
        const base::Nanos passed = (m_isClients ? m_scheduler.wall() : m_scheduler.elapsed()) - m_begin;
        return ScriptedMarket::opening() + passed + ahead;
    }
    base::Nanos ahead{};

private:
    const tastytrade::test::VirtualScheduler& m_scheduler;
    const bool m_isClients;
    const base::Nanos m_begin;
};

/// The client and the venue's engine, joined by a network in memory, on one virtual clock, with everything that happens by
/// chance drawn from one seed. The invariants are looked at after every event; once one is broken, nothing more happens.
class World
{
public:
    explicit World(std::uint64_t seed);
    ~World();

    // Time
    void pass(base::Nanos span);
    bool until(const std::function<bool()>& isSo, base::Nanos most = std::chrono::seconds(60));
    /// Fails the run when it is not so within `most`.
    bool expectSoon(const std::function<bool()>& isSo, std::string_view what,
                    base::Nanos most = std::chrono::seconds(60));
    bool expect(bool isSo, std::string_view what);
    bool isBroken() const { return !invariants.broken().empty(); }
    /// The computer sleeps: the world goes on without it, and its connections die.
    void suspend(base::Nanos span);
    /// Somebody sets the computer's clock.
    void setClock(base::Nanos ahead);
    /// `span` of the market's time in a moment, as from Friday's close to Monday: nobody is looking.
    void skip(base::Nanos span);

    // The client
    void start();
    /// Starts, and waits until it could take an order.
    bool connect();
    void crash(std::size_t reached, bool isTorn = false);
    bool isReady() const;
    /// Both streams are up, whatever is quoted.
    bool isConnected() const;
    trading::Loop& loop() { return client->loop(); }

    // Orders. Each returns our id, or nothing when it was refused.
    /// Sells a put spread of SPY's at what it brings now.
    std::string open(std::int64_t lots = 1);
    /// The same at a price that nobody pays.
    std::string openResting(std::int64_t lots = 1);
    std::string close(std::int64_t lots = 1);
    std::string buyShares(const std::string& underlying, std::int64_t shares);
    std::string submit(const portfolio::OrderIntent& intent);
    bool expectSent(const std::string& externalId);
    portfolio::OrderIntent spread(std::int64_t lots, bool isOpening, double improvement = 0) const;
    portfolio::OrderIntent priced(const std::string& underlying, std::vector<portfolio::OrderLeg> legs,
                                  double improvement = 0) const;
    /// Somebody trades by phone. The broker's id.
    std::string tradeElsewhere(const portfolio::OrderIntent& intent);
    const execution::Order& order(const std::string& externalId) { return *loop().orders().find(externalId); }
    execution::OrderStatus status(const std::string& externalId) { return order(externalId).status; }
    bool was(const std::string& externalId, execution::OrderStatus status) const;
    /// Of an order of ours at the broker; null when it is not there.
    const tastytrade::wire::Order* atBroker(const std::string& externalId) const;
    std::int64_t placedAtBroker() const;
    base::Quantity heldAtBroker(const std::string& symbol) const;
    /// The first thing in which client and broker do not agree; empty when they do.
    std::string disagreement() const;
    /// Orders, differences and reasons as the user sees them, and the orders that there are, a line each.
    std::vector<std::string> picture() const;
    /// No more faults; then both must come to agree, with nothing lost and nothing doubled.
    void calmDown(base::Nanos most = std::chrono::seconds(130));

    static std::string shortPut()
    {
        return ScriptedMarket::symbolOf("SPY", ScriptedMarket::monthly, market::Right::Put, 580);
    }
    static std::string longPut()
    {
        return ScriptedMarket::symbolOf("SPY", ScriptedMarket::monthly, market::Right::Put, 575);
    }

    /// What happened, for comparing runs.
    std::vector<std::string> story;

    const std::uint64_t seed;
    base::Generator chance;
    tastytrade::test::VirtualScheduler scheduler;
    tastytrade::test::MemoryTransport transport{scheduler};
    VirtualClock venueClock{scheduler, false}, clientClock{scheduler, true};
    FaultPlan plan{chance};
    ScriptedMarket market;
    Disk disk;
    VenueSide venue;
    Invariants invariants;
    std::unique_ptr<ClientSide> client;

private:
    std::uint64_t m_starts = 0;
};

} // namespace vegadesk::faults
