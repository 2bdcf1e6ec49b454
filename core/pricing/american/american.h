#pragma once

#include "pricing/black_scholes.h"

namespace vegadesk::pricing
{

/// Value and Greeks of an option that may be exercised on any day, under Black-Scholes-Merton with continuous rates.
///
/// Units    as blackScholes().
/// Accuracy price within 1e-7 of the strike anywhere in years from a day to 30, vol 5 % to 200 %, rates -2 % to 15 %
///          (3e-9 of it in the root of the mean square); Greeks within 1e-5 of their largest size over the spot, gamma
///          and theta within 1e-4 beside the boundary. vega and rho are exact derivatives of the solved boundary,
///          theta comes from the pricing equation. Where a put's yield < rate < 0 (a call's rate < yield < 0) exercise
///          lies between two boundaries: by finite differences, in milliseconds, price within 1e-6 of the strike and
///          Greeks within 1e-3 of their size.
/// Limits   at or beyond the boundary: the intrinsic value, delta -1 or 1, the rest 0. Where exercise never pays (a put
///          with rate <= 0 and yield >= rate, a call with yield <= 0 and rate >= yield): blackScholes(), bit for bit. The
///          same where it pays next to nothing (a put's rate below 4e-6 of its yield, a call's yield of its rate).
///          years = 0: as blackScholes(). vol below 0.1 %: the larger of the European value and the best certain
///          exercise along the forward.
///          Where the boundary's equation does not converge (it starts below 1e-4 of the strike: a put whose rate is next
///          to nothing beside its yield, a call the other way round): the finite differences.
/// Errors   NaN as blackScholes(); checkInputs() says why. NaN too where those would span more than e^300.
/// Source   Kim (1990); Andersen, Lake, Offengenden, "High-performance American option pricing" (2016). See
///          american/boundary.h for what is ours.
Greeks american(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept;

/// The price alone, somewhat faster. Within 1e-8 of the strike of american().price.
double americanPrice(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept;

/// The same for strikes that share one expiry and side, within 5e-8 of the strike of american(): boundaries are solved
/// for at a few volatilities and interpolated, so that a strike costs little more than its own integral.
/// Shapes  vols has the length of strikes; no allocation.
/// Errors  a bad lane is NaN, its neighbours are not touched by it.
void americanStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                   std::span<const double> vols, const GreeksView& out) noexcept;

} // namespace vegadesk::pricing
