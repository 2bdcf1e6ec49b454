#pragma once

#include "base/error.h"
#include "desk/views.h"

#include <string>
#include <utility>
#include <vector>

namespace vegadesk::desk
{

/// A trained model that a strategy's entries wait for, and what it must say. A bound that is NaN is none.
struct SignalChoice {
    std::string name; ///< of a file in the signals folder, or its path; empty: entries wait for no model
    double least = unknown, most = unknown; ///< probability, 0 to 1
};

using StrategyWords = std::vector<std::pair<std::string, std::string>>;

/// Among a strategy's parameters, as texts; none where they are not one that could be armed.
SignalChoice signalChoiceOf(const StrategyWords& parameters);
/// The same as texts, to stand among a strategy's parameters.
StrategyWords wordsOf(const SignalChoice& choice);
/// Errors: as strategies::filterOf().
base::Result<void> checkChoice(const SignalChoice& choice);

} // namespace vegadesk::desk
