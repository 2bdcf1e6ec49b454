#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <limits>
#include <span>

namespace vegadesk::pricing
{

/// Heston's stochastic variance: dv = kappa (theta - v) dt + sigma sqrt(v) dW, correlated by rho with the share.
struct HestonParameters {
    double v0 = 0;    ///< variance now, 0.04 for a volatility of 20 %
    double kappa = 0; ///< speed of its return, per year
    double theta = 0; ///< the variance it returns to
    double sigma = 0; ///< volatility of the variance
    double rho = 0;   ///< correlation, in [-1, 1]

    /// 2 kappa theta >= sigma²: the variance never touches 0.
    bool isFeller() const { return 2 * kappa * theta >= sigma * sigma; }
};

/// Value of one option, its derivatives, and those of its price to the model's parameters.
struct HestonValue {
    double price = std::numeric_limits<double>::quiet_NaN();
    double delta = std::numeric_limits<double>::quiet_NaN(); ///< d price / d spot, the variance held
    double gamma = std::numeric_limits<double>::quiet_NaN();
    double theta = std::numeric_limits<double>::quiet_NaN(); ///< per year of time passing
    double rho = std::numeric_limits<double>::quiet_NaN();   ///< per 1.00 of rate
    double byV0 = std::numeric_limits<double>::quiet_NaN();
    double byKappa = std::numeric_limits<double>::quiet_NaN();
    double byTheta = std::numeric_limits<double>::quiet_NaN();
    double bySigma = std::numeric_limits<double>::quiet_NaN();
    double byRho = std::numeric_limits<double>::quiet_NaN();
};

/// Where a strip writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap.
struct HestonView {
    std::span<double> price, delta, gamma, theta, rho;
    std::span<double> byV0, byKappa, byTheta, bySigma, byRho;
};

/// European value, Greeks and parameter gradient under Heston's model.
///
/// Units    strike as the spot; years ACT/365; variances per year.
/// Limits   years = 0, or no variance at all, give the discounted intrinsic value; sigma = 0 gives Black-Scholes at
///          the mean variance. v0, kappa, theta and sigma may each be 0.
/// Accuracy of the price 1e-14 of the forward, and 1e-9 of the out-of-the-money value down to 1e-30 of the forward.
/// Errors   everything is NaN when an input is not finite or outside what checkInputs() names, and where the law is
///          beyond what doubles can integrate (variances of 1e-16 in seconds with rho = -1 or 1).
/// Source   Heston (1993); the integral on a bent contour through the saddle, see pricing/fourier/contour.h.
HestonValue heston(Right right, const MarketPoint& market, double strike, double years,
                   const HestonParameters& parameters) noexcept;

/// The price alone.
double hestonPrice(Right right, const MarketPoint& market, double strike, double years,
                   const HestonParameters& parameters) noexcept;

/// The same for strikes that share one expiry and side. Strikes share the model's moment function, so a strip's
/// numbers agree with the scalar's within the stated accuracy, not bit for bit.
/// Errors  a strike that is not finite and positive is NaN, its neighbours are not touched by it.
void hestonStrip(Right right, const MarketPoint& market, double years, const HestonParameters& parameters,
                 std::span<const double> strikes, const HestonView& out) noexcept;

/// Whether every parameter is inside its range.
bool isUsable(const HestonParameters& parameters) noexcept;

/// Names the first parameter outside its range.
base::Result<void> checkInputs(const HestonParameters& parameters);

/// The market's inputs as in black_scholes.h, then the parameters.
base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const HestonParameters& parameters);

} // namespace vegadesk::pricing
