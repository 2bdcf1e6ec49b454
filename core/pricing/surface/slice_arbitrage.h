#pragma once

#include "pricing/surface/svi.h"

#include <vector>

namespace vegadesk::pricing
{

/// A stretch of log-moneyness where something does not hold; an end may be infinite.
struct MoneynessInterval {
    double low = 0;
    double high = 0;
    double worst = 0;   ///< the least value of what must not be negative
    double worstAt = 0; ///< where it is taken; finite
};

/// Where a slice gives probabilities below 0: durrleman() < 0, or a total variance that is not positive (`worst` is
/// then that variance). Empty: free of butterflies at every strike, the wings included, whose slopes are at most 2 then.
///
/// Accuracy interval ends to 1e-10. Dips shallower than the rounding of g (some 1e-13) are not seen.
/// Method   with k = m + sigma sinh(u), g is a polynomial of degree 10 in e^u over positive factors. Its positive roots
///          are isolated by sign changes of its Bernstein coefficients, which misses none, and polished on g itself.
std::vector<MoneynessInterval> findButterflies(const SviSlice& slice);
/// findButterflies() is empty; does not allocate.
bool isFreeOfButterflies(const SviSlice& slice) noexcept;

/// Where the later slice has less total variance than the earlier: a calendar spread there costs less than nothing.
/// Empty: none at any strike.
///
/// Accuracy interval ends to 1e-10; depths below 1e-13 of total variance do not count.
/// Method   two slices cross where a quartic has roots (Gatheral and Jacquier 2014, section 3); the sign is taken
///          between all its roots and critical points.
std::vector<MoneynessInterval> findCalendarCrossings(const SviSlice& earlier, const SviSlice& later);
/// findCalendarCrossings() is empty; does not allocate.
bool isCalendarFree(const SviSlice& earlier, const SviSlice& later) noexcept;

} // namespace vegadesk::pricing
