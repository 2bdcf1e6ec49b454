#pragma once

#include "backtest/sweep.h"
#include "storage/trial_store.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// Sweeps whose runs are kept among the trials, so that none runs twice: for the window and the command line alike.
namespace vegadesk::desk
{

/// One run of a sweep, done now or known from before.
struct CountedRun {
    std::vector<std::string> values; ///< one an axis, as base::Parameters writes them
    std::string content;             ///< backtest::contentHash()
    std::vector<backtest::Metric> metrics;
    std::string family;    ///< whose trials it is counted among
    std::string failure;   ///< empty, unless it was tried now and failed
    bool wasKnown = false; ///< from before

    bool isMissing() const { return metrics.empty() && failure.empty(); }
    double metric(std::string_view id) const { return backtest::valueOf(metrics, id); }
};

struct CountedSweep {
    std::string strategy, underlying, data, dataHash;
    std::vector<std::string> axes; ///< names
    std::vector<CountedRun> runs;  ///< in the grid's order; missing: another shard's, or it was cancelled before
    std::size_t trials = 0; ///< of the strategy on these data so far; of the larger family where runs are of several
};

/// Which of the configs are to run; the others are only looked up.
using IsMine = std::function<bool(std::size_t place)>;

/// Runs what is not among the trials yet and counts it there. `configs` are combinations() of `axes`, one at least.
/// Every run's "trials" and "deflated_sharpe" are by the number of trials at the end. `options`: onProgress only.
/// A cancelled sweep is no error: what had finished until then is in it, and the rest is missing.
/// Errors: of the store.
base::Result<CountedSweep> sweepCounted(std::span<const backtest::Config> configs,
                                        std::span<const backtest::SweepAxis> axes,
                                        std::shared_ptr<const backtest::SharedChains> data, storage::TrialStore& store,
                                        const IsMine& isMine, const backtest::SweepOptions& options,
                                        const std::stop_token& stop);

/// The values that `config` has on these axes.
std::vector<std::string> valuesOn(std::span<const backtest::SweepAxis> axes, const backtest::Config& config);
/// A line a run: values, then every figure by its id, content and failure. What is not known is empty, and what is missing has no line.
std::string sweepTable(const CountedSweep& sweep);

} // namespace vegadesk::desk
