#pragma once

#include "pricing/surface/slice_target.h"

#include <optional>
#include <span>
#include <vector>

namespace vegadesk::pricing
{

/// One expiry of extended surface SVI: w(k) = theta / 2 (1 + rho phi k + sqrt((phi k + rho)² + 1 - rho²)), phi = psi / theta.
///
/// Units   theta: total variance at the money; psi: twice its mean wing slope; rho: skew, in (-1, 1).
/// Source  Hendriks and Martini, "The extended SSVI volatility surface" (2019).
struct EssviSlice {
    double theta = 0;
    double rho = 0;
    double psi = 0;

    SviSlice toSvi() const noexcept;
};

/// Sufficient for no butterflies: psi (1 + |rho|) <= 4 and psi² (1 + |rho|) <= 4 theta (Gatheral and Jacquier 2014,
/// theorem 4.2; strictly below, here).
double steepestPsi(double theta, double rho) noexcept;
/// Sufficient for no calendar arbitrage after `earlier`: theta and psi (1 ± rho) do not fall, and phi does not rise
/// (Hendriks and Martini, proposition 3.1; Corbetta, Cohort, Laachir and Martini 2019, section 3).
bool mayFollow(const EssviSlice& earlier, const EssviSlice& later) noexcept;

/// One expiry of the chain below, with as little or as much as its quotes can say.
struct EssviFit {
    EssviSlice slice;
    bool isShapeBorrowed = false; ///< too few quotes: rho from a neighbour, or flat without one
};

/// Fits slice after slice so that each one is free of butterflies and none crosses the one before it, by construction:
/// the parameters stay in the region that the two conditions above leave. A safe surface to start from and to fall back
/// on, not the best one.
///
/// Inputs  targets ascend in years. Fewer than `fewestForShape` quotes tell the level alone.
/// Method   theta from the quotes at the money; for rho on a grid psi by golden sections; rho refined once. Squares of
///          total variance weighted by the quotes' errors, large ones counted linearly.
std::vector<EssviFit> fitEssviChain(std::span<const SliceTarget> targets);

inline constexpr std::size_t fewestForShape = 5;

} // namespace vegadesk::pricing
