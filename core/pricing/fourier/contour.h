#pragma once

#include "pricing/fourier/kernel.h"

namespace vegadesk::pricing::fourier
{

/// A good path for strikes near k = ln(K/F): through the saddle of the integrand on the real axis, a > 1 for k >= 0
/// (the integral is then a call) and a < 0 below (a put), or a = 1/2 (a covered call less the forward) where the
/// moments explode too close to the payoff's poles. Its step is meant for full double accuracy; the caller checks.
Contour chooseContour(const LogReturn& law, double logStrike) noexcept;

/// Mean of the integrated variance with the jumps' share: the log return's variance but for the leverage.
double meanVariance(const LogReturn& law) noexcept;

} // namespace vegadesk::pricing::fourier
