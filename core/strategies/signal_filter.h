#pragma once

#include "base/error.h"
#include "strategies/strategy.h"

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What keeps any strategy from entering by values that others work out: probabilities of trained models, see docs/signals.md.
namespace vegadesk::strategies
{

/// A signal by name must be known and within bounds.
struct SignalRule {
    std::string name;
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();

    friend bool operator==(const SignalRule&, const SignalRule&) = default;
};

/// What speaks against opening anything; empty when nothing does.
std::optional<NoEntry> reasonBySignals(const StrategyState& state, std::span<const SignalRule> rules);

/// The strategy's entry, unless the filter speaks against it.
EntryDecision entryWithin(const Strategy& strategy, const StrategyState& state,
                          const std::optional<SignalRule>& filter);

/// A filter among a strategy's parameters, as texts: signal, signal_least and signal_most.
using Words = std::vector<std::pair<std::string, std::string>>;
bool isFilterWord(std::string_view name);
/// Other names are passed over; none: no filter.
/// Errors  a bound without signal, a signal without bound, a bound outside 0 to 1, the least above the most.
base::Result<std::optional<SignalRule>> filterOf(const Words& words);
Words wordsOf(const std::optional<SignalRule>& filter);
/// "the signal calm at least 0.55".
std::string describe(const SignalRule& rule);

/// The models that a strategy asks for, by name: those of its rules file and of its filter, without what the account's own book tells.
std::vector<std::string> signalNames(const StrategyInfo& info, const std::optional<SignalRule>& filter);

} // namespace vegadesk::strategies
