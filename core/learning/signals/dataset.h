#pragma once

#include "base/error.h"
#include "learning/signals/features.h"
#include "learning/signals/targets.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// What a model must find again to be asked: the same features in the same order, of the same version.
struct Schema {
    Target target{};
    int version = featureVersion;
    bool regimesByImplied = false;     ///< regimes are told by implied volatilities too
    std::vector<std::string> features; ///< by name, in their order

    friend bool operator==(const Schema&, const Schema&) = default;
};

/// What differs between the two, in words: "feature 3 is skew and not implied". Empty: nothing.
std::string differenceOf(const Schema& found, const Schema& wanted);

/// A decision that has an answer.
struct Example {
    base::Date session{};     ///< t
    std::size_t known = 0;    ///< place of t−1 among the history's days: the last that its features know
    std::size_t labelEnd = 0; ///< place of the last day that its answer hangs on
    bool answer = false;
    std::optional<risk::Regime> regime; ///< as of t−1
};

/// Examples in the order of time, with their features by rows.
struct Dataset {
    Schema schema;
    std::vector<Example> examples;
    std::vector<double> features; ///< size() times schema.features.size(), all finite
    base::Date lastKnown{};       ///< last day of the history that any answer hangs on

    std::size_t size() const { return examples.size(); }
    std::size_t width() const { return schema.features.size(); }
    std::span<const double> row(std::size_t at) const { return std::span(features).subspan(at * width(), width()); }
    std::size_t yesCount() const;
};

/// Every day of the table of which all features and the answer are known.
/// Errors  a day out of order or with an impossible figure; too few examples (500) or too few of one answer (25) to learn from, saying
///         how many there are and why that may be; Cancelled.
base::Result<Dataset> datasetOf(const HistoryTable& table, Target target, const std::stop_token& stop = {});

} // namespace vegadesk::learning::market_signals
