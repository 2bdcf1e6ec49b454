#pragma once

#include "pricing/black_scholes.h"
#include "pricing/fourier/kernel.h"

#include <array>
#include <span>

namespace vegadesk::pricing::fourier
{

/// Where a strip writes; an empty column is not wanted. The gradient is in Derivative's order without Years.
struct StripView {
    std::span<double> price, delta, gamma, theta, rho;
    std::array<std::span<double>, derivativeCount - 1> gradient;
};

/// Whether a strip can be priced on this market at all.
bool isUsable(const MarketPoint& market, double years) noexcept;

/// European values of strikes that share one expiry, by as few contours as their accuracy allows: each strike is
/// accepted from a contour only when rounding and the step's own error, estimated from every second node, are small
/// beside its out-of-the-money value (1e-9) and beside the forward (1e-14). What is left gets a contour of its own.
/// Errors  the caller has checked the inputs; a strike that is not finite and positive is NaN.
void priceStrip(Right right, const MarketPoint& market, const LogReturn& law, std::span<const double> strikes,
                const StripView& out) noexcept;

} // namespace vegadesk::pricing::fourier
