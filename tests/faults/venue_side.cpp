#include "faults/venue_side.h"

#include "tastytrade/user_agent.h"
#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/dxlink.h"
#include "tastytrade/wire/error_body.h"

#include <algorithm>
#include <utility>

namespace vegadesk::faults
{

namespace
{

using namespace std::chrono_literals;
namespace wire = tastytrade::wire;
using tastytrade::HttpRequest;
using tastytrade::test::ServerSocket;
using Socket = std::shared_ptr<ServerSocket>;

constexpr base::Nanos tickPeriod = 20ms, idlePeriod = 200ms, streamPeriod = 1s, keepalivePeriod = 20s;

venue::HttpRequest toVenue(const HttpRequest& request)
{
    venue::HttpRequest out;
    out.method = request.verb == HttpRequest::Verb::Get    ? "GET"
                 : request.verb == HttpRequest::Verb::Post ? "POST"
                                                           : "DELETE";
    out.path = request.url.path(QUrl::FullyEncoded);
    out.query = QUrlQuery(request.url.query(QUrl::FullyEncoded));
    out.userAgent = tastytrade::userAgent;
    out.authorization = QByteArray::fromStdString(request.authorization);
    out.body = request.body;
    return out;
}

venue::ExchangeSettings settings()
{
    venue::ExchangeSettings settings;
    settings.withExamplePositions = false;
    return settings;
}

bool isFeed(const ServerSocket& socket)
{
    return socket.url.path() == QLatin1String("/dxlink");
}

} // namespace

VenueSide::VenueSide(tastytrade::test::VirtualScheduler& scheduler, tastytrade::test::MemoryTransport& transport,
                     FaultPlan& plan, ScriptedMarket& market, base::Generator& chance, const base::Clock& clock,
                     std::string runToken)
    : m_scheduler(scheduler), m_transport(transport), m_plan(plan), m_market(market), m_chance(chance), m_clock(clock),
      m_credentials(std::move(runToken), std::chrono::seconds(900), clock)
{
    reset();
    transport.onRequest = [this](const HttpRequest& request) { return answer(request); };
    transport.onConnect = [this](const Socket& socket) { connected(socket); };
    transport.onText = [this](const Socket& socket, const QByteArray& text) { received(socket, text); };
    tick();
    stream();
    keepAlive();
}

void VenueSide::reset()
{
    const std::int64_t nextOrderId = m_exchange ? m_exchange->state().nextOrderId : 0;
    m_exchange = std::make_unique<venue::Exchange>(settings(), m_market, m_clock.now());
    if (nextOrderId > 0) { // ids go on
        venue::ExchangeState state = m_exchange->state();
        state.nextOrderId = nextOrderId;
        m_exchange = std::make_unique<venue::Exchange>(settings(), m_market, m_clock.now(), state);
    }
    m_exchange->setListener(this);
    m_rest = std::make_unique<venue::RestApi>(*m_exchange, m_market, m_credentials);
    m_rest->setFeedUrl("ws://127.0.0.1:1/dxlink");
    m_ledger.clear();
    m_ledger.emplace_back(base::Nanos{}, std::vector<wire::AccountPosition>{});
    if (onPositionsAre)
        onPositionsAre();
}

void VenueSide::catchUp()
{
    m_exchange->setSessionOffline(m_plan.isSessionOffline);
    m_exchange->advanceTo(m_clock.now());
}

void VenueSide::tick()
{
    catchUp();
    const bool isBusy = std::ranges::any_of(m_exchange->liveOrders(),
                                            [](const wire::Order* order) { return !isTerminal(order->state); });
    m_tick = m_scheduler.after(isBusy ? tickPeriod : idlePeriod, [this] { tick(); });
}

void VenueSide::stream()
{
    if (m_exchange->isMarketOpen()) {
        for (const Feed& feed : m_feeds)
            feed.session->stream(feed.session->optionCount());
    }
    m_stream = m_scheduler.after(streamPeriod, [this] { stream(); });
}

// Requests

std::optional<base::Result<tastytrade::HttpAnswer>> VenueSide::answer(const HttpRequest& request)
{
    m_transport.answerDelay = tastytrade::test::MemoryTransport::latency;
    const auto broken = [] {
        return base::Result<tastytrade::HttpAnswer>(
            base::fail(base::ErrorKind::Network, "connection", {}, "the connection was reset"));
    };
    const auto page = [](int status, const char* title) {
        return base::Result<tastytrade::HttpAnswer>(tastytrade::HttpAnswer{status, venue::webPage(status, title).body});
    };
    const auto refused = [](int status, std::string code, std::string message) {
        return base::Result<tastytrade::HttpAnswer>(tastytrade::HttpAnswer{
            status, wire::toBytes(wire::toJson(wire::ErrorBody{std::move(code), std::move(message), {}}))});
    };
    switch (m_plan.fateOf(request, m_scheduler.elapsed())) {
    case Fate::Served:
        break;
    case Fate::LostRequest:
        return std::nullopt;
    case Fate::LostAnswer:
        serve(request);
        return std::nullopt;
    case Fate::ResetBefore:
        return broken();
    case Fate::ResetAfter:
        serve(request);
        return broken();
    case Fate::Late:
        m_scheduler.post(request.timeout + m_plan.lateBy, [this, request] { serve(request); });
        return std::nullopt;
    case Fate::Held:
        m_transport.holdsAnswer = true;
        break;
    case Fate::Slow:
        m_transport.answerDelay = std::chrono::milliseconds(m_chance.integer(1000, 9000));
        break;
    case Fate::Unauthorized:
        return refused(401, "token_expired", "Unauthorized");
    case Fate::TooMany:
        return refused(429, "too_many_requests", "Too many requests");
    case Fate::BadGateway:
        return page(502, "Bad Gateway");
    case Fate::BadGatewayAfter:
        serve(request);
        return page(502, "Bad Gateway");
    case Fate::Nonsense:
        serve(request);
        return base::Result<tastytrade::HttpAnswer>(tastytrade::HttpAnswer{200, "{\"data\": {\"items\": 7}}"});
    }
    return serve(request);
}

tastytrade::HttpAnswer VenueSide::serve(const HttpRequest& request)
{
    catchUp();
    const Route route = routeOf(request);
    const venue::HttpAnswer whole = m_rest->handle(toVenue(request));
    tastytrade::HttpAnswer answer{whole.status, whole.body, std::chrono::floor<std::chrono::seconds>(m_clock.now())};
    if (route == Route::Positions && m_plan.ledgerLag > 0ns && answer.status == 200)
        answer.body = laggingPositions();
    if (onAnswer)
        onAnswer(route, answer.body);
    if (m_plan.changeAnswer && answer.status < 300)
        answer.body = m_plan.changeAnswer(route, answer.body);
    return answer;
}

QByteArray VenueSide::laggingPositions() const
{
    const base::Nanos known = m_scheduler.elapsed() - m_plan.ledgerLag;
    const auto next = std::ranges::find_if(m_ledger, [&](const auto& entry) { return entry.first > known; });
    const auto& positions = (next == m_ledger.begin() ? next : std::prev(next))->second;
    QJsonArray items;
    for (const wire::AccountPosition& position : positions)
        items.append(wire::toJson(position));
    return wire::toBytes(wire::itemsEnvelope(items, "/accounts/positions"));
}

// Streams

void VenueSide::connected(const Socket& socket)
{
    std::erase_if(m_feeds, [](const Feed& each) { return !each.socket->isOpen; });
    std::erase_if(m_accounts, [](const Account& each) { return !each.socket->isOpen; });
    if (isFeed(*socket)) {
        subscribed.clear();
        const auto send = [this, socket](const QByteArray& frame) { deliver(m_plan.feed, socket, frame); };
        m_feeds.push_back({socket, std::make_unique<venue::FeedSession>(
                                       m_credentials, m_market, [this] { return m_clock.now(); }, send)});
    } else {
        const auto send = [this, socket](const QByteArray& frame) { deliver(m_plan.account, socket, frame); };
        m_accounts.push_back(
            {socket, std::make_unique<venue::AccountStream>(std::to_string(++m_sessions), m_credentials,
                                                            m_exchange->accountNumber(), send)});
    }
}

void VenueSide::keepAlive()
{
    for (const Feed& feed : m_feeds)
        feed.session->sendKeepalive();
    m_keepalive = m_scheduler.after(keepalivePeriod, [this] { keepAlive(); });
}

void VenueSide::received(const Socket& socket, const QByteArray& text)
{
    if (isFeed(*socket)) {
        const auto feed = std::ranges::find(m_feeds, socket, &Feed::socket);
        if (m_plan.feed.isMute || feed == m_feeds.end())
            return;
        feed->session->receive(withoutSilent(text));
        return;
    }
    const auto account = std::ranges::find(m_accounts, socket, &Account::socket);
    if (!m_plan.account.isMute && account != m_accounts.end())
        account->stream->receive(text);
}

/// Notes what is asked for; what the feed is silent about does not reach it.
QByteArray VenueSide::withoutSilent(const QByteArray& text)
{
    const auto message = wire::dxlink::parse(text, wire::EventLayouts{});
    const auto* const change = message ? std::get_if<wire::dxlink::FeedSubscription>(&*message) : nullptr;
    if (!change)
        return text;
    wire::dxlink::FeedSubscription heard = *change;
    for (const wire::dxlink::Subscription& item : change->add)
        subscribed.insert(item.type + " " + item.symbol);
    for (const wire::dxlink::Subscription& item : change->remove)
        subscribed.erase(item.type + " " + item.symbol);
    std::erase_if(heard.add, [&](const auto& item) { return silentSymbols.contains(item.symbol); });
    return wire::dxlink::print(heard);
}

void VenueSide::deliver(StreamFaults& faults, const Socket& socket, const QByteArray& text, base::Nanos delay)
{
    const bool isNotice = &faults == &m_plan.account && !text.contains("\"action\"");
    if (faults.isMute || (isNotice && faults.lost > 0 && m_chance.uniform() < faults.lost))
        return;
    const QByteArray said = faults.change ? faults.change(text) : text;
    if (said.isEmpty())
        return;
    const int times = faults.doubled > 0 && m_chance.uniform() < faults.doubled ? 2 : 1;
    for (int i = 0; i < times; ++i) {
        base::Nanos wait = tastytrade::test::MemoryTransport::latency + delay;
        if (faults.late > 0 && m_chance.uniform() < faults.late)
            wait += base::Nanos(m_chance.integer(0, faults.latest.count()));
        m_transport.deliver(socket, said, wait);
    }
    if (onMessage)
        onMessage();
}

void VenueSide::cut(const std::string& why)
{
    for (const Feed& feed : std::exchange(m_feeds, {}))
        m_transport.closeByServer(feed.socket, why);
    for (const Account& account : std::exchange(m_accounts, {}))
        m_transport.closeByServer(account.socket, why);
}

void VenueSide::forgetClients()
{
    m_feeds.clear();
    m_accounts.clear();
}

void VenueSide::notify(const QByteArray& frame, base::Nanos delay)
{
    for (const Account& account : m_accounts) {
        if (delay == 0ns)
            account.stream->notify(frame);
        else if (account.stream->isConnected())
            deliver(m_plan.account, account.socket, frame, delay);
    }
}

// What the exchange tells

void VenueSide::onOrder(const wire::Order& order)
{
    if (onOrderIs)
        onOrderIs(order);
    const base::Instant now = m_exchange->now();
    const bool hasFills = std::ranges::any_of(order.legs, [](const wire::Leg& leg) { return !leg.fills.empty(); });
    if (!m_plan.splitsLegs || order.legs.size() < 2 || !hasFills)
        return notify(wire::print(wire::OrderNotice{order, now}));
    wire::Order first = order;
    first.state = wire::OrderState::Live;
    for (std::size_t i = 1; i < first.legs.size(); ++i) {
        first.legs[i].fills.clear();
        first.legs[i].remaining = first.legs[i].terms.quantity;
    }
    notify(wire::print(wire::OrderNotice{first, now}));
    notify(wire::print(wire::OrderNotice{order, now}), 1500ms);
}

void VenueSide::onPosition(const wire::AccountPosition& position)
{
    m_ledger.emplace_back(m_scheduler.elapsed(), m_exchange->positions(false));
    if (onPositionsAre)
        onPositionsAre();
    notify(wire::print(wire::PositionNotice{position, m_exchange->now()}), m_plan.ledgerLag);
}

void VenueSide::onBalance(const wire::AccountBalance& balance)
{
    notify(wire::print(wire::BalanceNotice{balance, m_exchange->now()}));
}

} // namespace vegadesk::faults
