#pragma once

#include "market/quote.h"
#include "portfolio/position.h"

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

} // namespace vegadesk::portfolio
