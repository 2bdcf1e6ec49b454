#include "venue/feed_session.h"

#include "market/calendar.h"

#include <algorithm>
#include <charconv>

/// Candles: a snapshot of the past on subscription, then the last one as it grows.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
namespace dxlink = wire::dxlink;
using base::Instant;
using wire::Event;
using wire::EventType;

constexpr std::size_t mostCandles = 3000;
constexpr auto candleRow = static_cast<std::size_t>(EventType::Candle);

wire::CandleEvent candleEvent(const std::string& symbol, const market::Candle& candle, std::int64_t flags)
{
    wire::CandleEvent event;
    event.symbol = symbol;
    event.eventFlags = flags;
    event.time = base::toUnixMillis(candle.time);
    event.index = wire::eventIndex(event.time);
    event.open = candle.open;
    event.high = candle.high;
    event.low = candle.low;
    event.close = candle.close;
    event.volume = candle.volume;
    event.impVolatility = candle.impliedVolatility;
    return event;
}

} // namespace

std::optional<std::chrono::seconds> candlePeriod(std::string_view text)
{
    int count = 1;
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits > 0 && std::from_chars(text.data(), text.data() + digits, count).ec != std::errc{})
        return {};
    const std::string_view unit = text.substr(digits);
    int seconds = 0;
    if (unit == "s")
        seconds = 1;
    else if (unit == "m")
        seconds = 60;
    else if (unit == "h")
        seconds = 3600;
    else if (unit == "d")
        seconds = 86'400;
    constexpr int shortest = 5;
    constexpr int longest = 86'400;
    if (seconds == 0 || count < 1 || count > longest || count * static_cast<std::int64_t>(seconds) < shortest ||
        count * static_cast<std::int64_t>(seconds) > longest)
        return {};
    return std::chrono::seconds(count * seconds);
}

void FeedSession::addCandles(int number, Channel& channel, const dxlink::Subscription& item)
{
    const auto symbol = wire::parseCandleSymbol(item.symbol);
    constexpr std::chrono::seconds unknownPeriod{0};
    const std::chrono::seconds period = symbol ? candlePeriod(symbol->period).value_or(unknownPeriod) : unknownPeriod;
    const Instant now = m_now();
    const market::Instrument* instrument =
        period > unknownPeriod ? m_market.find(symbol->symbol, market::newYorkDate(now)) : nullptr;
    if (instrument == nullptr)
        return;
    std::erase_if(channel.candles, [&](const CandleStream& known) { return known.symbol == item.symbol; });
    CandleStream stream{item.symbol, *instrument, period, now, 0};

    // Sessions fill about a fifth of the calendar's hours: reach back far enough for the most rows, and no further.
    const Instant wanted =
        base::fromUnixMillis(std::clamp<std::int64_t>(item.fromTime.value_or(0), 0, base::toUnixMillis(now)));
    const bool isDaily = period >= std::chrono::days(1);
    const Instant reach = now - base::Nanos(period) * static_cast<std::int64_t>(mostCandles) * (isDaily ? 2 : 6);
    std::vector<market::Candle> candles = m_market.candles(*instrument, period, std::max(wanted, reach), now);
    bool isSnipped = wanted < reach;
    if (candles.size() > mostCandles) {
        candles.erase(candles.begin(), candles.end() - static_cast<std::ptrdiff_t>(mostCandles));
        isSnipped = true;
    }
    Batch batch;
    std::vector<Event>& rows = batch[candleRow];
    for (auto candle = candles.rbegin(); candle != candles.rend(); ++candle)
        rows.push_back(candleEvent(item.symbol, *candle, rows.empty() ? wire::eventFlag::snapshotBegin : 0));
    if (!candles.empty())
        stream.current = candles.back().time;
    if (isSnipped && !rows.empty()) {
        std::get<wire::CandleEvent>(rows.back()).eventFlags |= wire::eventFlag::snapshotSnip;
    } else {
        // The recorded servers end a snapshot with a removed row at the time asked for.
        market::Candle last;
        last.time = wanted;
        rows.push_back(candleEvent(item.symbol, last,
                                   wire::eventFlag::remove | wire::eventFlag::snapshotEnd |
                                       (rows.empty() ? wire::eventFlag::snapshotBegin : 0)));
    }
    flush(number, channel, batch);
    channel.candles.push_back(std::move(stream));
}

void FeedSession::growCandle(int number, Channel& channel, CandleStream& candle, Instant at)
{
    const std::vector<market::Candle> latest = m_market.candles(candle.instrument, candle.period, candle.current, at);
    if (latest.empty())
        return;
    Batch batch;
    for (const market::Candle& bar : latest)
        batch[candleRow].push_back(candleEvent(candle.symbol, bar, 0));
    candle.current = latest.back().time;
    flush(number, channel, batch);
}

} // namespace vegadesk::venue
