#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/quote.h"

#include <QJsonArray>
#include <QJsonObject>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// Kinds of dxLink event we speak; the alternatives of Event stand in the same order.
enum class EventType : std::uint8_t { Quote, Trade, Summary, Greeks, Candle };
inline constexpr std::size_t eventTypeCount = 5;
std::string_view toWire(EventType type);
std::optional<EventType> eventTypeFromWire(std::string_view text);

// Numbers that are not known are NaN, and "NaN" on the wire; times are milliseconds since 1970.
struct QuoteEvent {
    std::string symbol;
    double bidPrice = market::unknown, askPrice = market::unknown;
    double bidSize = market::unknown, askSize = market::unknown;
};
struct TradeEvent {
    std::string symbol;
    double price = market::unknown, size = market::unknown, change = market::unknown;
    double dayVolume = market::unknown, dayTurnover = market::unknown;
    std::int64_t time = 0, dayId = 0;
};
struct SummaryEvent {
    std::string symbol;
    double dayOpenPrice = market::unknown, dayHighPrice = market::unknown, dayLowPrice = market::unknown;
    double dayClosePrice = market::unknown, prevDayClosePrice = market::unknown;
    double openInterest = market::unknown;
    std::int64_t dayId = 0, prevDayId = 0; ///< days since 1970
};
struct GreeksEvent {
    std::string symbol;
    std::int64_t eventFlags = 0, index = 0, time = 0;
    double price = market::unknown, volatility = market::unknown, delta = market::unknown, gamma = market::unknown;
    double theta = market::unknown, rho = market::unknown, vega = market::unknown;
};
struct CandleEvent {
    std::string symbol; ///< with its period: "SPY{=5m}"
    std::int64_t eventFlags = 0, index = 0, time = 0, count = 0;
    double open = market::unknown, high = market::unknown, low = market::unknown, close = market::unknown;
    double volume = market::unknown;
    double impVolatility = market::unknown; ///< a fraction
};
using Event = std::variant<QuoteEvent, TradeEvent, SummaryEvent, GreeksEvent, CandleEvent>;
inline EventType typeOf(const Event& event)
{
    return static_cast<EventType>(event.index());
}

/// Bits of eventFlags.
namespace eventFlag
{
inline constexpr std::int64_t pending = 0x01, remove = 0x02, snapshotBegin = 0x04, snapshotEnd = 0x08,
                              snapshotSnip = 0x10, snapshotMode = 0x40;
}
/// (seconds << 32) | (milliseconds << 22) | sequence; it passes 2^53, so it never goes through a double.
std::int64_t eventIndex(std::int64_t timeMillis, std::int64_t sequence = 0);

/// Rows, or whole arrays of them, of one message that could not be read.
struct Refusals {
    std::size_t count = 0;
    std::optional<base::Error> first{};

    void add(tl::unexpected<base::Error> error)
    {
        if (count++ == 0)
            first = std::move(error.value());
    }
};

/// Which columns the rows of each event type have, resolved once so that a row costs no name look-up.
class EventLayouts
{
public:
    /// Names we do not know keep their column: it is skipped when read and null when printed.
    void set(EventType type, std::vector<std::string> names);
    bool has(EventType type) const { return !at(type).names.empty(); }
    const std::vector<std::string>& names(EventType type) const { return at(type).names; }
    /// Of one row, each as its place in the type's own table (feed_columns.h); -1 for names we do not know.
    std::span<const int> columns(EventType type) const { return at(type).columns; }

    /// Appends the events of a COMPACT array. Refused are rows with a text where a number belongs or without a symbol, and
    /// the whole array when its length is no multiple of the columns or the type has none.
    void readRows(EventType type, const QJsonArray& flat, std::vector<Event>& events, Refusals& refusals) const;
    /// Appends one row of COMPACT values. The type has columns.
    void writeRow(const Event& event, QJsonArray& flat) const;

    friend bool operator==(const EventLayouts& a, const EventLayouts& b)
    {
        for (std::size_t i = 0; i < eventTypeCount; ++i) {
            if (a.m_types[i].names != b.m_types[i].names)
                return false;
        }
        return true;
    }

private:
    struct Layout {
        std::vector<std::string> names;
        std::vector<int> columns; ///< in the type's own table; -1 for names we do not know
    };
    const Layout& at(EventType type) const { return m_types[static_cast<std::size_t>(type)]; }
    std::array<Layout, eventTypeCount> m_types;
};
/// What our client asks for.
const EventLayouts& clientLayouts();
/// Every column of every type in the specification's order: for clients that ask for none.
const EventLayouts& fullLayouts();

/// One event of a FULL array. Nothing for a kind we do not speak.
base::Result<std::optional<Event>> parseFullEvent(const QJsonObject& object);
/// Only what is known; `layouts` chooses the fields.
QJsonObject toFullJson(const Event& event, const EventLayouts& layouts);

/// "SPY{=5m}" taken apart; the server may drop a 1 ("{=1d}" comes back as "{=d}"), so periods are kept
/// without it.
struct CandleSymbol {
    std::string symbol;     ///< with an exchange suffix where one is given: "SPY&Q"
    std::string period;     ///< "5m", "d"
    std::string attributes; ///< "tho=true,a=s", in the sender's order; may be empty

    friend bool operator==(const CandleSymbol&, const CandleSymbol&) = default;
};
/// Errors: no "{=…}" at the end, a period that is no number and unit (t s m h d w mo o y v p).
base::Result<CandleSymbol> parseCandleSymbol(std::string_view text);
std::string print(const CandleSymbol& symbol);

} // namespace vegadesk::tastytrade::wire
