#pragma once

#include "market/quote.h"
#include "portfolio/position.h"

#include <cstddef>
#include <functional>
#include <span>

namespace vegadesk::portfolio
{

/// Profit of one position, in cash; NaN when its mark is not known.
struct Profit {
    double open = market::unknown; ///< against the average open price
    double day = market::unknown;  ///< against the day's basis, with what was realised today
};
/// `mark` per share. A position of 0 has no open profit, and its day's profit is what was realised, whatever
/// the mark.
Profit profitOf(const Position& position, double mark);

/// Sum over positions whose marks are known, and how many are not: a total with `unknownCount` above 0 is not
/// the total.
struct ProfitTotal {
    double open = 0;
    double day = 0;
    std::size_t unknownCount = 0;

    void add(const Profit& profit);
};
ProfitTotal profitOf(std::span<const Position> positions, const std::function<double(const Position&)>& mark);

/// Sensitivities of an instrument per share, as `pricing` gives them.
struct UnitGreeks {
    double delta = market::unknown;
    double gamma = market::unknown;
    double thetaPerYear = market::unknown;
    double vegaPerUnit = market::unknown; ///< per 1.00 of volatility
};
/// Of a share: delta 1, the rest 0.
inline constexpr UnitGreeks stockGreeks{.delta = 1, .gamma = 0, .thetaPerYear = 0, .vegaPerUnit = 0};

/// Sensitivities of what is held, in the units the window shows; NaN in any field is "not known".
struct PositionGreeks {
    double delta = market::unknown;        ///< shares
    double gamma = market::unknown;        ///< shares per dollar
    double thetaPerDay = market::unknown;  ///< cash per calendar day
    double vegaPerPoint = market::unknown; ///< cash per 0.01 of volatility
    double dollarDelta = market::unknown;  ///< delta times spot

    bool isKnown() const;
};
PositionGreeks greeksOf(const Position& position, const UnitGreeks& unit, double spot);

/// Sum over what is known. Deltas of different underlyings add up only as dollars.
struct GreeksTotal {
    PositionGreeks sum{.delta = 0, .gamma = 0, .thetaPerDay = 0, .vegaPerPoint = 0, .dollarDelta = 0};
    std::size_t unknownCount = 0; ///< positions with a Greek that is not known; none of theirs is in the sum

    void add(const PositionGreeks& greeks);
};

} // namespace vegadesk::portfolio
