#pragma once

namespace vegadesk::risk
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

/// Zakamouline's band: around the delta at a volatility of its own, ± (static + gammaPart).
struct ZakamoulineBand {
    double staticPart = 0;      ///< H₀, delta per unit; where there is no gamma
    double gammaPart = 0;       ///< H₁
    double volatilityShift = 0; ///< K, at most 0
    double hedgeVolatility = 0; ///< the volatility whose delta is the band's middle
};
/// Units   as above; volatility per year. Of a net short gamma the volatility is raised, of a long one lowered.
/// Errors  everything is NaN when spot, years, volatility, cost or riskAversion is not positive, or K leaves no variance.
/// Source  Zakamouline (2006), "Efficient analytic approximation of the optimal hedging strategy for a European call option with
///         transaction costs": H₀ = λ / (γ S σ² T), H₁ = 1.12 λ^.31 T^.05 (e^{−rT}/σ)^.25 (|Γ|/γ)^.5,
///         K = −4.76 λ^.78 T^−.02 (e^{−rT}/σ)^.25 (γ S² |Γ|)^.15, σ_m² = σ² (1 ± K).
ZakamoulineBand zakamoulineBand(double spot, double years, double rate, double volatility, double gamma, double cost,
                                double riskAversion);

} // namespace vegadesk::risk
