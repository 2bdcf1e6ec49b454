#pragma once

#include "base/error.h"

#include <span>

/// Losses that a distribution of profits exceeds with a small probability, in closed form or by solving for it: what the measured
/// figures are checked against, and what the parametric methods are made of.
///
/// Units   level is the probability that the loss is not exceeded, in (0, 1): 0.95. Losses are positive, in the unit of the
///         deviations; a negative one is a profit.
/// Errors  relative 1e-12 for levels from 0.5 to 1 - 1e-15. NaN for a level outside (0, 1), a deviation that is not positive, or
///         a number that is not finite.
namespace vegadesk::risk
{

/// Value at risk, and the mean loss of what lies beyond it.
struct TailLoss {
    double valueAtRisk = 0;
    double expectedShortfall = 0;
};

/// x with P(Z <= x) = probability for a standard normal Z.
double normalQuantile(double probability) noexcept;

/// P(T > t) of Student's t with `freedom` > 0 degrees of freedom, relative 1e-12 in the upper tail.
double studentTail(double freedom, double t) noexcept;
double studentDensity(double freedom, double t) noexcept;

TailLoss normalTailLoss(double level, double mean, double deviation) noexcept;
/// Of Student's t as it is, not scaled to a deviation of 1. No shortfall (NaN) with one degree of freedom or less.
TailLoss studentTailLoss(double level, double freedom) noexcept;

/// A distribution by its first four moments.
struct Moments {
    double mean = 0;
    double deviation = 0;
    double skewness = 0;
    double excessKurtosis = 0;
};

/// z + S/6 (z² - 1) + K/24 (z³ - 3z) - S²/36 (2z³ - 5z): a quantile by those of the normal.
/// Source  Cornish and Fisher (1937), to fourth order.
double cornishFisher(double z, double skewness, double excessKurtosis) noexcept;

/// Whether that rises with z from -5 to 5, one in three million to each side. Where it does not, it is no distribution's quantile,
/// and what it says is not to be relied on. (Everywhere would be too much to ask: a book that is nearly linear turns far out.)
/// Source  Maillard, "A user's guide to the Cornish Fisher expansion" (2012), by the sign of the derivative.
bool isCornishFisherMonotone(double skewness, double excessKurtosis) noexcept;

/// The shortfall is the mean of the expansion below the level's z.
TailLoss cornishFisherTailLoss(double level, const Moments& moments) noexcept;

struct MixturePart {
    double weight = 0; ///< > 0; those of a mixture add up to 1
    double mean = 0;
    double deviation = 0; ///< > 0
};

TailLoss mixtureTailLoss(double level, std::span<const MixturePart> parts) noexcept;

/// P(X > statistic) of chi-square with one and with two degrees of freedom.
double chiSquareTail1(double statistic) noexcept;
double chiSquareTail2(double statistic) noexcept;

} // namespace vegadesk::risk
