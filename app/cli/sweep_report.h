#pragma once

#include "backtest/walk_forward.h"

#include <QJsonObject>

#include <string>
#include <utility>
#include <vector>

namespace vegadesk::cli
{

/// One run of a sweep, done now or known from before.
struct SweepRow {
    std::vector<std::pair<std::string, std::string>> parameters; ///< those of the grid
    std::string content;
    std::vector<backtest::Metric> metrics;
    std::string failure; ///< empty: there are metrics
    bool wasKnown = false;

    double metric(std::string_view id) const { return backtest::valueOf(metrics, id); }
};

struct SweepResult {
    std::string strategy, underlying, data, dataHash;
    backtest::Shard shard;
    std::vector<SweepRow> rows; ///< in the grid's order
    std::size_t missing = 0;    ///< of other shards, and not in the database yet
    std::size_t trials = 0;     ///< of the strategy on these data so far
    double seconds = 0;
};

/// Figures that are not known are null.
QJsonObject toJson(const SweepResult& result);
/// A line a run: parameters, then every figure. What is not known is empty.
std::string toCsv(const SweepResult& result);
/// The best by Sharpe ratio.
std::string toText(const SweepResult& result);

QJsonObject toJson(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes);
std::string toText(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes);

/// The grid's parameters as a config has them.
std::vector<std::pair<std::string, std::string>> parametersOf(const backtest::Config& config,
                                                              const std::vector<backtest::SweepAxis>& axes);

} // namespace vegadesk::cli
