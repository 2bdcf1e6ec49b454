#pragma once

#include "base/time.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace vegadesk::market
{

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN(); ///< "not known"; never 0

/// Why a quote is not taken at face value. Several may hold.
enum class QuoteFlag : std::uint8_t {
    OneSided = 1 << 0, ///< bid or ask missing
    Crossed = 1 << 1,  ///< bid above ask
    Locked = 1 << 2,   ///< bid equals ask
    ZeroBid = 1 << 3,  ///< nobody pays anything
    Stale = 1 << 4,    ///< older than the limit, or the feed is down
    Invalid = 1 << 5,  ///< negative, infinite, or no number where one is needed
};

struct QuoteFlags {
    std::uint8_t bits = 0;
    constexpr bool has(QuoteFlag flag) const { return (bits & static_cast<std::uint8_t>(flag)) != 0; }
    constexpr void set(QuoteFlag flag) { bits = static_cast<std::uint8_t>(bits | static_cast<std::uint8_t>(flag)); }
    constexpr void clear(QuoteFlag flag) { bits = static_cast<std::uint8_t>(bits & ~static_cast<unsigned>(flag)); }
    constexpr bool none() const { return bits == 0; }
    friend constexpr bool operator==(QuoteFlags, QuoteFlags) = default;
};

/// Best bid and ask. Prices in dollars, sizes in contracts or shares; NaN is "not known".
struct Quote {
    double bid = unknown;
    double ask = unknown;
    double bidSize = unknown;
    double askSize = unknown;
    base::Instant time{}; ///< our arrival time (the broker's feed carries none)

    /// NaN unless both sides are finite.
    double mid() const { return 0.5 * (bid + ask); }
    double spread() const { return ask - bid; }
};

struct Trade {
    double price = unknown;
    double size = unknown;
    double dayVolume = unknown;
    base::Instant time{};
};

struct Summary {
    double dayOpen = unknown, dayHigh = unknown, dayLow = unknown;
    double previousClose = unknown;
    double openInterest = unknown;
};

/// As the feed sends them; scale of vega, theta and rho as documented by the feed, origin shown beside ours.
struct FeedGreeks {
    double price = unknown, volatility = unknown, delta = unknown, gamma = unknown;
    double theta = unknown, rho = unknown, vega = unknown;
    base::Instant time{};
};

struct Candle {
    base::Instant time{}; ///< start of the interval
    double open = unknown, high = unknown, low = unknown, close = unknown, volume = unknown;
    double impliedVolatility = unknown; ///< of its options at its end, per year: an index over about 30 days
};

/// Everything the Book knows of one instrument.
struct MarketData {
    Quote quote;
    Trade trade;
    Summary summary;
    FeedGreeks greeks;
};

/// Flags of `quote` as seen at `now`. `staleAfter` zero: age does not matter (backtests, closed market).
/// A quote whose both sides are NaN is OneSided; a negative or infinite number makes it Invalid.
QuoteFlags classify(const Quote& quote, base::Instant now, base::Nanos staleAfter);

/// May fills and fits use it? Not when one-sided, crossed, stale or invalid. Zero bids and locked quotes can be bought.
constexpr bool isTradable(QuoteFlags flags)
{
    return !flags.has(QuoteFlag::OneSided) && !flags.has(QuoteFlag::Crossed) && !flags.has(QuoteFlag::Stale) &&
           !flags.has(QuoteFlag::Invalid);
}

/// The price that an order trades at which crosses the spread. An ask of 0 is no offer: NaN. A bid of 0 is a price.
inline double touchOf(const Quote& quote, bool isBuy)
{
    if (!isBuy)
        return quote.bid;
    return quote.ask > 0 ? quote.ask : unknown;
}

/// What a share, or a share of the contract, is worth by this quote: its mid. Of a bid of 0 against an offer that is half the
/// offer, as the broker marks it: something between nothing and what is asked. NaN unless the quote is tradable, however
/// finite its mid: without an offer the mid would be half the bid, and of a stale or crossed quote no price at all.
inline double markOf(const Quote& quote, QuoteFlags flags)
{
    return isTradable(flags) ? quote.mid() : unknown;
}

} // namespace vegadesk::market
