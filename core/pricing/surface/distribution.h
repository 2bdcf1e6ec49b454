#pragma once

#include "pricing/black_scholes.h"
#include "pricing/surface/svi.h"

#include <span>

namespace vegadesk::pricing
{

/// What a slice says of the price S at its expiry, under the risk-neutral measure: what the market charges for, not what
/// it foresees. Log-moneyness is k = ln(S / F). The slice should be free of butterflies; where it is not, densities are
/// negative and the rest is what it adds up to.
/// Source  Breeden and Litzenberger (1978) on Black's formula with a smile; Gatheral and Jacquier (2014), eq. 2.2.

/// Density of ln(S / F).
double logDensity(const SviSlice& slice, double k) noexcept;
/// Density of S, per dollar.
double priceDensity(const SviSlice& slice, double forward, double price) noexcept;
/// P(S < F e^k), with the smile's slope in it: N(-d2) + n(d2) w' / (2 sqrt(w)).
double probabilityBelow(const SviSlice& slice, double k) noexcept;
/// Of ending in the money at that strike: below it for a put, above for a call.
double probabilityInTheMoney(Right right, const SviSlice& slice, double forward, double strike) noexcept;

/// P(profit) of a payoff at this expiry by its break-evens.
/// Inputs  breakEvens ascend (as PayoffSummary::breakEvens); `gainsAtZero`: is there a profit below the first? Profit
///         and loss take turns from there. Without break-evens the answer is 0 or 1.
double probabilityOfProfit(const SviSlice& slice, double forward, std::span<const double> breakEvens,
                           bool gainsAtZero) noexcept;

/// Of trading at `strike` at least once until expiry, by the slice's volatility at that strike: 1 at the spot.
/// Limits  a path between crosses other volatilities; the more the smile slopes there, the more that moves it.
double probabilityOfTouch(const SviSlice& slice, double spot, double forward, double years, double strike) noexcept;
/// The same with one volatility and the market's carry: exact, for a price watched continuously.
/// Errors  NaN when an input is outside blackScholes()' ranges; years = 0 or vol = 0: 1 where it is there or carried there.
/// Source  Reiner and Rubinstein (1991), the first passage of a Brownian motion with drift.
double probabilityOfTouch(const MarketPoint& market, double barrier, double years, double vol) noexcept;

/// How far the price may go until expiry, either way, in dollars.
struct ExpectedMove {
    double standardDeviation = 0; ///< F sqrt(w) at the money: about two thirds of outcomes stay within
    double straddle = 0;          ///< what the straddle at the forward costs, undiscounted: the mean absolute move
};
ExpectedMove expectedMove(const SviSlice& slice, double forward) noexcept;

} // namespace vegadesk::pricing
