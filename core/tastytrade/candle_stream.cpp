#include "tastytrade/candle_stream.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace vegadesk::tastytrade
{

namespace
{

constexpr std::size_t rowsMax = 200'000;
constexpr std::int64_t latestMillis = 7'258'118'400'000; // the year 2200; 64-bit nanoseconds end in 2262

/// None of a row that is no bar: the one that closes a snapshot, times out of this world.
std::optional<base::Instant> startOf(const wire::CandleEvent& row)
{
    if (row.time <= 0 || row.time > latestMillis || !std::isfinite(row.close))
        return {};
    return base::fromUnixMillis(row.time);
}

} // namespace

void CandleStream::reachBack(base::Instant from)
{
    if (from >= m_from)
        return;
    m_from = from;
    m_isComplete = false;
    m_rows.clear();
}

base::Instant CandleStream::resumeFrom() const
{
    std::optional<base::Instant> newest, before;
    for (auto row = m_rows.rbegin(); row != m_rows.rend() && !before; ++row) {
        if (const auto start = startOf(row->second))
            (newest ? before : newest) = start;
    }
    return before ? std::max(*before, m_from) : m_from;
}

void CandleStream::onLost()
{
    m_isComplete = false;
    m_snapshot.reset();
    m_pending.clear();
}

void CandleStream::put(Rows& rows, const wire::CandleEvent& event)
{
    if (event.eventFlags & wire::eventFlag::remove)
        rows.erase(event.index);
    else
        rows.insert_or_assign(event.index, event);
}

CandleStream::Change CandleStream::apply(const wire::CandleEvent& event)
{
    using namespace wire::eventFlag;
    m_changed.clear();
    const bool isPending = (event.eventFlags & pending) != 0;
    if (event.eventFlags & snapshotBegin) {
        m_snapshot.emplace();
        m_isEnded = m_isSnipped = false;
        m_pending.clear();
    }
    if (m_snapshot) {
        put(*m_snapshot, event);
        m_isSnipped = m_isSnipped || (event.eventFlags & snapshotSnip) != 0 || m_snapshot->size() >= rowsMax;
        m_isEnded = m_isEnded || m_isSnipped || (event.eventFlags & snapshotEnd) != 0;
        return m_isEnded && !isPending ? finishSnapshot() : Change::None;
    }
    if (!m_isComplete)
        return Change::None; // the rest of what was asked for before
    m_pending.push_back(event);
    if (isPending && m_pending.size() < rowsMax)
        return Change::None;
    const std::size_t rowsBefore = m_rows.size();
    bool isRemoved = false;
    for (const wire::CandleEvent& each : std::exchange(m_pending, {})) {
        isRemoved = isRemoved || ((each.eventFlags & remove) != 0 && m_rows.contains(each.index));
        put(m_rows, each);
        put(m_changed, each);
    }
    if (m_rows.size() > std::max(rowsMax, rowsBefore))
        m_rows.erase(m_rows.begin());
    if (isRemoved)
        return Change::Whole;
    return m_changed.empty() ? Change::None : Change::Bars;
}

CandleStream::Change CandleStream::finishSnapshot()
{
    // What the snapshot covers is as it says; older bars stay, which a new connection was not asked for.
    Rows rows = std::move(*m_snapshot);
    m_snapshot.reset();
    const std::int64_t oldest = rows.empty() ? 0 : rows.begin()->first;
    std::erase_if(m_rows, [&](const auto& row) {
        const auto start = startOf(row.second);
        return !start || (*start >= m_sentFrom && (!m_isSnipped || row.first >= oldest));
    });
    for (auto& [index, row] : rows)
        m_rows.insert_or_assign(index, std::move(row));
    m_isComplete = true;
    return Change::Whole;
}

std::vector<market::Candle> CandleStream::candlesOf(const Rows& rows, base::Instant from)
{
    std::vector<market::Candle> candles;
    for (const auto& [index, row] : rows) {
        if (const auto start = startOf(row); start && *start >= from)
            candles.push_back({*start, row.open, row.high, row.low, row.close, row.volume, row.impVolatility});
    }
    std::ranges::sort(candles, {}, &market::Candle::time);
    return candles;
}

} // namespace vegadesk::tastytrade
