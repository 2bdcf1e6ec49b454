#pragma once

#include "backtest/engine.h"
#include "backtest/shared_chains.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace vegadesk::backtest
{

/// One parameter of a strategy and the values it is to take, as a command line would give them.
struct SweepAxis {
    std::string name;
    std::vector<std::string> values; ///< at least one, all different
};

/// The values from `first` to `last`, both included, `step` > 0 apart.
/// Errors: a step that is not positive, an end before the start, more than 10000 values.
base::Result<std::vector<std::string>> valuesFrom(double first, double last, double step);

inline constexpr std::size_t sweepRunsMost = 100'000;

/// How many combinations() makes, and whether it makes them, without making any.
/// Errors: a parameter twice, no values, a value twice, one that the strategy does not take, more than sweepRunsMost combinations.
base::Result<std::size_t> combinationCount(const Config& base, std::span<const SweepAxis> axes);
/// Every combination of the axes' values on top of `base`, the last axis fastest. Without axes: `base` alone.
/// Errors: those of combinationCount(); Cancelled.
base::Result<std::vector<Config>> combinations(const Config& base, std::span<const SweepAxis> axes,
                                               const std::stop_token& stop = {});
/// The error of whatever was stopped before it was done.
tl::unexpected<base::Error> cancelled(std::string_view what);

/// Part `index` of `count`: those whose place, counted from 0, leaves index − 1 when divided by count. The parts share nothing and
/// together are everything.
struct Shard {
    std::size_t index = 1, count = 1; ///< 1 <= index <= count
};
/// Reads "2/8".
base::Result<Shard> parseShard(std::string_view text);
bool isIn(const Shard& shard, std::size_t place);

struct SweepProgress {
    std::size_t done = 0, total = 0; ///< runs
    double fraction = 0;             ///< with what runs at the moment have done
    double secondsLeft = market::unknown;
};

/// Both are called on the thread that called sweep().
struct SweepOptions {
    unsigned threads = 0;                                   ///< 0: as many as the machine has
    std::function<void(const SweepProgress&)> onProgress{}; ///< about twenty times a second, and at the end
    /// What became of the run at `place` in the configs, in no order. A run that was cancelled is not told of.
    std::function<void(std::size_t place, const base::Result<Report>& report)> onRun{};
};

/// Runs every config on the same chains. Stops, with every thread, within a snapshot of a stop request.
/// Each run is as run() alone would give it, whatever the number of threads.
/// Errors: Cancelled. What single runs fail with is told to onRun.
base::Result<void> sweep(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                         const SweepOptions& options, std::stop_token stop = {});

} // namespace vegadesk::backtest
