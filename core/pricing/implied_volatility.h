#pragma once

#include "pricing/black_scholes.h"

namespace vegadesk::pricing
{

/// The volatility at which blackScholes() gives `price`.
///
/// Units   as blackScholes(); the result per year, 0.20 for 20 %.
/// Accuracy to what the price's own last digit and the rounding of S e^-qT and K e^-rT allow.
/// Errors  NaN, meaning "no volatility gives this price": a price below the discounted intrinsic value or not
/// below
///         the upper bound (S e^-qT for a call, K e^-rT for a put), years = 0, or an input outside
///         blackScholes()' ranges. A price that equals the intrinsic value exactly gives 0, its limit.
///         solveImpliedVolatility() says which.
/// Paths   as blackScholes(): a batch of one has the bits of a batch of many, the wide paths have the same bits, and
///         Baseline differs by no more than 2 eps (vol + 2 (S + K) / vega).
/// Source  Householder steps of fourth order on the logarithm of the normalised Black function, or of its complement,
///         in lanes, from first guesses of our own. Time values below 1e-280 of sqrt(S e^-qT K e^-rT), and what does not
///         converge at once, go to the bracketed search of three branches of solveNormalisedBlack(), after Jaeckel,
///         "Let's be rational" (2015).
double impliedVolatility(Right right, const MarketPoint& market, double strike, double years, double price) noexcept;

/// The same for strikes that share one expiry and side; bit for bit the scalar's numbers.
/// Shapes  prices and vols have the length of strikes.
void impliedVolatilityStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                            std::span<const double> prices, std::span<double> vols) noexcept;

/// As impliedVolatility(), with the reason where there is none.
base::Result<double> solveImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                            double price);

} // namespace vegadesk::pricing
