#pragma once

#include "pricing/surface/slice_target.h"
#include "pricing/surface/svi.h"

#include <vector>

namespace vegadesk::pricing
{

/// What a slice may not do. The neighbours are borrowed; null: none on that side.
struct SliceLimits {
    bool forbidsArbitrage = true; ///< off: neither butterflies nor neighbours matter
    const SviSlice* earlier = nullptr;
    const SviSlice* later = nullptr;
};

/// What neighbours would like of a slice's total variance at one log-moneyness; -infinity and infinity: nothing.
struct SliceWish {
    double k = 0;
    double floor = 0;
    double ceiling = 0;
};

/// All of them. The slopes are the steepest that earlier slices show where their quotes end: far out, a flatter wing
/// would cross them.
struct SliceWishes {
    std::vector<SliceWish> at;
    double leftSlope = 0;
    double rightSlope = 0;
};

struct SliceFit {
    SviSlice slice;
    double cost = 0; ///< sum of squares of (model - vol) / error, each at most linear beyond three errors
    bool isHeldBack =
        false; ///< the best fit broke a limit by itself and was moved towards the safe slice until it did not
};

/// Levenberg-Marquardt with exact derivatives over ln of least variance, both wing slopes and sigma, and m, which keeps
/// the variance positive and the wings within Lee's bound at every step. Limits are penalties on a grid first; where
/// the exact checks of slice_arbitrage.h still find a breach its worst point joins the grid.
///
/// Needs   `safe` obeys `limits`: it is what the fit moves towards, in a straight line of the raw parameters, should
///         the penalties not be enough. The result obeys them in any case, by the exact checks.
/// Wishes  weigh as a quote of typical error each, on one side only, and a slope too flat by a thirtieth as one too; they
///         may go unheard.
SliceFit fitSlice(const SliceTarget& target, const SviSlice& start, const SviSlice& safe, const SliceLimits& limits,
                  const SliceWishes& wishes = {});

/// The cost fitSlice() minimises, less limits and wishes.
double costOf(const SliceTarget& target, const SviSlice& slice) noexcept;

/// The exact checks.
bool obeys(const SviSlice& slice, const SliceLimits& limits) noexcept;

} // namespace vegadesk::pricing
