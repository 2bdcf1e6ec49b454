#include "tastytrade/account_streamer.h"

#include "base/clock.h"
#include "base/log.h"
#include "tastytrade/user_agent.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;
using execution::ConnectionState;

namespace
{

constexpr base::Nanos answerWithin = 10s;
constexpr base::Nanos heartbeatEvery = 20s; // the broker's limits are 2 s and 60 s
constexpr base::Nanos mentionWithin = 15s;
constexpr base::Nanos steadyAfter = 10s;
constexpr std::size_t mentionedMax = 256;

} // namespace

AccountStreamer::AccountStreamer(Transport& transport, Scheduler& scheduler, TokenSource& tokens,
                                 base::Generator& chance, const base::Clock& clock, Counters& counters,
                                 Quarantine& quarantine, StreamSettings settings, Events events)
    : m_transport(transport), m_scheduler(scheduler), m_tokens(tokens), m_chance(chance), m_clock(clock),
      m_counters(counters), m_quarantine(quarantine), m_events(std::move(events)),
      m_backoff(settings.backoffFirst, settings.backoffLongest)
{
}

void AccountStreamer::start(const QUrl& url, const std::string& account)
{
    m_url = url;
    m_account = account;
    open();
}

void AccountStreamer::reconnect(const std::string& why)
{
    if (m_socket)
        drop(why);
}

void AccountStreamer::open()
{
    setState(ConnectionState::Connecting, {});
    WebSocketEvents events;
    events.opened = [this] { sendRequest("connect"); };
    events.received = [this](const QByteArray& text) { onText(text); };
    events.closed = [this](const std::string& why) { drop(why); };
    m_socket = m_transport.open(m_url, std::move(events));
    m_answerDue = m_scheduler.after(answerWithin, [this] { drop("no answer in time"); });
}

void AccountStreamer::sendRequest(const std::string& action)
{
    m_answerDue = m_scheduler.after(answerWithin, [this] { drop("no answer in time"); });
    m_tokens.get([this, action, alive = std::weak_ptr(m_alive)](const base::Result<std::string>& token) {
        if (alive.expired() || !m_socket)
            return;
        if (!token)
            return drop(token.error().message());
        wire::StreamerRequest request;
        request.action = action;
        if (action == "connect")
            request.accounts = {m_account};
        m_token = *token;
        request.authToken = "Bearer " + *token;
        request.requestId = ++m_lastRequest;
        request.source = userAgent;
        m_askedAt = m_scheduler.elapsed();
        m_socket->send(wire::print(request));
    });
}

void AccountStreamer::onText(const QByteArray& text)
{
    m_counters.change([this](CounterValues& values) {
        ++values.streamerMessages;
        values.lastStreamerMessage = m_clock.now();
    });
    const auto messages = wire::parseStreamerMessages(text);
    if (!messages)
        return m_quarantine.put("account streamer", messages.error().message(), text);
    for (const wire::StreamerMessage& message : *messages) {
        onMessage(message, text);
        if (!m_socket)
            return; // dropped by what was in it
    }
}

void AccountStreamer::onMessage(const wire::StreamerMessage& message, const QByteArray& text)
{
    if (const auto* ack = std::get_if<wire::StreamerAck>(&message)) {
        onAck(*ack);
    } else if (const auto* order = std::get_if<wire::OrderNotice>(&message)) {
        onOrder(wire::toBrokerOrder(order->order));
    } else if (const auto* position = std::get_if<wire::PositionNotice>(&message)) {
        m_events.position(position->position);
    } else if (const auto* balance = std::get_if<wire::BalanceNotice>(&message)) {
        m_events.balance(balance->balance);
    } else if (const auto* broken = std::get_if<wire::BrokenNotice>(&message)) {
        m_quarantine.put("account streamer", broken->error.message(), text);
        if (broken->order)
            onOrder(*broken->order);
    }
}

void AccountStreamer::onAck(const wire::StreamerAck& ack)
{
    if (!ack.isOk) {
        m_tokens.invalidate(m_token); // the broker does not say whether it was that
        return drop(ack.action + " refused: " + ack.message);
    }
    if (m_state != ConnectionState::Connected && ack.action != "connect")
        return; // without that no notice comes: the answer is still due
    m_answerDue.cancel();
    m_counters.change([took = base::seconds(m_scheduler.elapsed() - m_askedAt)](CounterValues& values) {
        values.streamerSeconds = took;
    });
    if (m_state != ConnectionState::Connected) {
        setState(ConnectionState::Connected, {});
        m_steady = m_scheduler.after(steadyAfter, [this] { m_backoff.reset(); });
    }
    m_heartbeat = m_scheduler.after(heartbeatEvery, [this] { sendRequest("heartbeat"); });
}

void AccountStreamer::onOrder(const execution::BrokerOrder& order)
{
    m_mentioned.push_back(order.brokerId);
    if (m_mentioned.size() > mentionedMax)
        m_mentioned.pop_front();
    std::erase_if(m_expected, [&](const auto& entry) { return entry.first == order.brokerId; });
    m_events.order(order);
}

void AccountStreamer::expectOrder(const std::string& brokerId)
{
    if (std::ranges::find(m_mentioned, brokerId) != m_mentioned.end())
        return;
    m_expected.emplace_back(brokerId, m_scheduler.after(mentionWithin, [this, brokerId] {
        std::erase_if(m_expected, [&](const auto& entry) { return entry.first == brokerId; });
        reconnect("order " + brokerId + " was taken, but not notified");
    }));
}

void AccountStreamer::drop(const std::string& why)
{
    m_socket.reset();
    m_answerDue.cancel();
    m_heartbeat.cancel();
    m_steady.cancel();
    m_expected.clear(); // reconnecting makes the order manager ask anyway
    base::log::warning("account streamer: {}", why);
    m_counters.change([](CounterValues& values) {
        ++values.reconnects;
        ++values.streamerReconnects;
    });
    setState(ConnectionState::Disconnected, why);
    if (m_tokens.isBlocked())
        return; // a person must change the keys
    m_retry = m_scheduler.after(m_backoff.next(m_chance), [this] { open(); });
}

void AccountStreamer::setState(ConnectionState state, const std::string& why)
{
    m_state = state;
    m_events.state(state, why);
}

} // namespace vegadesk::tastytrade
