#pragma once

#include "faults/crash_disk.h"
#include "faults/scripted_market.h"
#include "tastytrade/broker.h"
#include "tastytrade/memory_network.h"
#include "tastytrade/network_side.h"
#include "trading/loop.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::faults
{

/// The program without its window and threads: the client of the broker, the trading loop with its gate and order manager,
/// and a journal, from one start to its end or crash. What are threads in the program are queued calls here.
class ClientSide
{
public:
    struct World {
        tastytrade::test::VirtualScheduler& scheduler;
        tastytrade::test::MemoryTransport& transport;
        ScriptedMarket& market; ///< for the listing alone; prices come over the feed
        base::Generator& chance;
        const base::Clock& clock;
        Disk& disk;
    };
    /// Reads the journal, connects, and starts to work. `observer` outlives this.
    ClientSide(const World& world, const std::string& refreshToken, std::uint64_t seed,
               trading::LoopObserver& observer);
    ~ClientSide();
    ClientSide(const ClientSide&) = delete;
    ClientSide& operator=(const ClientSide&) = delete;

    /// The process dies, here and now: nothing is said to anybody, and of what waits for the disk so much had reached it.
    void die(std::size_t reached, bool isTorn);

    /// The trading thread does nothing until then; what comes for it waits.
    void hangUntil(base::Nanos when) { *m_hangsUntil = when; }

    trading::Loop& loop() { return *m_loop; }
    const trading::Loop& loop() const { return *m_loop; }
    CrashJournal& journal() { return m_journal; }
    const market::Book& book() const { return m_book; }
    tastytrade::NetworkSide& network() { return *m_side; }
    std::vector<tastytrade::Quarantine::Entry> quarantined() const { return m_quarantine.entries(); }
    tastytrade::CounterValues counters() const { return m_counters.values(); }

    execution::ConnectionState accountState = execution::ConnectionState::Disconnected;
    market::FeedState feedState = market::FeedState::Disconnected;
    std::vector<std::string> accountReasons, feedReasons; ///< what the user was told
    int timesLive = 0;                                    ///< the feed
    std::string account;

    /// Of `underlying` as the loop has it.
    const market::OptionChain& chain(const std::string& underlying) const;

private:
    tastytrade::NetworkSide::Events events();
    void listen(const std::string& underlying);
    void step();
    void showMarket(const std::string& underlying);
    std::function<void(std::function<void()>)> hop();

    World m_world;
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< queued calls find their process gone
    std::shared_ptr<base::Nanos> m_hangsUntil = std::make_shared<base::Nanos>();
    CrashJournal m_journal;
    market::Book m_book;
    tastytrade::Counters m_counters;
    tastytrade::Quarantine m_quarantine{m_counters};
    std::unique_ptr<tastytrade::TastytradeBroker> m_broker;
    std::unique_ptr<tastytrade::NetworkSide> m_side;
    std::unique_ptr<trading::Loop> m_loop;
    std::map<std::string, market::OptionChain> m_chains;
    std::vector<market::Wanted> m_wanted;
    tastytrade::Timer m_step;
};

} // namespace vegadesk::faults
