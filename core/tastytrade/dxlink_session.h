#pragma once

#include "market/feed.h"
#include "tastytrade/backoff.h"
#include "tastytrade/candle_requests.h"
#include "tastytrade/change_budget.h"
#include "tastytrade/counters.h"
#include "tastytrade/dxlink_settings.h"
#include "tastytrade/endpoints.h"
#include "tastytrade/feed_intake.h"
#include "tastytrade/rest_api.h"
#include "tastytrade/subscriptions.h"
#include "tastytrade/transport.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::base
{
class Clock;
}

namespace vegadesk::tastytrade
{

/// Market data over dxLink, on the network thread: writes the Book as events arrive. Every step of the handshake waits for
/// the server's answer to the one before. Keeps itself connected and asks again for everything after a reconnect, once.
/// Watches what it is told as well as whether it is told anything: an instrument of which nothing comes while others stream
/// is asked for again, and then reported.
class DxLinkSession
{
public:
    using StateChanged = std::function<void(market::FeedState, const std::string& why)>;
    using SpotCheck = std::function<void(const std::vector<market::InstrumentIndex>&)>;

    DxLinkSession(Transport& transport, Scheduler& scheduler, RestApi& rest, base::Generator& chance,
                  const base::Clock& clock, const base::Clock& marketClock, market::Book& book,
                  const Endpoints& endpoints, Counters& counters, Quarantine& quarantine, FeedSettings settings,
                  StateChanged changed);

    void start();
    void reconnect(const std::string& why);
    void setWanted(const std::vector<market::Wanted>& wanted);
    /// Told of instruments that stay silent on the feed, so that somebody can ask for their prices in another way.
    void setSpotCheck(SpotCheck check) { m_spotCheck = std::move(check); }
    /// By streamer symbol; see CandleRequests.
    void candles(const std::string& streamerSymbol, const std::string& period, base::Instant from,
                 CandleRequests::Done done);
    base::Result<CandleRequests::Id> followCandles(const std::string& streamerSymbol, const std::string& period,
                                                   base::Instant from, CandleRequests::Changed changed);
    void unfollowCandles(CandleRequests::Id id) { m_candles.unfollow(id); }

private:
    enum class Step : std::uint8_t {
        Idle,
        FetchingToken,
        Opening,
        SettingUp,
        Authorizing,
        OpeningChannel,
        Configuring,
        Ready
    };

    void open();
    void connectTo(const wire::QuoteToken& token);
    void onOpened();
    void onText(const QByteArray& text);
    void onMessage(const wire::dxlink::Message& message);
    void onAuthState(bool isAuthorized);
    void onConfig(const wire::dxlink::FeedConfig& config);
    void onData(std::size_t events, const wire::Refusals& refusals, const QByteArray& text);
    void advance(Step step);
    void send(const QByteArray& text);
    void sendBatches();
    void keepAlive();
    void watch();
    void watchSilent();
    void drop(const std::string& why);
    void setState(market::FeedState state, const std::string& why);
    void countSubscriptions();

    Transport& m_transport;
    Scheduler& m_scheduler;
    RestApi& m_rest;
    base::Generator& m_chance;
    const base::Clock& m_clock;       ///< stamps what arrives
    const base::Clock& m_marketClock; ///< knows the session
    market::Book& m_book;
    const Endpoints m_endpoints;
    Counters& m_counters;
    Quarantine& m_quarantine;
    const FeedSettings m_settings;
    const StateChanged m_changed;

    Step m_step = Step::Idle;
    market::FeedState m_state = market::FeedState::Disconnected;
    std::unique_ptr<WebSocket> m_socket;
    wire::QuoteToken m_token;
    base::Nanos m_tokenFetchedAt{};
    bool m_isAuthSent = false;
    Backoff m_backoff;
    Subscriptions m_subscriptions;
    CandleRequests m_candles;
    FeedIntake m_intake;
    ChangeBudget m_budget;
    SpotCheck m_spotCheck;
    base::Nanos m_lastReceived{}, m_lastData{};
    base::Nanos m_serverSilenceMax{};
    std::uint64_t m_eventsAtLastWatch = 0;
    base::Nanos m_lastRateAt{};
    Timer m_retry, m_stepDue, m_batchTimer, m_keepaliveTimer, m_watchTimer, m_steady;
    std::shared_ptr<int> m_alive = std::make_shared<int>();
};

} // namespace vegadesk::tastytrade
