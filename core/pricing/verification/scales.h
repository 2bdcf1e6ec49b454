#pragma once

#include "pricing/verification/case.h"

#include <string_view>

/// How large a Greek can be: what an absolute error of it is measured against, so that a Greek that happens to be
/// near zero is not held to a relative error of nothing.
///
/// Each is about the largest absolute value over strikes or volatility at the row's spot S, time T and rates; s is the
/// deviation of the log spot at expiry (s² = sigma² T, Merton's with the jumps', Heston's the mean variance). The
/// constants round up max n(d) = 0.399, max |d n(d)| = 0.242 and max |d² n(d)| = 0.294 of the normal density.
///
///   delta   e^-qT, at least 1           |d V / d S| of a share forward
///   gamma   0.4 / (S s)
///   vega    0.4 S √T
///   theta   S (0.2 s / T + |r| + |q|)   time value's decay, and the carry of both legs
///   rho     K T e^-rT                   of the strike's leg
///   rho_q   S T e^-qT                   of the spot's leg
///   vanna   (0.25 / s + 0.4) √T
///   volga   (0.3 + 0.25 s) S T / s
///   charm   |q| + 0.4 |r - q| / s + (0.13 + 0.2 s) / T
///
/// Heston's parameters, with D = (1 - e^-kappa T) / kappa the mean variance's weight of v0:
///
///   dV_dv0     0.2 S D / s              d V / d s² times its derivative
///   dV_dtheta  0.2 S (T - D) / s
///   dV_dkappa  0.2 S s T / (1 + kappa T)   the pull over a life, as a part of the time value
///   dV_dsigma  0.2 S s D                a skew of one deviation for a vol-of-vol of 1 / D
///   dV_drho    0.2 S s min(1, sigma D)  the same skew turned round
namespace vegadesk::pricing::verification
{

double blackScholesScale(std::string_view column, const Case& row);
double mertonScale(std::string_view column, const Case& row);
double hestonScale(std::string_view column, const Case& row);

} // namespace vegadesk::pricing::verification
