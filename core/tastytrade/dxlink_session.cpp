#include "tastytrade/dxlink_session.h"

#include "base/clock.h"
#include "base/log.h"
#include "market/calendar.h"
#include "tastytrade/user_agent.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;
using market::FeedState;

namespace
{

constexpr int feedChannel = 1;
constexpr base::Nanos stepWithin = 10s;
constexpr base::Nanos keepaliveEvery = 25s; // the server closes silent clients after 60 s
constexpr base::Nanos watchEvery = 1s;
constexpr base::Nanos steadyAfter = 10s;
constexpr base::Nanos tokenLife = 23h; // the broker says 24
constexpr double keepaliveTimeoutSeconds = 60;

} // namespace

DxLinkSession::DxLinkSession(Transport& transport, Scheduler& scheduler, RestApi& rest, base::Generator& chance,
                             const base::Clock& clock, const base::Clock& marketClock, market::Book& book,
                             const Endpoints& endpoints, Counters& counters, Quarantine& quarantine,
                             FeedSettings settings, StateChanged changed)
    : m_transport(transport), m_scheduler(scheduler), m_rest(rest), m_chance(chance), m_clock(clock),
      m_marketClock(marketClock), m_book(book), m_endpoints(endpoints), m_counters(counters), m_quarantine(quarantine),
      m_settings(settings), m_changed(std::move(changed)), m_backoff(settings.backoffFirst, settings.backoffLongest),
      m_subscriptions(book, settings.subscriptionsMax, settings.lingerFor),
      m_candles(scheduler,
                [this](wire::dxlink::FeedSubscription subscription) {
                    subscription.channel = feedChannel;
                    m_budget.take(subscription.add.size() + subscription.remove.size(), m_scheduler.elapsed());
                    send(wire::dxlink::print(subscription));
                }),
      m_intake(book, m_subscriptions, [this](const wire::CandleEvent& event) { m_candles.onEvent(event); }),
      m_budget(settings.changesPerMinute, 1min)
{
}

void DxLinkSession::start()
{
    m_lastRateAt = m_scheduler.elapsed();
    m_watchTimer = m_scheduler.after(watchEvery, [this] { watch(); });
    open();
}

void DxLinkSession::reconnect(const std::string& why)
{
    if (m_socket)
        drop(why);
}

void DxLinkSession::setWanted(const std::vector<market::Wanted>& wanted)
{
    const base::Nanos now = m_scheduler.elapsed();
    if (m_subscriptions.isEmpty())
        m_lastData = now; // silence counts from the first thing asked for
    m_subscriptions.setWanted(wanted, now);
    if (m_subscriptions.leftOutCount() > 0)
        base::log::warning("the feed takes {} subscriptions; {} of those wanted are left out",
                           m_settings.subscriptionsMax, m_subscriptions.leftOutCount());
    if (m_step == Step::Ready && !m_batchTimer.isActive())
        sendBatches();
}

void DxLinkSession::candles(const std::string& streamerSymbol, const std::string& period, base::Instant from,
                            CandleRequests::Done done)
{
    m_candles.request(streamerSymbol, period, from, std::move(done));
}

base::Result<CandleRequests::Id> DxLinkSession::followCandles(const std::string& streamerSymbol,
                                                              const std::string& period, base::Instant from,
                                                              CandleRequests::Changed changed)
{
    return m_candles.follow(streamerSymbol, period, from, std::move(changed));
}

void DxLinkSession::open()
{
    setState(FeedState::Connecting, {});
    if (!m_token.token.empty() && m_scheduler.elapsed() - m_tokenFetchedAt < tokenLife)
        return connectTo(m_token);
    m_step = Step::FetchingToken;
    m_rest.quoteToken([this, alive = std::weak_ptr(m_alive)](const base::Result<wire::QuoteToken>& token) {
        if (alive.expired() || m_step != Step::FetchingToken)
            return;
        if (!token)
            return drop(token.error().message());
        if (const auto allowed = m_endpoints.checkMarketData(QUrl(wire::toQString(token->url))); !allowed)
            return drop(allowed.error().message());
        m_token = *token;
        m_tokenFetchedAt = m_scheduler.elapsed();
        base::log::hide(m_token.token);
        connectTo(m_token);
    });
}

void DxLinkSession::connectTo(const wire::QuoteToken& token)
{
    m_isAuthSent = false;
    m_intake.layouts() = wire::clientLayouts();
    m_serverSilenceMax = 60s;
    WebSocketEvents events;
    events.opened = [this] { onOpened(); };
    events.received = [this](const QByteArray& text) { onText(text); };
    events.closed = [this](const std::string& why) { drop(why); };
    advance(Step::Opening);
    m_socket = m_transport.open(QUrl(wire::toQString(token.url)), std::move(events));
}

void DxLinkSession::onOpened()
{
    advance(Step::SettingUp);
    m_lastReceived = m_scheduler.elapsed();
    send(wire::dxlink::print(
        wire::dxlink::Setup{std::string("0.1-") + userAgent, keepaliveTimeoutSeconds, keepaliveTimeoutSeconds}));
    m_keepaliveTimer = m_scheduler.after(keepaliveEvery, [this] { keepAlive(); });
}

void DxLinkSession::keepAlive()
{
    send(wire::dxlink::print(wire::dxlink::Keepalive{}));
    m_keepaliveTimer = m_scheduler.after(keepaliveEvery, [this] { keepAlive(); });
}

void DxLinkSession::onText(const QByteArray& text)
{
    m_lastReceived = m_scheduler.elapsed();
    m_counters.change([](CounterValues& values) { ++values.feedFrames; });
    const auto taken =
        m_intake.take(std::string_view(text.constData(), static_cast<std::size_t>(text.size())), m_clock.now());
    if (taken)
        return onData(taken->events, taken->refusals, text);
    const auto message = wire::dxlink::parse(text, m_intake.layouts());
    if (!message)
        return m_quarantine.put("dxLink", message.error().message(), text);
    if (const auto* data = std::get_if<wire::dxlink::FeedData>(&*message)) {
        for (const wire::Event& event : data->events)
            m_intake.take(event, m_clock.now());
        return onData(data->events.size(), data->refusals, text);
    }
    onMessage(*message);
}

void DxLinkSession::onMessage(const wire::dxlink::Message& message)
{
    using namespace wire::dxlink;
    if (const auto* setup = std::get_if<Setup>(&message)) {
        // It may be silent for as long as it says, and for no longer than we asked.
        m_serverSilenceMax = base::Nanos(static_cast<std::int64_t>(std::max(setup->keepaliveTimeout, 20.0) * 1e9));
        if (m_step == Step::SettingUp)
            advance(Step::Authorizing);
    } else if (const auto* state = std::get_if<AuthState>(&message)) {
        onAuthState(state->isAuthorized);
    } else if (std::holds_alternative<ChannelOpened>(message)) {
        if (m_step != Step::OpeningChannel)
            return;
        advance(Step::Configuring);
        send(print(FeedSetup{feedChannel, m_settings.aggregationSeconds, DataFormat::Compact, wire::clientLayouts()}));
    } else if (const auto* config = std::get_if<FeedConfig>(&message)) {
        onConfig(*config);
    } else if (std::holds_alternative<ChannelClosed>(message)) {
        drop("the server closed the feed's channel");
    } else if (const auto* error = std::get_if<ProtocolError>(&message)) {
        base::log::warning("dxLink: {} {}", error->error, error->message);
        if (error->error == "UNAUTHORIZED")
            m_token = {};
        if (m_step != Step::Ready || error->error == "UNAUTHORIZED")
            drop(error->error + " " + error->message);
    }
}

void DxLinkSession::onAuthState(bool isAuthorized)
{
    if (isAuthorized) {
        if (m_step != Step::Authorizing)
            return;
        advance(Step::OpeningChannel);
        send(wire::dxlink::print(wire::dxlink::ChannelRequest{feedChannel, "FEED", "AUTO"}));
        return;
    }
    if (!m_isAuthSent) { // the first one is an invitation
        if (m_step == Step::SettingUp)
            advance(Step::Authorizing);
        m_isAuthSent = true;
        send(wire::dxlink::print(wire::dxlink::Auth{m_token.token}));
        return;
    }
    m_token = {};
    drop("the quote token was refused");
}

void DxLinkSession::onConfig(const wire::dxlink::FeedConfig& config)
{
    for (std::size_t i = 0; i < wire::eventTypeCount; ++i) {
        const auto type = static_cast<wire::EventType>(i);
        if (config.layouts.has(type))
            m_intake.layouts().set(type, config.layouts.names(type));
    }
    if (m_step != Step::Configuring)
        return;
    advance(Step::Ready);
    m_subscriptions.forgetSent();
    m_lastData = m_scheduler.elapsed();
    m_steady = m_scheduler.after(steadyAfter, [this] { m_backoff.reset(); });
    setState(FeedState::Live, {});
    sendBatches();
    m_candles.onReady();
}

void DxLinkSession::onData(std::size_t events, const wire::Refusals& refusals, const QByteArray& text)
{
    if (refusals.count > 0) {
        const std::string more = refusals.count > 1
                                     ? " (and " + std::to_string(refusals.count - 1) + " more of the message)"
                                     : std::string();
        m_quarantine.put("dxLink", refusals.first->message() + more, text);
    }
    if (events == 0)
        return;
    m_lastData = m_lastReceived;
    m_counters.change([&](CounterValues& values) {
        values.feedEvents += events;
        values.lastFeedEvent = m_clock.now();
    });
    if (m_state == FeedState::Silent)
        setState(FeedState::Live, {});
}

void DxLinkSession::advance(Step step)
{
    m_step = step;
    if (step == Step::Ready)
        m_stepDue.cancel();
    else
        m_stepDue = m_scheduler.after(stepWithin, [this] { drop("no answer in time"); });
}

void DxLinkSession::send(const QByteArray& text)
{
    if (m_socket)
        m_socket->send(text);
}

void DxLinkSession::sendBatches()
{
    m_batchTimer.cancel();
    const base::Nanos now = m_scheduler.elapsed();
    const Subscriptions::Work work = m_subscriptions.work(now);
    if (m_step != Step::Ready || work == Subscriptions::Work::Nothing)
        return countSubscriptions();
    // Background work leaves enough for whoever turns to another chain meanwhile.
    const std::size_t kept = work == Subscriptions::Work::Urgent ? 0 : m_settings.changesKept;
    const std::size_t allowed = m_budget.allowed(now);
    if (const std::size_t items = std::min(m_settings.batchItems, allowed - std::min(allowed, kept)); items > 0) {
        wire::dxlink::FeedSubscription batch = m_subscriptions.takeBatch(items, now);
        batch.channel = feedChannel;
        m_budget.take(batch.add.size() + batch.remove.size(), now);
        if (!batch.add.empty() || !batch.remove.empty())
            send(wire::dxlink::print(batch));
    }
    countSubscriptions();
    m_batchTimer = m_scheduler.after(m_settings.batchEvery, [this] { sendBatches(); });
}

void DxLinkSession::countSubscriptions()
{
    m_counters.change([this](CounterValues& values) {
        values.subscriptions = m_subscriptions.sentCount();
        values.leftOut = m_subscriptions.leftOutCount();
    });
}

void DxLinkSession::watch()
{
    m_watchTimer = m_scheduler.after(watchEvery, [this] { watch(); });
    const base::Nanos now = m_scheduler.elapsed();
    m_counters.change([&](CounterValues& values) {
        const double span = base::seconds(now - m_lastRateAt);
        if (span > 0)
            values.feedEventsPerSecond = static_cast<double>(values.feedEvents - m_eventsAtLastWatch) / span;
        m_eventsAtLastWatch = values.feedEvents;
    });
    m_lastRateAt = now;
    if (!m_socket || m_step == Step::Opening)
        return;
    if (now - m_lastReceived > m_serverSilenceMax)
        return drop("nothing was received for a minute");
    if (m_step != Step::Ready || m_subscriptions.isEmpty())
        return;
    const base::Nanos silence = now - m_lastData;
    if (silence > m_settings.reconnectWhenSilentFor && market::isOpen(m_marketClock.now()))
        return drop("connected, but no data for a minute in market hours");
    if (silence > m_settings.silentAfter && m_state == FeedState::Live)
        setState(FeedState::Silent, "connected, but no data arrives");
    watchSilent();
    if (!m_batchTimer.isActive())
        sendBatches();
}

void DxLinkSession::watchSilent()
{
    const std::vector<market::InstrumentIndex> silent =
        m_subscriptions.findSilent(m_settings.firstEventWithin, m_lastData);
    if (silent.empty())
        return;
    base::log::warning("dxLink: {} instruments do not stream while others do, \"{}\" the first of them", silent.size(),
                       m_book.instrument(silent.front()).streamerSymbol);
    m_counters.change([&](CounterValues& values) { values.gaps += silent.size(); });
    if (m_spotCheck)
        m_spotCheck(silent);
}

void DxLinkSession::drop(const std::string& why)
{
    m_step = Step::Idle;
    m_socket.reset();
    for (Timer* timer : {&m_stepDue, &m_batchTimer, &m_keepaliveTimer, &m_steady})
        timer->cancel();
    m_candles.onLost();
    base::log::warning("dxLink: {}", why);
    m_counters.change([](CounterValues& values) { ++values.reconnects; });
    setState(FeedState::Disconnected, why);
    m_retry = m_scheduler.after(m_backoff.next(m_chance), [this] { open(); });
}

void DxLinkSession::setState(FeedState state, const std::string& why)
{
    m_state = state;
    m_changed(state, why);
}

} // namespace vegadesk::tastytrade
