#pragma once

#include "market/quote.h"
#include "tastytrade/wire/feed_event.h"

#include <map>
#include <optional>
#include <vector>

namespace vegadesk::tastytrade
{

/// The bars of one symbol and period as the feed's events make them.
///
/// Source  dxFeed's model of indexed events, as the protocol reference, 9.8, has it: a snapshot counts when its last row came
///         (END, or SNIP when there is more that will not come) and nothing of it is pending; so do later changes, together;
///         REMOVE takes a bar away.
class CandleStream
{
public:
    CandleStream(wire::CandleSymbol symbol, base::Instant from) : m_symbol(std::move(symbol)), m_from(from) {}

    const wire::CandleSymbol& symbol() const { return m_symbol; }
    base::Instant from() const { return m_from; }
    /// Bars from `from` on are wanted too; what was collected counts as incomplete where that is earlier.
    void reachBack(base::Instant from);
    /// Since when a new connection has to be asked: the last complete bar where there is one before the one that grows.
    base::Instant resumeFrom() const;
    /// A subscription from resumeFrom() on was sent.
    void onSent() { m_sentFrom = resumeFrom(); }
    /// The connection is gone, and with it whatever was under way.
    void onLost();
    /// Whether all bars from from() on are here, and up to date.
    bool isComplete() const { return m_isComplete; }

    enum class Change : std::uint8_t { None, Bars, Whole };
    /// Bars: changed() says which. Whole: the stream became complete, or lost a bar.
    Change apply(const wire::CandleEvent& event);
    /// By the last apply(), ascending.
    std::vector<market::Candle> changed() const { return candlesOf(m_changed, {}); }
    /// All bars that start at `from` or later, ascending.
    std::vector<market::Candle> candles(base::Instant from) const { return candlesOf(m_rows, from); }

private:
    using Rows = std::map<std::int64_t, wire::CandleEvent>; ///< by index

    static void put(Rows& rows, const wire::CandleEvent& event);
    static std::vector<market::Candle> candlesOf(const Rows& rows, base::Instant from);
    Change finishSnapshot();

    const wire::CandleSymbol m_symbol;
    base::Instant m_from;
    base::Instant m_sentFrom{};
    Rows m_rows;
    std::optional<Rows> m_snapshot;              ///< while one arrives
    bool m_isSnipped = false, m_isEnded = false; ///< of that snapshot
    std::vector<wire::CandleEvent> m_pending;    ///< changes that count when the last of them has come
    Rows m_changed;
    bool m_isComplete = false;
};

} // namespace vegadesk::tastytrade
