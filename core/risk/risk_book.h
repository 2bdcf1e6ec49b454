#pragma once

#include "base/time.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <optional>
#include <string>
#include <vector>

/// What every risk measure looks at: an account's positions and what their prices hang on, at one moment.
namespace vegadesk::risk
{

struct RiskUnderlying {
    std::string symbol;
    double spot = market::unknown;      ///< > 0
    double rate = 0, dividendYield = 0; ///< continuous, per year
    double beta = market::unknown;      ///< of its returns to the reference index's; NaN: not known
    bool isBroadIndex = false;          ///< portfolio::isBroadIndex()
};

struct RiskPosition {
    std::string symbol;
    std::string group;          ///< the strategy's trade it belongs to; empty: opened by hand
    std::size_t underlying = 0; ///< index into RiskBook::underlyings
    double quantity = 0;        ///< contracts or shares, signed: negative is short
    int multiplier = 1;
    std::optional<market::OptionTerms> option; ///< empty: shares
    market::ExerciseStyle style = market::ExerciseStyle::American;
    market::Settlement settlement = market::Settlement::PM;
    double years = 0;                    ///< to expiry, ACT/365; options only
    double volatility = market::unknown; ///< implied, per year; options only
    /// Of its expiration, as RiskUnderlying's; NaN: the underlying's.
    double rate = market::unknown, dividendYield = market::unknown;
    double mark = market::unknown; ///< per share
    double bid = market::unknown, ask = market::unknown;

    double shares() const { return quantity * multiplier; }
};

struct RiskBook {
    base::Instant at{};
    double netLiquidation = market::unknown;
    std::vector<RiskUnderlying> underlyings;
    std::vector<RiskPosition> positions;
};

} // namespace vegadesk::risk
