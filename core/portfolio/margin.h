#pragma once

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
    std::int64_t quantity = 0; ///< signed: negative is short
    int multiplier = 100;
    double mark = market::unknown; ///< per share; not needed of stock

    double shares() const { return static_cast<double>(quantity) * multiplier; }
    ExpiryMoment ends() const { return {expiry, settlement}; }
};

/// What a Reg-T account must have, in cash. NaN where a price it needs is not known.
struct Margin {
    double held = 0; ///< against short options, spreads and stock
    double paid = 0; ///< for long options and debit spreads, which have no loan value: their net worth now

    double requirement() const { return held + paid; }
};

/// Requirement of everything held in one underlying, by the strategy rules.
///
/// Rules   stock 50 % of its value, either side; covered calls and puts add what they are in the money.
/// Options of one
///         expiry: what they can lose at that expiry (so a vertical is its width and a condor its wider
///         wing), or the naked requirement of their shorts where that is less. A short beyond the longs is
///         covered by a longer-dated long of its kind, with the strikes' difference; otherwise it is naked:
///         its mark plus the larger of 20 % of spot (15 % for broad indices) less what it is out of the
///         money, and 10 % of the strike (puts) or spot (calls). Of naked puts and calls together only the
///         dearer side counts, plus the other side's marks. Relief for long options against stock (protective
///         puts, collars) is not given: the requirement is not understated.
/// Order   the grouping is deterministic: it depends on the legs, not on their order. Of several ways to group the one that
///         needs least counts; it need not be the least of all, so at times the requirement is overstated.
/// Source  FINRA 12-44 and the Cboe strategy tables, as collected in the domain reference, B3; pins F8.
Margin marginOf(std::span<const MarginLeg> legs, double spot, bool isBroadIndex);

} // namespace vegadesk::portfolio
