#pragma once

#include "learning/signals/boosted_trees.h"
#include "learning/signals/calibration.h"
#include "learning/signals/cross_validation.h"
#include "learning/signals/dataset.h"
#include "learning/signals/report.h"

#include <functional>
#include <span>
#include <stop_token>

namespace vegadesk::learning::market_signals
{

/// Trees and what makes probabilities of their scores.
struct CalibratedTrees {
    BoostedTrees trees;
    Calibration calibration;
    double foldArea = market::unknown; ///< under the ROC curve, within folds, of the scores that it was calibrated by

    base::Result<std::vector<double>> probabilities(std::span<const float> features) const;
};

/// 0 to 1, of the whole.
using Progress = std::function<void(double)>;

/// What is said of examples by trees that did not learn from them: purged and embargoed, see purgedFolds().
struct OutOfFold {
    std::vector<double>
        scores; ///< log odds beyond the base rate of what was learnt from, which runs against the answers left out
    std::vector<std::size_t> folds; ///< that each was left out in
};
/// One each of the examples at `places`.
base::Result<OutOfFold> scoresOutOfFold(const Dataset& data, std::span<const std::size_t> places,
                                        const TrainingSettings& settings, const std::stop_token& stop = {});

/// The recipe: trees on the examples at `places`, which stop early by the newest of them, then as many rounds on all of them; their
/// calibration by scores out of fold.
base::Result<CalibratedTrees> trainCalibrated(const Dataset& data, std::span<const std::size_t> places,
                                              const TrainingSettings& settings, const std::stop_token& stop = {});

struct Trained {
    CalibratedTrees model; ///< the recipe on all examples
    SignalReport report;   ///< of the recipe, out of sample
};

/// Judges the recipe by walking forward, each step with a recipe of its own on the days before, then follows it on all examples.
/// Errors  those of datasetOf(), of splits and of settings; Cancelled soon after a stop request.
base::Result<Trained> trainSignal(const HistoryTable& table, Target target, const TrainingSettings& settings,
                                  const std::stop_token& stop = {}, const Progress& progress = {});

} // namespace vegadesk::learning::market_signals
