#pragma once

#include "market/instrument.h"
#include "market/quote.h"

namespace vegadesk::backtest
{

/// A held option as its holder sees it at the end of a session; per share, NaN: not known.
struct HeldOption {
    market::Right right = market::Right::Call;
    double strike = market::unknown, spot = market::unknown;
    double mark = market::unknown;
    double sameStrikePut = market::unknown; ///< mark of the put of that strike and expiry, for calls
    double rate = 0, years = 0;             ///< continuous, and to expiry
};

/// What is in the money, 0 or more.
double intrinsicOf(const HeldOption& option);

/// What a call is worth beyond its intrinsic value once the share trades without its dividend, by put-call parity: the put of
/// the same strike and the interest on the strike. Where that put has no mark, the call's own time value now, which the
/// dividend has yet to eat into. NaN when neither is known.
/// Source: Hull, "Options, Futures and Other Derivatives", early exercise of calls; the domain reference, B1 row 8, pin F9.
double timeValueAfterDividend(const HeldOption& call);

/// A holder exercises a call in the money on the eve of an ex-date when that time value is less than the dividend.
bool isExercisedForDividend(const HeldOption& call, double dividend);

} // namespace vegadesk::backtest
