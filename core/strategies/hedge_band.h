#pragma once

namespace vegadesk::strategies
{

/// Half-width of the no-trade band around the target delta, in delta per unit of the position (per share of a
/// contract).
///
/// Units   rate per year, continuous; years ACT/365; gamma per dollar, of the same unit.
///         cost: proportional cost λ of trading the underlying, as a fraction of price (0.0002 is 2 basis
///         points). riskAversion: γ of exponential utility, per dollar.
/// Errors  NaN when spot, cost or riskAversion is not positive.
/// Source  Whalley and Wilmott (1997), asymptotic band: (3/2 · e^{−rT} λ S Γ² / γ)^{1/3}.
double whalleyWilmottHalfWidth(double spot, double years, double rate, double gamma, double cost, double riskAversion);

/// How much to trade so that `delta` comes back into [target − halfWidth, target + halfWidth], to the nearest
/// edge only (going further would pay for risk that the band says is cheaper to carry). 0 inside the band or
/// when a figure is NaN.
double tradeToBandEdge(double delta, double target, double halfWidth);

} // namespace vegadesk::strategies
