#pragma once

#include "pricing/surface/svi.h"

#include <span>

namespace vegadesk::pricing
{

/// What a slice is fitted to. Shapes: the columns have one length, at least 1; k ascends.
struct SliceTarget {
    double years = 0;
    std::span<const double> k;     ///< ln(K / F)
    std::span<const double> vol;   ///< per year, > 0
    std::span<const double> error; ///< of vol, > 0: a quote counts with 1 / error²
};

/// The total variance at k = 0, by a line through the quotes near it, each weighted by its error and its distance.
double varianceAtTheMoney(const SliceTarget& target) noexcept;

/// A first guess for an SVI fit: for (m, sigma) on a small grid the rest is linear least squares in total variance,
/// pushed into SVI's domain, and the best of them is taken.
/// Source  the quasi-explicit idea of De Marco and Martini (Zeliade, 2009), with a grid in place of their outer search.
SviSlice quasiExplicitStart(const SliceTarget& target) noexcept;

} // namespace vegadesk::pricing
