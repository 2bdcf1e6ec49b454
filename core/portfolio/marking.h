#pragma once

#include "base/quantity.h"
#include "base/time.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <optional>
#include <string>
#include <vector>

/// A book at one moment: what is held, what it is worth, and what its prices hang on. NaN is "not known".
namespace vegadesk::portfolio
{

struct MarkedPosition {
    std::string symbol;
    std::string group; ///< the strategy's trade it belongs to; empty: opened by hand
    std::string underlying;
    base::Quantity quantity = 0; ///< contracts or shares, signed; 0: closed, and still marked
    int multiplier = 1;
    std::optional<market::OptionTerms> option;                     ///< empty: shares, or whatever else moves one to one
    market::ExerciseStyle style = market::ExerciseStyle::American; ///< options only, as is the rest but for the marks
    double mark = market::unknown;                                 ///< per share
    double spot = market::unknown;                                 ///< of the underlying, shares too
    double rate = 0, dividendYield = 0;  ///< continuous, per year; of the expiration where it has its own
    double years = 0;                    ///< to expiry, ACT/365
    double volatility = market::unknown; ///< per year, the one that the mark is worth under `style`

    double shares() const { return quantity.toDouble() * multiplier; }
};

struct Marking {
    base::Instant at{};
    std::vector<MarkedPosition> positions; ///< one a symbol and group, in any order
};

} // namespace vegadesk::portfolio
