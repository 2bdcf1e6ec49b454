#pragma once

#include "market/instrument.h"

#include <string_view>

namespace vegadesk::market
{

/// An index that options with rules of their own are listed on: settled in cash, other commissions, other margin. The index
/// itself cannot be traded.
struct BroadIndex {
    std::string_view symbol;
    ExerciseStyle style = ExerciseStyle::European;
    /// Of the options that expire on a third Friday and carry the index's own root: AM is the opening of that day. Weekly
    /// roots (SPXW, NDXP, RUTW) settle at the close.
    Settlement settlement = Settlement::PM;
    int multiplier = 100; ///< dollars per point
};

/// By the underlying's symbol; null for everything else. Source: the exchanges' contract specifications (Cboe: SPX, XSP,
/// RUT, MRUT, DJX, VIX, OEX, XEO; Nasdaq: NDX, XND).
const BroadIndex* broadIndex(std::string_view symbol);

} // namespace vegadesk::market
