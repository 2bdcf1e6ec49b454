#pragma once

#include "base/time.h"
#include "market/quote.h"

#include <cstddef>
#include <span>
#include <vector>

namespace vegadesk::portfolio
{

/// Trading days that a beta is estimated over unless another number is asked for, and the fewest that say anything.
inline constexpr std::size_t betaWindow = 252, betaReturnsLeast = 60;

/// How an underlying has moved with a reference index.
struct BetaEstimate {
    double beta = market::unknown;
    double standardError = market::unknown; ///< of the beta, by ordinary least squares
    double correlation = market::unknown;
    std::size_t returns = 0; ///< common ones in the window
};

/// Slope of the least squares line, with intercept, through the last `window` pairs of log returns of which both are finite.
/// Shapes  returns and reference have one length, oldest first; NaN where a day has none.
/// Errors  NaN with fewer than betaReturnsLeast pairs, and where the reference has not moved.
BetaEstimate estimateBeta(std::span<const double> returns, std::span<const double> reference,
                          std::size_t window = betaWindow);

struct DatedClose {
    base::Date date{};
    double close = market::unknown; ///< > 0
};
/// The same from closes, ascending by date: returns from each date that both know to the next.
BetaEstimate estimateBeta(std::span<const DatedClose> closes, std::span<const DatedClose> reference,
                          std::size_t window = betaWindow);

} // namespace vegadesk::portfolio
