#pragma once

#include "base/time.h"
#include "portfolio/marking.h"
#include "pricing/black_scholes.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

/// Greeks of positions together, in the window's units.
struct GreekFigures {
    double delta = 0;       ///< shares
    double dollarDelta = 0; ///< dollars per 100 % move
    double gamma = 0;       ///< shares per dollar
    double dollarGamma = 0; ///< how much the dollar delta of a share grows with a move of 1 %: gamma · spot² / 100
    double theta = 0;       ///< dollars over the next calendar day
    double vega = 0;        ///< dollars per vol point
    double rho = 0;         ///< dollars per point of the rate
    /// As a position in the reference index would have them; of the positions whose underlying's beta is known.
    double betaDelta = 0;       ///< shares of it: delta · beta · spot / index
    double betaGamma = 0;       ///< shares of it per dollar of it: gamma · (beta · spot / index)²
    double betaDollarDelta = 0; ///< dollars per 100 % move of it

    GreekFigures& operator+=(const GreekFigures& other);
};

struct GreekRow {
    std::string underlying;           ///< empty: of all
    std::optional<base::Date> expiry; ///< empty: of shares, or of all
    GreekFigures figures;             ///< of what is known
    base::Quantity contracts = 0;     ///< options held, long and short together
    int unknownCount = 0;             ///< positions left out: a figure is not known
    int unknownBetas = 0;             ///< positions whose figures are in, but for the beta-weighted ones
};

struct GreekTable {
    std::vector<GreekRow> cells;       ///< by underlying, then its shares, then its expirations ascending
    std::vector<GreekRow> underlyings; ///< by symbol
    std::vector<GreekRow> expirations; ///< over all underlyings, ascending; options alone
    GreekRow book;
    std::vector<std::string> leftOut; ///< symbols of the positions without figures
};

/// What deltas are weighted to, and how each underlying moves with it.
struct BetaReference {
    std::string symbol;
    double spot = market::unknown;
    std::map<std::string, double, std::less<>> betas; ///< by underlying; one that is missing, or NaN, is not known

    double betaOf(std::string_view underlying) const; ///< 1 for itself
};

/// Theta per calendar year, at the pace of the next calendar day, from the Greeks of one share: for a clock in which days differ
/// (desk::VarianceClock::theta()).
using ThetaOf = std::function<double(const MarkedPosition&, const pricing::Greeks&)>;

/// Greeks of what is held, by underlying and expiration.
///
/// Source   pricing::greeksOf() at each position's own volatility, American ones by american(): what the window shows beside each
///          position, so that the rows add up to the same figures. Without `thetaOf` every day decays alike.
/// Unknown  a position of which a figure is not known is in no sum and is counted; without a beta or the reference's spot it is in
///          all but the beta-weighted ones.
GreekTable greekTable(std::span<const MarkedPosition> positions, const BetaReference& reference = {},
                      const ThetaOf& thetaOf = {});

} // namespace vegadesk::portfolio
