#pragma once

#include "learning/training/samples.h"

#include <span>
#include <string>
#include <vector>

namespace vegadesk::learning
{

/// How far prices over the strike are from the teacher's.
struct ErrorFigures {
    std::size_t count = 0;
    double meanSquare = 0, rms = 0, meanAbsolute = 0, worst = 0;
    double most = 0;      ///< 99.9 % of them are no larger
    double explained = 0; ///< R²: 1 less the mean square over the prices' variance; NaN where prices do not vary
};

/// A part of the box by its first two inputs, moneyness (or deviations, for a teacher that measures it so) and years, both ends
/// included.
struct ErrorRegion {
    double lowMoneyness = 0, highMoneyness = 0, lowYears = 0, highYears = 0;
    ErrorFigures figures;
    /// What is promised of a price over the strike: the worst of the held-out samples, and half of it again, because they are not all
    /// there are; NaN, nothing, of fewer than 50 of them.
    double bound = 0;

    bool contains(double moneyness, double years) const;
};

struct ErrorReport {
    ErrorFigures all;
    std::vector<ErrorRegion> regions;
};

/// `predicted`: a price over strike for every sample of the set; NaN counts as an error of its own price.
ErrorReport errorsOf(const SampleSet& heldOut, std::span<const double> predicted);

/// Of the region that a point lies in; NaN outside all of them.
double boundAt(const ErrorReport& report, double moneyness, double years);

} // namespace vegadesk::learning
