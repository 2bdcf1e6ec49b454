#pragma once

#include "execution/order.h"
#include "faults/client_side.h"
#include "faults/fault_plan.h"
#include "faults/secret_watch.h"
#include "faults/venue_side.h"
#include "tastytrade/memory_network.h"
#include "trading/loop.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::faults
{

/// What must hold after every event, whatever goes wrong. Source: the domain reference, E3.
///
/// I1  no order leaves without its intent on disk.
/// I2  an intent is at most one order at the broker, and one request on the wire.
/// I3  what is held agrees with the ledger at once, and with the broker before long (`agreesWithin`, of quiet); else new risk
///     in that underlying is frozen.
/// I4  no order is without an outcome for longer than an answer may take, and the user was told of each status.
/// I5  each fill counts once, and is one that the broker made.
/// I6  no approval takes the account, as it really is, over a limit at the prices then known, and what it approved leaves
///     within `leavesWithin` or not at all: an approval's life, and as long as a request may wait.
/// I7  nothing waits: a call that waited for others would run the scheduler inside itself. That nothing blocks the window is
///     a matter of threads, and has no meaning in virtual time.
/// I8  neither log, journal, nor what the user is told holds a secret of the run.
class Invariants final : public trading::LoopObserver
{
public:
    static constexpr base::Nanos answeredWithin = std::chrono::seconds(33), agreesWithin = std::chrono::seconds(110),
                                 leavesWithin = std::chrono::milliseconds(10'100);

    Invariants(const tastytrade::test::VirtualScheduler& scheduler, const FaultPlan& plan, const Disk& disk,
               VenueSide& venue);

    /// A new process; it knows what its journal says.
    void watch(ClientSide* client);
    void afterEvent();
    void sent(const tastytrade::HttpRequest& request);
    /// The gate let `intent` through on `asSeen`, and the order manager has not got it yet.
    void approved(const portfolio::OrderIntent& intent, const risk::GateState& asSeen);
    /// A position that is not the client's doing, so that limits may be exceeded.
    void allowOutsiders() { m_hasOutsiders = true; }

    void fail(std::string_view what);
    const std::vector<std::string>& broken() const { return m_broken; }
    SecretWatch& secrets() { return m_secrets; }

    // What the user was told
    std::map<std::string, std::vector<execution::OrderStatus>> told; ///< by external id, each change
    std::vector<std::string> counted;                                ///< fills, in the order in which they counted
    std::vector<execution::Difference> differences;
    std::vector<std::string> refusals;

private:
    void onOrder(const execution::Order& order) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    void onDifference(const execution::Difference& difference) override;
    void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refused) override;
    void onConnection(execution::ConnectionState state, std::string_view why) override;

    void orderIs(const tastytrade::wire::Order& order);
    void checkOrders();
    void checkHoldings();
    void findDifferences(const execution::Quantities& held);

    const tastytrade::test::VirtualScheduler& m_scheduler;
    const FaultPlan& m_plan;
    const Disk& m_disk;
    VenueSide& m_venue;
    ClientSide* m_client = nullptr;
    SecretWatch m_secrets;
    std::vector<std::string> m_broken;

    std::map<std::string, base::Nanos> m_intendedAt;                       ///< by external id
    std::set<std::string> m_posted;                                        ///< external ids on the wire
    std::map<std::string, std::set<std::string>> m_atBroker;               ///< the broker's ids by ours
    std::map<std::pair<std::string, std::string>, portfolio::Fill> m_made; ///< fills at the broker
    std::set<std::pair<std::string, std::string>> m_countedIds;
    std::map<std::string, base::Nanos> m_openSince; ///< orders that may still change; when they came to be as they are
    std::map<std::string, base::Nanos> m_differsSince; ///< symbols
    bool m_isHoldingNews = true, m_hasOutsiders = false;
    base::Nanos m_quietSince{};
};

} // namespace vegadesk::faults
