#pragma once

#include "base/error.h"
#include "learning/signals/dataset.h"

#include <cstddef>
#include <span>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// Places of examples to learn from and to judge by; ascending, and no example is in both.
struct Split {
    std::vector<std::size_t> train, test;
};

/// Whether an example of `train` may be learnt from while [firstKnown, lastLabel] is judged.
bool isClear(const Example& train, std::size_t firstKnown, std::size_t lastLabel, const PurgeSettings& settings);

/// `folds` stretches of time of about one length, each judged by what is learnt from all others but for purge and embargo. Learns from
/// later days too: for probabilities out of fold, not for what could have been traded.
/// Errors  folds outside 2 to 20, or a fold with nothing left to learn from.
base::Result<std::vector<Split>> purgedFolds(std::span<const Example> examples, std::size_t folds,
                                             const PurgeSettings& settings);

/// Learns from the first days and judges the next ones, `steps` times with ever more days: what could have been traded. The first
/// `firstShare` of the examples is only learnt from.
/// Errors  steps outside 1 to 50, a share outside 0.1 to 0.9, or a step with nothing to learn from or to judge.
base::Result<std::vector<Split>> walkForward(std::span<const Example> examples, std::size_t steps, double firstShare,
                                             const PurgeSettings& settings);

/// The newest `share` of `train` to stop early by, and what of the rest is clear of it.
/// Errors  share outside 0.05 to 0.5, or nothing left.
base::Result<Split> holdOutNewest(std::span<const Example> examples, std::span<const std::size_t> train, double share,
                                  const PurgeSettings& settings);

} // namespace vegadesk::learning::market_signals
