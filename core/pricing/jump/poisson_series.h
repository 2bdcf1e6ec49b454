#pragma once

#include "pricing/jump/merton.h"

#include <array>
#include <cstddef>

namespace vegadesk::pricing::jump
{

inline constexpr std::size_t maxTerms = 4096;

/// The Poisson weights of one expiry, from the first that matters to the last.
struct PoissonSeries {
    double first = 0;      ///< number of jumps of the first term
    std::size_t count = 0; ///< a multiple of eight, padded with weights of 0; 0 where there is no room for all
    double drift = 0;      ///< ln(F_n / F) without jumps: the compensator
    double driftPerJump = 0;
    double compensator = 0;                          ///< mean of a jump less 1
    alignas(64) std::array<double, maxTerms> weight; ///< P(n jumps)
    alignas(64) std::array<double, maxTerms> share;  ///< P(n jumps) F_n / F, the law of n where shares are the unit
    alignas(64) std::array<double, maxTerms> deviation, inverseDeviation; ///< of the log return with n jumps
};

/// Sums over the number of jumps, of the out-of-the-money option with forward 1 and discount 1.
struct SeriesSums {
    double value = 0;
    double asset = 0;                                              ///< its leg in shares
    double density = 0;                                            ///< of the derivative to half the variance
    double valueByCount = 0, assetByCount = 0, densityByCount = 0; ///< the same with each term times its n
};

/// Weights down to 1e-21 on either side, by recurrence from a first term that is accurate to the last digit.
void fillSeries(const MertonParameters& parameters, double years, PoissonSeries& out) noexcept;

/// strike relative to the forward; a call for strike >= 1, else a put.
SeriesSums sumSeries(const PoissonSeries& series, double strike) noexcept;

} // namespace vegadesk::pricing::jump
