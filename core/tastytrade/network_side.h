#pragma once

#include "tastytrade/account_streamer.h"
#include "tastytrade/dxlink_session.h"
#include "tastytrade/rest_api.h"
#include "tastytrade/server_clock.h"

#include <functional>
#include <memory>
#include <string>

namespace vegadesk::tastytrade
{

/// What a connection is for. Market data alone opens no account stream and takes no orders; a login alone asks for the
/// accounts, once, and opens nothing.
enum class Purpose : std::uint8_t { TradingAndMarketData, TradingOnly, MarketDataOnly, LoginOnly };
constexpr bool hasAccount(Purpose purpose)
{
    return purpose == Purpose::TradingAndMarketData || purpose == Purpose::TradingOnly;
}
constexpr bool hasMarketData(Purpose purpose)
{
    return purpose == Purpose::TradingAndMarketData || purpose == Purpose::MarketDataOnly;
}

/// The number that is `wanted`; where nothing is, of the first open account that may trade. NotFound names what there is.
base::Result<std::string> chooseAccount(const std::vector<wire::Account>& accounts, const std::string& wanted);

/// Everything of one environment that lives on the network thread. Tests run it in memory, on a clock of their own.
class NetworkSide
{
public:
    /// Called on the network thread.
    struct Events {
        std::function<void(execution::ConnectionState, const std::string& why)> account;
        std::function<void(market::FeedState, const std::string& why)> feed;
        std::function<void(const std::string& number)> accountFound;
        std::function<void(const base::Result<std::vector<wire::Account>>&)> loginChecked; ///< LoginOnly
        std::function<void(const execution::BrokerOrder&)> order;
        std::function<void(const portfolio::Position&)> position;
        std::function<void(const portfolio::Balances&)> balances;
        /// See ServerClock::ahead(), once a second.
        std::function<void(double ahead)> clock;
    };
    struct Options {
        Endpoints endpoints;
        Purpose purpose = Purpose::TradingAndMarketData;
        std::string account; ///< empty: the first open one that may trade
        RateLimit rate;
        FeedSettings feed;
        StreamSettings stream;
        const base::Clock* marketClock = nullptr; ///< null: the clock that stamps arrivals
        std::uint64_t seed = 1;                   ///< of the back-off's jitter
        std::shared_ptr<LoginGuard> logins;       ///< null: one of its own
    };

    NetworkSide(Transport& transport, Scheduler& scheduler, const base::Clock& clock, market::Book& book,
                Counters& counters, Quarantine& quarantine, Options options, Credentials credentials, Events events);

    /// Finds the account and opens both streams.
    void start();

    const Options& options() const { return m_options; }
    /// Empty until the broker told it.
    const std::string& account() const { return m_account; }
    execution::ConnectionState accountState() const { return m_streamer.state(); }
    const market::Book& book() const { return m_book; }
    const base::Clock& marketClock() const { return m_marketClock; }
    RestApi& rest() { return m_rest; }
    AccountStreamer& streamer() { return m_streamer; }
    DxLinkSession& feed() { return m_feed; }

private:
    void findAccount();
    void onAccounts(const base::Result<std::vector<wire::Account>>& accounts);
    void watchClocks();
    void spotCheck(const std::vector<market::InstrumentIndex>& silent);

    Scheduler& m_scheduler;
    market::Book& m_book;
    Counters& m_counters;
    const base::Clock& m_clock;
    const Options m_options;
    const base::Clock& m_marketClock;
    const Events m_events;
    base::Generator m_chance;
    TokenSource m_tokens;
    ServerClock m_serverClock;
    RequestQueue m_queue;
    RestApi m_rest;
    AccountStreamer m_streamer;
    DxLinkSession m_feed;
    std::string m_account;
    Backoff m_backoff;
    Timer m_retry, m_clockTimer;
    base::Nanos m_lastElapsed{}, m_lastWall{};
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< goes first: what is still open is answered after it
};

/// Runs a call on the network thread, with its objects; later, never inside the call.
using Post = std::function<void(std::function<void(NetworkSide&)>)>;
/// Runs a call on another thread; later, in order, never inside the call.
using Executor = std::function<void(std::function<void()>)>;

} // namespace vegadesk::tastytrade
