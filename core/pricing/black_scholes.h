#pragma once

#include "base/error.h"
#include "market/instrument.h"

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace vegadesk::pricing
{

using market::Right;

/// What all options on one underlying share. Rates are continuous and per year; the dividend yield is any
/// carry that leaves the holder: a yield, a borrow fee, a foreign rate, or the rate itself for an option on a
/// future.
struct MarketPoint {
    double spot = std::numeric_limits<double>::quiet_NaN();
    double rate = 0;
    double dividendYield = 0;
};

/// Value of one option on one share, and its first derivatives.
struct Greeks {
    double price = std::numeric_limits<double>::quiet_NaN();
    double delta = std::numeric_limits<double>::quiet_NaN(); ///< d price / d spot
    double gamma = std::numeric_limits<double>::quiet_NaN(); ///< d delta / d spot
    double vega = std::numeric_limits<double>::quiet_NaN();  ///< per 1.00 of volatility
    double theta = std::numeric_limits<double>::quiet_NaN(); ///< per year of time passing
    double rho = std::numeric_limits<double>::quiet_NaN();   ///< per 1.00 of rate
};

/// The derivatives that hedges and what-if grids need beyond the first. Time is calendar time passing, as for theta.
struct HigherGreeks {
    double vanna = std::numeric_limits<double>::quiet_NaN();       ///< d delta / d vol
    double volga = std::numeric_limits<double>::quiet_NaN();       ///< d vega / d vol
    double charm = std::numeric_limits<double>::quiet_NaN();       ///< d delta / d time, per year
    double speed = std::numeric_limits<double>::quiet_NaN();       ///< d gamma / d spot
    double zomma = std::numeric_limits<double>::quiet_NaN();       ///< d gamma / d vol
    double color = std::numeric_limits<double>::quiet_NaN();       ///< d gamma / d time, per year
    double dividendRho = std::numeric_limits<double>::quiet_NaN(); ///< d price / d dividend yield, per 1.00
};

/// Where a batch writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap.
struct GreeksView {
    std::span<double> price, delta, gamma, vega, theta, rho;
};

struct HigherGreeksView {
    std::span<double> vanna, volga, charm, speed, zomma, color, dividendRho;
};

/// Options that share nothing, as columns of one length.
struct OptionsView {
    std::span<const Right> rights;
    std::span<const double> spots, rates, dividendYields, years, strikes, vols;
};

/// Columns that own their memory.
struct GreeksColumns {
    std::vector<double> price, delta, gamma, vega, theta, rho;

    void resize(std::size_t count);
    std::size_t size() const { return price.size(); }
    GreeksView view() { return {price, delta, gamma, vega, theta, rho}; }
    Greeks at(std::size_t row) const { return {price[row], delta[row], gamma[row], vega[row], theta[row], rho[row]}; }
};

/// European value and Greeks under Black-Scholes-Merton.
///
/// Units   strike as the spot; years ACT/365; vol per year, 0.20 means 20 %.
/// Limits  years = 0 or vol = 0 give the limit: the discounted intrinsic value, half the delta
///         where forward and strike meet, and 0 for everything that has the density as a factor.
/// Errors  everything is NaN when an input is not finite, spot or strike is not positive, or years or vol is
///         negative. checkInputs() says which one.
/// Paths   one kernel in lanes serves one option and many, so that a batch of one has the bits of a batch of many on
///         the same SimdPath. The wide paths give the same bits; Baseline differs from them by at most 4 eps of the
///         price times its condition, 1 + |d ln V / d ln S| + |d ln V / d ln K| + |d ln V / d ln vol|, and by 1e-14 of
///         a first derivative's scale.
/// Source  Black and Scholes (1973), eq. 13, with Merton's (1973) yield; the higher derivatives follow from theirs. The
///         out-of-the-money side is computed from normal tails scaled by their common exponential and the other by
///         parity, so relative accuracy holds in the wings.
Greeks blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept;

HigherGreeks higherGreeks(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept;

/// The price alone; bit for bit blackScholes().price.
double blackScholesPrice(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept;

/// The same for strikes that share one expiry and side; bit for bit the scalar's numbers.
/// Shapes  vols has the length of strikes.
/// Errors  a bad lane is NaN, its neighbours are not touched by it.
void blackScholesStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                       std::span<const double> vols, const GreeksView& out,
                       const HigherGreeksView& higher = {}) noexcept;

/// The same for options that differ in everything; bit for bit the scalar's numbers. Shapes and errors as the strip's.
void blackScholesBatch(const OptionsView& options, const GreeksView& out, const HigherGreeksView& higher = {}) noexcept;

/// Names the first input outside its range: for forms and command lines, where NaN is no answer.
base::Result<void> checkInputs(const MarketPoint& market, double strike, double years, double vol);

} // namespace vegadesk::pricing
