#pragma once

#include "base/error.h"
#include "market/quote.h"

#include <span>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// From a model's log odds to a probability: 1 / (1 + exp(−(slope · log odds + offset))), slope never below 0, so that a higher score
/// never means a lower probability.
/// Source  Platt (1999), targets as there: (n₊ + 1) / (n₊ + 2) and 1 / (n₋ + 2); Newton's steps as in Lin, Lin and Weng (2007).
struct Calibration {
    double slope = 1, offset = 0;

    double probability(double logOdds) const;
};

/// Of scores that come from out of fold: those of rows a model was trained on are too sure.
/// Errors  none of one answer, lengths that differ, a score that is not finite.
base::Result<Calibration> fitCalibration(std::span<const double> logOdds, std::span<const std::uint8_t> answers);

/// How far probabilities can be taken at their word. NaN: not known.
struct Reliability {
    double brier = market::unknown;       ///< mean squared distance from the answers: lower is better
    double brierOfRate = market::unknown; ///< of the base rate of the same answers, which is told in hindsight
    double logLoss = market::unknown;     ///< mean, natural logarithm
    double calibrationError =
        market::unknown; ///< ECE: mean distance between said and seen over the bins, by their size
    struct Bin {
        double said = market::unknown, seen = market::unknown; ///< mean probability; part of yes
        std::size_t count = 0;
    };
    std::vector<Bin> bins; ///< ten of about one size, from the lowest probability
};

/// Empty of bins and not known for no answers. Probabilities are held to [1e-6, 1 − 1e-6] for the logarithm.
Reliability reliabilityOf(std::span<const double> probabilities, std::span<const std::uint8_t> answers);

} // namespace vegadesk::learning::market_signals
