#pragma once

#include "base/error.h"

namespace vegadesk::pricing
{

/// A total variance and its derivatives by log-moneyness.
struct VarianceAt {
    double value; ///< w(k) = vol² years
    double first; ///< dw / dk
    double second;
    double third;
};

/// Gatheral's raw SVI slice: w(k) = a + b (rho (k - m) + sqrt((k - m)² + sigma²)), k = ln(K / F).
///
/// Units   total variance, so one slice is one expiry; a and b as w, m and sigma as k.
/// Limits  b >= 0, |rho| <= 1, sigma > 0, a + b sigma sqrt(1 - rho²) >= 0: then w is nowhere negative. The functions
///         below take what they are given; checkSlice() names what is outside.
/// Source  Gatheral (2004); Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces" (2014), eq. 3.1.
struct SviSlice {
    double a = 0;
    double b = 0;
    double rho = 0;
    double m = 0;
    double sigma = 1;

    double totalVariance(double k) const noexcept;
    VarianceAt at(double k) const noexcept;
    /// Where w is least, b sigma sqrt(1 - rho²) above a.
    double leastVariance() const noexcept;
    double leftSlope() const noexcept { return b * (1 - rho); }  ///< of w by -k, far in the puts
    double rightSlope() const noexcept { return b * (1 + rho); } ///< of w by k, far in the calls
    friend bool operator==(const SviSlice&, const SviSlice&) = default;
};

/// The same volatility at every strike.
SviSlice flatSlice(double totalVariance) noexcept;

base::Result<void> checkSlice(const SviSlice& slice);

/// Durrleman's function: the density of ln(S / F) over a positive factor. A slice is free of butterfly arbitrage when
/// g is nowhere negative and w grows slower than 2 |k|. NaN where w is not positive.
/// Source  Gatheral and Jacquier (2014), eq. 2.1.
double durrleman(const VarianceAt& variance, double k) noexcept;
/// d g / d k.
double durrlemanSlope(const VarianceAt& variance, double k) noexcept;

/// SVI by what a desk reads off a smile, in numbers that hardly depend on the expiry ("jump wings").
///
/// Units   variances per year; slopes of the volatility, times sqrt(years) as Gatheral and Jacquier have them.
/// Source  Gatheral and Jacquier (2014), eqs. 3.5 and lemma 3.2. The way back is our own: with beta = m / R and
///         R = sqrt(m² + sigma²), (v - vMin) years = b R (1 - cos(asin rho - asin beta)), which has no special case
///         at m = 0.
struct SviJumpWings {
    double variance = 0;      ///< v, at the money
    double skew = 0;          ///< psi, slope at the money
    double putSlope = 0;      ///< p, left wing
    double callSlope = 0;     ///< c, right wing
    double leastVariance = 0; ///< v~
};

SviJumpWings toJumpWings(const SviSlice& slice, double years) noexcept;

/// Errors  BadInput: years or variance not positive, slopes negative or both 0, a skew outside the slopes, a least
///         variance above the one at the money, or a skew of 0, at which v equals v~ and nothing tells sigma.
base::Result<SviSlice> fromJumpWings(const SviJumpWings& wings, double years);

/// Closes a butterfly in the wings by formula: v, psi and p stay, c becomes p + 2 psi and v~ follows, which makes the
/// slice one of SSVI's. It is free of butterflies where SSVI's own conditions hold; findButterflies() tells.
/// Source  Gatheral and Jacquier (2014), section 5.1.
SviJumpWings repairedByFormula(const SviJumpWings& wings) noexcept;

} // namespace vegadesk::pricing
