#pragma once

#include "base/clock.h"
#include "faults/fault_plan.h"
#include "faults/scripted_market.h"
#include "tastytrade/memory_network.h"
#include "venue/account_stream.h"
#include "venue/credentials.h"
#include "venue/exchange.h"
#include "venue/feed_session.h"
#include "venue/rest_api.h"

#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::faults
{

/// The venue's engine at the far end of a network in memory, and everything that goes wrong on the way to it and back.
class VenueSide final : private venue::ExchangeListener
{
public:
    VenueSide(tastytrade::test::VirtualScheduler& scheduler, tastytrade::test::MemoryTransport& transport,
              FaultPlan& plan, ScriptedMarket& market, base::Generator& chance, const base::Clock& clock,
              std::string runToken);

    venue::Exchange& exchange() { return *m_exchange; }
    const venue::Exchange& exchange() const { return *m_exchange; }
    /// Brings it to now; what was due meanwhile happens in its order.
    void catchUp();
    /// A new account of the same number with nothing in it, as the certification environment's every day.
    void reset();
    /// Both web sockets of every client are gone.
    void cut(const std::string& why);
    /// It has given up on every web socket, and nobody told the clients.
    void forgetClients();
    /// No access token is good any more.
    void expireTokens() { m_credentials.revokeAll(); }
    const venue::Credentials& credentials() const { return m_credentials; }

    /// Told what is true, before the client can hear of it.
    std::function<void(const tastytrade::wire::Order&)> onOrderIs;
    std::function<void()> onPositionsAre;
    /// Every answer, and every message of a web socket, as it leaves.
    std::function<void(Route, const QByteArray&)> onAnswer;
    std::function<void()> onMessage;

    /// What the feed was asked for on its latest connection: "type symbol".
    std::multiset<std::string> subscribed;
    std::set<std::string> silentSymbols; ///< streamer symbols that the feed leaves out
    base::Instant now() const { return m_clock.now(); }

private:
    struct Feed {
        std::shared_ptr<tastytrade::test::ServerSocket> socket;
        std::unique_ptr<venue::FeedSession> session;
    };
    struct Account {
        std::shared_ptr<tastytrade::test::ServerSocket> socket;
        std::unique_ptr<venue::AccountStream> stream;
    };

    void onOrder(const tastytrade::wire::Order& order) override;
    void onPosition(const tastytrade::wire::AccountPosition& position) override;
    void onBalance(const tastytrade::wire::AccountBalance& balance) override;

    std::optional<base::Result<tastytrade::HttpAnswer>> answer(const tastytrade::HttpRequest& request);
    tastytrade::HttpAnswer serve(const tastytrade::HttpRequest& request);
    void connected(const std::shared_ptr<tastytrade::test::ServerSocket>& socket);
    void received(const std::shared_ptr<tastytrade::test::ServerSocket>& socket, const QByteArray& text);
    QByteArray withoutSilent(const QByteArray& text);
    QByteArray laggingPositions() const;
    void keepAlive();
    void deliver(StreamFaults& faults, const std::shared_ptr<tastytrade::test::ServerSocket>& socket,
                 const QByteArray& text, base::Nanos delay = {});
    void notify(const QByteArray& frame, base::Nanos delay = {});
    void tick();
    void stream();

    tastytrade::test::VirtualScheduler& m_scheduler;
    tastytrade::test::MemoryTransport& m_transport;
    FaultPlan& m_plan;
    ScriptedMarket& m_market;
    base::Generator& m_chance;
    const base::Clock& m_clock;
    venue::Credentials m_credentials;
    std::unique_ptr<venue::Exchange> m_exchange;
    std::unique_ptr<venue::RestApi> m_rest;
    std::vector<Feed> m_feeds;
    std::vector<Account> m_accounts;
    std::uint64_t m_sessions = 0;
    /// What positions were from when on, for a ledger that lags.
    std::deque<std::pair<base::Nanos, std::vector<tastytrade::wire::AccountPosition>>> m_ledger;
    tastytrade::Timer m_tick, m_stream, m_keepalive;
};

} // namespace vegadesk::faults
