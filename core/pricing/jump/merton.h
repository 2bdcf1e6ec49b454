#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <limits>
#include <span>

namespace vegadesk::pricing
{

/// Merton's jump diffusion: a constant volatility, and jumps whose logarithm is normal.
struct MertonParameters {
    double vol = 0;           ///< of the diffusion, per year, 0.20 for 20 %
    double intensity = 0;     ///< jumps a year
    double jumpMean = 0;      ///< of a jump's logarithm
    double jumpDeviation = 0; ///< of a jump's logarithm
};

/// Value of one option and its derivatives, those to the parameters last.
struct MertonValue {
    double price = std::numeric_limits<double>::quiet_NaN();
    double delta = std::numeric_limits<double>::quiet_NaN();
    double gamma = std::numeric_limits<double>::quiet_NaN();
    double vega = std::numeric_limits<double>::quiet_NaN();  ///< per 1.00 of the diffusion's volatility
    double theta = std::numeric_limits<double>::quiet_NaN(); ///< per year of time passing
    double rho = std::numeric_limits<double>::quiet_NaN();   ///< per 1.00 of rate
    double byIntensity = std::numeric_limits<double>::quiet_NaN();
    double byJumpMean = std::numeric_limits<double>::quiet_NaN();
    double byJumpDeviation = std::numeric_limits<double>::quiet_NaN();
};

/// Where a strip writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap.
struct MertonView {
    std::span<double> price, delta, gamma, vega, theta, rho;
    std::span<double> byIntensity, byJumpMean, byJumpDeviation;
};

/// European value, Greeks and parameter gradient under Merton's jump diffusion.
///
/// Units    strike as the spot; years ACT/365.
/// Limits   years = 0 gives the intrinsic value, intensity = 0 Black-Scholes. vol and jumpDeviation may be 0.
/// Accuracy of the price 1e-14 of the forward and 1e-12 of the out-of-the-money value where that exceeds 1e-8 of the
///          forward.
/// Errors   everything is NaN when an input is not finite or outside what checkInputs() names.
/// Source   Merton (1976), eq. 19: Black-Scholes weighted by the Poisson law of the number of jumps. Where hundreds of
///          jumps are likely, the Fourier integral of pricing/fourier, if the jumps are spread enough for it.
MertonValue merton(Right right, const MarketPoint& market, double strike, double years,
                   const MertonParameters& parameters) noexcept;

/// The price alone.
double mertonPrice(Right right, const MarketPoint& market, double strike, double years,
                   const MertonParameters& parameters) noexcept;

/// The same for strikes that share one expiry and side; in the series' range bit for bit the scalar's numbers.
/// Errors  a strike that is not finite and positive is NaN, its neighbours are not touched by it.
void mertonStrip(Right right, const MarketPoint& market, double years, const MertonParameters& parameters,
                 std::span<const double> strikes, const MertonView& out) noexcept;

/// Whether every parameter is inside its range, and the mean jump is finite.
bool isUsable(const MertonParameters& parameters) noexcept;

/// Names the first parameter outside its range.
base::Result<void> checkInputs(const MertonParameters& parameters);

/// The market's inputs as in black_scholes.h, then the parameters.
base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const MertonParameters& parameters);

} // namespace vegadesk::pricing
