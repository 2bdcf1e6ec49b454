#pragma once

#include "base/quantity.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <compare>
#include <cstdint>
#include <span>

namespace vegadesk::portfolio
{

/// When an option ends: two of one date, one settled by the opening and one by the close, are hours apart, and one does not cover
/// the other in between.
struct ExpiryMoment {
    base::Date date{};
    market::Settlement settlement = market::Settlement::PM;

    friend auto operator<=>(const ExpiryMoment&, const ExpiryMoment&) = default;
};

/// One instrument of a book in one underlying, as the margin rules see it.
struct MarginLeg {
    bool isOption = true;
    market::Right right = market::Right::Call; ///< options only, as are the next three
    double strike = market::unknown;
    base::Date expiry{};
    market::Settlement settlement = market::Settlement::PM;
    base::Quantity quantity = 0; ///< signed: negative is short
    int multiplier = 100;
    double mark = market::unknown; ///< per share; not needed of stock

    double shares() const { return quantity.toDouble() * multiplier; }
    ExpiryMoment ends() const { return {expiry, settlement}; }
};

/// What a Reg-T account must have, in cash. NaN where a price it needs is not known.
struct Margin {
    double held = 0; ///< against short options, spreads and stock
    double paid = 0; ///< for long options and debit spreads, which have no loan value: their net worth now

    double requirement() const { return held + paid; }
};

/// Whether long options that protect stock take from what it asks for. The broker's figure has that relief; a limit that counts
/// without it neither lets more stock be bought for a cheap put nor keeps the put from being sold before the stock.
enum class ProtectedStock : std::uint8_t { IsRelieved, AsksForItself };

/// Requirement of everything held in one underlying, by the strategy rules.
///
/// Rules   stock 50 % of its value, either side, to buy it as to hold it; with a short option that it covers, a long one that
///         protects it, or both, by the rows of margin_rules.h. Where those speak of the stock's maintenance, it is these 50 %.
///         Options of one
///         expiry: what they can lose at that expiry (so a vertical is its width and a condor its wider
///         wing), or the naked requirement of their shorts where that is less. A short beyond the longs is
///         covered by a long of its kind that lives as long, with the strikes' difference; otherwise it is naked:
///         its mark plus the larger of 20 % of spot (15 % for broad indices) less what it is out of the
///         money, and 10 % of the strike (puts) or spot (calls). Of naked puts and calls together only the
///         dearer side counts, plus the other side's marks. A box that was sold asks for 1.02 times what closing it costs
///         where that is more than its width. A long option that protects stock is paid for in full.
/// Order   the grouping is deterministic: it depends on the legs, not on their order. Of many ways to group the one that
///         needs least counts (Pairing, StockUses); it need not be the least of all, so at times the requirement is overstated,
///         never understated.
/// Speed   some microseconds for a dozen legs, without the heap: limits are checked for every choice of working orders.
/// Source  FINRA 12-44 and the Cboe strategy tables, as collected in the domain reference, B3; pins F8.
Margin marginOf(std::span<const MarginLeg> legs, double spot, bool isBroadIndex,
                ProtectedStock protectedStock = ProtectedStock::IsRelieved);

/// The general rule for options of one expiry: the most that they can lose there over all prices of the underlying from 0 up,
/// in cash. For verticals, butterflies, condors and their iron kin it is what their own rules ask for. Marks are not looked at.
/// Limits  infinity where calls are short beyond the longs: marginOf() asks for the naked requirement of those.
/// Errors  NaN where a leg is stock or ends at another moment than the others, or a strike is not finite.
/// Source  the domain reference, B3, after FINRA's rule for spreads.
double worstLossAtExpiry(std::span<const MarginLeg> legs);

} // namespace vegadesk::portfolio
