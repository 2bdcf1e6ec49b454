#include "tastytrade/candle_requests.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

namespace
{

constexpr std::ptrdiff_t inFlightMax = 20; // about that many snapshots at once were seen to work well
constexpr base::Nanos answerWithin = 30s;
constexpr std::size_t rowsMax = 200'000;
constexpr std::int64_t latestMillis = 7'258'118'400'000; // the year 2200; 64-bit nanoseconds end in 2262

} // namespace

CandleRequests::~CandleRequests()
{
    for (Request& request : std::exchange(m_requests, {}))
        request.done(
            base::fail(base::ErrorKind::Network, "candles", request.symbol.symbol, "the connection was closed"));
}

void CandleRequests::request(const std::string& streamerSymbol, const std::string& period, base::Instant from,
                             Done done)
{
    const auto symbol = wire::parseCandleSymbol(streamerSymbol + "{=" + period + "}");
    if (!symbol)
        return done(tl::make_unexpected(symbol.error()));
    m_requests.push_back({*symbol, from, std::move(done), false, false, {}, {}});
    const auto added = std::prev(m_requests.end());
    added->deadline = m_scheduler.after(answerWithin, [this, added] {
        finish(added,
               base::fail(base::ErrorKind::Timeout, "candles", wire::print(added->symbol), "no history in time"));
    });
    sendMore();
}

void CandleRequests::onReady()
{
    m_isReady = true;
    sendMore();
}

void CandleRequests::onLost()
{
    m_isReady = false;
    for (Request& request : m_requests) {
        request.isSent = request.isEnded = false;
        request.rows.clear();
    }
}

void CandleRequests::sendMore()
{
    if (!m_isReady)
        return;
    auto inFlight = std::ranges::count_if(m_requests, &Request::isSent);
    for (Request& request : m_requests) {
        // Events name the symbol, not the request, so one request a symbol is under way.
        const bool isTaken = std::ranges::any_of(
            m_requests, [&](const Request& other) { return other.isSent && other.symbol == request.symbol; });
        if (request.isSent || isTaken || inFlight >= inFlightMax)
            continue;
        request.isSent = true;
        ++inFlight;
        wire::dxlink::FeedSubscription subscription;
        subscription.add.push_back({"Candle", wire::print(request.symbol), base::toUnixMillis(request.from)});
        m_send(subscription);
    }
}

void CandleRequests::onEvent(const wire::CandleEvent& event)
{
    const auto symbol = wire::parseCandleSymbol(event.symbol);
    if (!symbol)
        return;
    const auto found = std::ranges::find_if(m_requests, [&](const Request& request) {
        return request.isSent && request.symbol.symbol == symbol->symbol && request.symbol.period == symbol->period;
    });
    if (found == m_requests.end())
        return; // the rest of a snapshot that was let go
    using namespace wire::eventFlag;
    if (event.eventFlags & snapshotBegin) {
        found->rows.clear();
        found->isEnded = false;
    }
    if (event.eventFlags & remove)
        found->rows.erase(event.index);
    else
        found->rows.insert_or_assign(event.index, event);
    if (event.eventFlags & (snapshotEnd | snapshotSnip) || found->rows.size() >= rowsMax)
        found->isEnded = true;
    if (found->isEnded && !(event.eventFlags & pending))
        finish(found, candlesOf(*found));
}

void CandleRequests::finish(Requests::iterator request, base::Result<std::vector<market::Candle>> outcome)
{
    if (m_isReady && request->isSent) {
        wire::dxlink::FeedSubscription subscription;
        subscription.remove.push_back({"Candle", wire::print(request->symbol), base::toUnixMillis(request->from)});
        m_send(subscription);
    }
    const Done done = std::move(request->done);
    m_requests.erase(request);
    sendMore();
    done(std::move(outcome));
}

std::vector<market::Candle> CandleRequests::candlesOf(const Request& request)
{
    std::vector<market::Candle> candles;
    for (const auto& [index, row] : request.rows) {
        if (row.time <= 0 || row.time > latestMillis || !std::isfinite(row.close))
            continue;
        const base::Instant time = base::fromUnixMillis(row.time);
        if (time >= request.from)
            candles.push_back({time, row.open, row.high, row.low, row.close, row.volume, row.impVolatility});
    }
    std::ranges::sort(candles, {}, &market::Candle::time);
    return candles;
}

} // namespace vegadesk::tastytrade
