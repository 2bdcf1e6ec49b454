#pragma once

#include "execution/broker.h"
#include "tastytrade/backoff.h"
#include "tastytrade/counters.h"
#include "tastytrade/token_source.h"
#include "tastytrade/transport.h"
#include "tastytrade/wire/account_streamer.h"

#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace vegadesk::base
{
class Clock;
}

namespace vegadesk::tastytrade
{

struct StreamSettings {
    base::Nanos backoffFirst = std::chrono::milliseconds(500);
    base::Nanos backoffLongest = std::chrono::seconds(30);
};

/// The account's notifications. Keeps itself connected; connected means that the broker acknowledged our account, not that
/// a socket is open. It reconnects when the socket closes, when acknowledgements stay out, and when an order that the
/// broker took is not mentioned: streams were seen to lose orders while their heartbeats went on.
class AccountStreamer
{
public:
    struct Events {
        std::function<void(execution::ConnectionState, const std::string& why)> state;
        std::function<void(const execution::BrokerOrder&)> order;
        std::function<void(const wire::AccountPosition&)> position;
        std::function<void(const wire::AccountBalance&)> balance;
    };

    AccountStreamer(Transport& transport, Scheduler& scheduler, TokenSource& tokens, base::Generator& chance,
                    const base::Clock& clock, Counters& counters, Quarantine& quarantine, StreamSettings settings,
                    Events events);

    void start(const QUrl& url, const std::string& account);
    void reconnect(const std::string& why);
    /// The broker took this order: a notification about it must come, or have come.
    void expectOrder(const std::string& brokerId);
    execution::ConnectionState state() const { return m_state; }

private:
    void open();
    void sendRequest(const std::string& action);
    void onText(const QByteArray& text);
    void onMessage(const wire::StreamerMessage& message, const QByteArray& text);
    void onAck(const wire::StreamerAck& ack);
    void onOrder(const execution::BrokerOrder& order);
    void drop(const std::string& why);
    void setState(execution::ConnectionState state, const std::string& why);

    Transport& m_transport;
    Scheduler& m_scheduler;
    TokenSource& m_tokens;
    base::Generator& m_chance;
    const base::Clock& m_clock;
    Counters& m_counters;
    Quarantine& m_quarantine;
    const Events m_events;

    QUrl m_url;
    std::string m_account;
    std::string m_token; ///< of the last request
    execution::ConnectionState m_state = execution::ConnectionState::Disconnected;
    std::unique_ptr<WebSocket> m_socket;
    Backoff m_backoff;
    Timer m_retry, m_answerDue, m_heartbeat, m_steady;
    std::int64_t m_lastRequest = 0;
    base::Nanos m_askedAt{};
    std::deque<std::string> m_mentioned; ///< the last orders notified
    std::vector<std::pair<std::string, Timer>> m_expected;
    std::shared_ptr<int> m_alive = std::make_shared<int>();
};

} // namespace vegadesk::tastytrade
