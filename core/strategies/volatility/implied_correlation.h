#pragma once

#include "base/error.h"
#include "market/quote.h"

#include <cstddef>
#include <span>
#include <vector>

/// How much the members of an index are taken to move together, and how much they did.
///
/// Members  weights are of what is looked at, in any unit: only their proportions count. A member that is not known is left out
///          and the weights of the others are re-scaled to 1, which `coverage` and `members` tell. Fewer than two know nothing.
/// Values   neither is held to -1..1: an exact implied correlation above 1 says that the members' quotes, or the weights, do not
///          explain the index, and a reader has to see that. NaN where it is not known.
/// Source   domain reference C1; Bennett, Trading Volatility (2014), p. 187; for the average of pairs Bossu and Gu (2004).
namespace vegadesk::strategies
{

struct BasketMember {
    double weight = 0;                   ///< > 0
    double volatility = market::unknown; ///< per year, > 0; NaN: not known
};

struct BasketCorrelation {
    double exact = market::unknown;             ///< (σ_I² − Σwᵢ²σᵢ²) / ((Σwᵢσᵢ)² − Σwᵢ²σᵢ²)
    double proxy = market::unknown;             ///< (σ_I / Σwᵢσᵢ)²: too high, by less the more members there are
    double averageVolatility = market::unknown; ///< Σwᵢσᵢ per year, of the members that are known
    double coverage = 0;                        ///< part of all weight that they have, 0 to 1
    std::size_t members = 0;                    ///< how many they are
};

/// Of volatilities of one time to expiry, or of one window. `indexVolatility` as a member's.
/// Errors: fewer than two members; a weight that is no positive number; a volatility that is neither positive nor NaN.
base::Result<BasketCorrelation> impliedCorrelation(double indexVolatility, std::span<const BasketMember> members);

struct MemberCloses {
    double weight = 0;              ///< > 0
    std::span<const double> closes; ///< oldest first; NaN where a day's is not known
};

struct RealisedCorrelation : BasketCorrelation {
    double indexVolatility = market::unknown; ///< per year
    double pairwise = market::unknown;        ///< Σwᵢwⱼρᵢⱼ / Σwᵢwⱼ over all pairs i < j: it needs no index
};

/// Of the last `days` daily moves. All closes end on one day, so that counted from the end an entry is the same day in each. A
/// member with a day in the window that is not known, or without any move, is left out. Moves are logarithmic and their mean is
/// taken as zero: over a few weeks its estimate is mostly noise.
/// Errors: as above; `days` outside 2 to 2520.
base::Result<RealisedCorrelation> realisedCorrelation(std::span<const double> indexCloses,
                                                      std::span<const MemberCloses> members, std::size_t days);
/// The trading days that an implied volatility of so many calendar days is about: 21 of 30. At least 2.
std::size_t matchedTradingDays(double calendarDays);

/// Where `now` stands in the last 252 entries of `history` (implied correlations of completed days; NaN: not known): the part
/// of the days that were below. NaN with fewer than fewestDaysForRank known days, or where `now` is not known.
double correlationPercentile(std::span<const double> history, double now);
/// The middle one of the same days, NaN with too few of them.
double correlationMedian(std::span<const double> history);

} // namespace vegadesk::strategies
