#pragma once

#include "backtest/sweep.h"
#include "backtest/walk_forward_plan.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace vegadesk::backtest
{

struct FoldResult {
    Fold fold;
    std::size_t picked = 0; ///< place in the configs; the first of equals
    double inSample =
        market::unknown; ///< the objective there; NaN: nothing was lost, see rankOf(), or no config had one
    double inSampleProfit = market::unknown; ///< dollars of what was picked, there; NaN: no config had the objective
    double outOfSample = market::unknown;
    double netProfit = 0; ///< out of sample
    std::size_t trades = 0;
    bool endsOpen = false; ///< its last trade was open at the end, and is counted at the mid

    /// The best of a bad lot.
    bool lostInSample() const { return inSampleProfit < 0; }
};

struct WalkForward {
    std::size_t purge = 0, embargo = 0; ///< as used
    std::vector<FoldResult> folds;
    std::size_t untraded = 0; ///< stretches at the end that are not in `folds`
    std::string stopped{};    ///< why, in words; empty: all were traded
    std::size_t inSampleRuns = 0;
    double inSample = market::unknown,
           outOfSample = market::unknown; ///< means of the objective, of folds that have both
    /// How much of what was picked for is left out of sample: outOfSample / inSample. NaN where nothing good was picked
    /// (inSample not above 0), since the ratio of two losses says nothing.
    double kept = market::unknown;
    /// All out-of-sample stretches as one run, each with the capital that the one before left: the headline. Its config is the first
    /// one. Rows of its sensitivity are accounts of their own through the same stretches with what was picked, at other fills.
    Report stitched;
};

/// Picks parameters in sample only and trades them out of sample, again and again.
/// `configs`: combinations(), with `from` and `to` as limits of the whole; the first is the base.
/// `options`: onRun is told of in-sample runs (by place in configs), onProgress of all. `onOutOfSample`: of the others.
/// Errors: Cancelled; what plannedFolds() refuses, before anything runs; too few days for the days between that the first step
/// tells; what a run fails with.
base::Result<WalkForward> walkForward(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                                      const WalkForwardSettings& settings, const SweepOptions& options,
                                      const std::function<void(const Report&)>& onOutOfSample = {},
                                      std::stop_token stop = {});

} // namespace vegadesk::backtest
