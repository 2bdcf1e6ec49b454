#include "tastytrade/candle_requests.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

constexpr std::ptrdiff_t inFlightMax = 20; // about that many snapshots at once were seen to work well
constexpr std::ptrdiff_t streamsMax = 100; // the broker's limit of candle subscriptions
constexpr base::Nanos answerWithin = 30s;

/// Attributes may come back in another order, or not at all.
bool isSameStream(const wire::CandleSymbol& a, const wire::CandleSymbol& b)
{
    return a.symbol == b.symbol && a.period == b.period;
}

wire::dxlink::Subscription subscriptionOf(const CandleStream& stream, base::Instant from)
{
    return {"Candle", wire::print(stream.symbol()), base::toUnixMillis(from)};
}

} // namespace

CandleRequests::~CandleRequests()
{
    for (Shared& shared : std::exchange(m_streams, {})) {
        for (Request& request : shared.requests) {
            if (request.done)
                request.done(base::fail(base::ErrorKind::Network, "candles", shared.stream.symbol().symbol,
                                        "the connection was closed"));
        }
    }
}

CandleRequests::Shared& CandleRequests::streamFor(const wire::CandleSymbol& symbol, base::Instant from)
{
    // Attributes make other bars of the same name: who wants both waits until the first are let go.
    auto found = std::ranges::find_if(m_streams, [&](const Shared& each) { return each.stream.symbol() == symbol; });
    if (found == m_streams.end())
        return m_streams.emplace_back(Shared{CandleStream(symbol, from)});
    if (from < found->stream.from()) {
        found->stream.reachBack(from);
        found->isSent = false; // to ask again replaces what was asked for
    }
    return *found;
}

void CandleRequests::request(const std::string& streamerSymbol, const std::string& period, base::Instant from,
                             Done done)
{
    const auto symbol = wire::parseCandleSymbol(streamerSymbol + "{=" + period + "}");
    if (!symbol)
        return done(tl::make_unexpected(symbol.error()));
    Shared& shared = streamFor(*symbol, from);
    if (shared.stream.isComplete())
        return done(shared.stream.candles(from));
    const Id id = ++m_lastId;
    shared.requests.push_back(
        {id, from, std::move(done), {}, m_scheduler.after(answerWithin, [this, id] { expire(id); })});
    sendMore();
}

base::Result<CandleRequests::Id> CandleRequests::follow(const std::string& streamerSymbol, const std::string& period,
                                                        base::Instant from, Changed changed)
{
    const auto symbol = wire::parseCandleSymbol(streamerSymbol + "{=" + period + "}");
    if (!symbol)
        return tl::make_unexpected(symbol.error());
    Shared& shared = streamFor(*symbol, from);
    const Id id = ++m_lastId;
    shared.requests.push_back({id, from, {}, changed, {}});
    if (shared.stream.isComplete())
        changed({true, shared.stream.candles(from)});
    sendMore();
    return id;
}

void CandleRequests::unfollow(Id id)
{
    for (Shared& shared : m_streams) {
        if (std::erase_if(shared.requests, [&](const Request& request) { return request.id == id; }) > 0)
            return letGoIfUnused(shared);
    }
}

void CandleRequests::onReady()
{
    m_isReady = true;
    sendMore();
}

void CandleRequests::onLost()
{
    m_isReady = false;
    for (Shared& shared : m_streams) {
        shared.isSent = false;
        shared.stream.onLost();
    }
}

void CandleRequests::sendMore()
{
    if (!m_isReady)
        return;
    auto sent = std::ranges::count_if(m_streams, &Shared::isSent);
    auto inFlight =
        std::ranges::count_if(m_streams, [](const Shared& each) { return each.isSent && !each.stream.isComplete(); });
    for (Shared& shared : m_streams) {
        const bool isTaken = std::ranges::any_of(m_streams, [&](const Shared& other) {
            return other.isSent && isSameStream(other.stream.symbol(), shared.stream.symbol());
        });
        if (shared.isSent || isTaken || inFlight >= inFlightMax || sent >= streamsMax)
            continue;
        shared.isSent = true;
        ++sent;
        ++inFlight;
        wire::dxlink::FeedSubscription subscription;
        subscription.add.push_back(subscriptionOf(shared.stream, shared.stream.resumeFrom()));
        shared.stream.onSent();
        m_send(subscription);
    }
}

void CandleRequests::onEvent(const wire::CandleEvent& event)
{
    const auto symbol = wire::parseCandleSymbol(event.symbol);
    if (!symbol)
        return;
    const auto found = std::ranges::find_if(m_streams, [&](const Shared& shared) {
        return shared.isSent && isSameStream(shared.stream.symbol(), *symbol);
    });
    if (found == m_streams.end())
        return; // the rest of a history that was let go
    const CandleStream::Change change = found->stream.apply(event);
    if (change == CandleStream::Change::None)
        return;
    const bool isWhole = change == CandleStream::Change::Whole;
    std::vector<std::pair<Changed, market::CandleUpdate>> told; // first collected: who is told may ask, or let go
    for (const Request& request : found->requests) {
        if (!request.changed)
            continue;
        market::CandleUpdate update{isWhole, isWhole ? found->stream.candles(request.from) : found->stream.changed()};
        std::erase_if(update.candles, [&](const market::Candle& candle) { return candle.time < request.from; });
        told.emplace_back(request.changed, std::move(update));
    }
    if (isWhole)
        answer(*found); // may let the stream go
    for (auto& [changed, update] : told)
        changed(std::move(update));
}

/// Everyone who waited for a history.
void CandleRequests::answer(Shared& shared)
{
    std::vector<std::pair<Done, std::vector<market::Candle>>> answers;
    for (Request& request : shared.requests) {
        if (request.done)
            answers.emplace_back(std::move(request.done), shared.stream.candles(request.from));
    }
    std::erase_if(shared.requests, [](const Request& request) { return !request.changed; });
    letGoIfUnused(shared);
    for (auto& [done, candles] : answers)
        done(std::move(candles));
}

void CandleRequests::expire(Id id)
{
    for (Shared& shared : m_streams) {
        const auto found = std::ranges::find(shared.requests, id, &Request::id);
        if (found == shared.requests.end())
            continue;
        const Done done = std::move(found->done);
        const std::string name = wire::print(shared.stream.symbol());
        shared.requests.erase(found);
        letGoIfUnused(shared);
        return done(base::fail(base::ErrorKind::Timeout, "candles", name, "no history in time"));
    }
}

void CandleRequests::letGoIfUnused(Shared& shared)
{
    if (shared.requests.empty()) {
        if (m_isReady && shared.isSent) {
            wire::dxlink::FeedSubscription subscription;
            subscription.remove.push_back(subscriptionOf(shared.stream, shared.stream.from()));
            m_send(subscription);
        }
        m_streams.remove_if([&](const Shared& each) { return &each == &shared; });
    }
    sendMore(); // there is room for another snapshot
}

} // namespace vegadesk::tastytrade
