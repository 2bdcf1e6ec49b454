#pragma once

#include "base/error.h"
#include "pricing/heston/heston.h"

#include <limits>
#include <span>

namespace vegadesk::pricing
{

/// Heston's variance and Merton's independent lognormal jumps in the share.
struct BatesParameters {
    HestonParameters heston;
    double intensity = 0;     ///< jumps a year
    double jumpMean = 0;      ///< of a jump's logarithm
    double jumpDeviation = 0; ///< of a jump's logarithm
};

/// As Heston's, with the derivatives to the jumps' parameters.
struct BatesValue : HestonValue {
    double byIntensity = std::numeric_limits<double>::quiet_NaN();
    double byJumpMean = std::numeric_limits<double>::quiet_NaN();
    double byJumpDeviation = std::numeric_limits<double>::quiet_NaN();
};

/// Where a strip writes. Each column is empty (not wanted) or as long as the strikes; columns do not overlap.
struct BatesView : HestonView {
    std::span<double> byIntensity, byJumpMean, byJumpDeviation;
};

/// European value, Greeks and parameter gradient under Bates's model; Heston's where intensity is 0.
///
/// Units    as heston() and merton().
/// Accuracy as heston() for most jumps that are spread; at worst, of 4,000 random laws with jumpDeviation from 0.05 and
///          up to ten jumps a year, 1e-10 of the forward, where expiry is days away and jumps dwarf the diffusion.
///          Jumps of nearly one size make the moment function turn without dying: the integral then takes up to a
///          thousand nodes, and digits are lost within days of expiry or with volatilities of variance beyond 2.
/// Errors   everything is NaN when an input is not finite or outside what checkInputs() names.
/// Source   Bates (1996).
BatesValue bates(Right right, const MarketPoint& market, double strike, double years,
                 const BatesParameters& parameters) noexcept;

/// The price alone.
double batesPrice(Right right, const MarketPoint& market, double strike, double years,
                  const BatesParameters& parameters) noexcept;

/// The same for strikes that share one expiry and side; agrees with the scalar's numbers within the accuracy.
void batesStrip(Right right, const MarketPoint& market, double years, const BatesParameters& parameters,
                std::span<const double> strikes, const BatesView& out) noexcept;

/// Names the first parameter outside its range.
base::Result<void> checkInputs(const BatesParameters& parameters);

/// The market's inputs as in black_scholes.h, then the parameters.
base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const BatesParameters& parameters);

} // namespace vegadesk::pricing
