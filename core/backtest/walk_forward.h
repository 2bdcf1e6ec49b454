#pragma once

#include "backtest/sweep.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::backtest
{

enum class WalkForwardWindow : std::uint8_t {
    Rolling, ///< the days that parameters are picked on move along
    Anchored ///< they begin with the data and grow
};

struct WalkForwardSettings {
    WalkForwardWindow window = WalkForwardWindow::Rolling;
    std::size_t inSample = 252;   ///< trading days that parameters are picked on; of the first stretch where anchored
    std::size_t outOfSample = 63; ///< trading days that they then trade
    /// Trading days between both that neither uses: the purge, since what was entered last in sample would still be open, and the
    /// embargo, since what the market did right after is not independent of it. Empty: the longest that a trade of any config
    /// was held on the first in-sample days, each.
    std::optional<std::size_t> purge{}, embargo{};
    std::string objective = "sharpe"; ///< the figure that the best parameters have most of; see walkForwardObjectives()
    double capitalLeast = 1000; ///< dollars, what check(Config) asks for at least: with less the rest is not traded
};
std::span<const std::string_view> walkForwardObjectives();
/// Names the first field outside its range.
base::Result<void> check(const WalkForwardSettings& settings);

/// One step: dates, all included.
struct Fold {
    base::Date inFirst{}, inLast{}, outFirst{}, outLast{};

    friend bool operator==(const Fold&, const Fold&) = default;
};
/// The steps over `dates` (ascending), out-of-sample stretches one after the other, the last one as long as there is data.
/// `gap`: days between in and out of sample.
/// Errors: fewer days than one step needs.
base::Result<std::vector<Fold>> foldsOf(std::span<const base::Date> dates, const WalkForwardSettings& settings,
                                        std::size_t gap);
/// How many of them `days` dates give; 0 where that is fewer than one step needs.
std::size_t foldCount(std::size_t days, const WalkForwardSettings& settings, std::size_t gap);

struct FoldResult {
    Fold fold;
    std::size_t picked = 0; ///< place in the configs; the first of equals
    double inSample =
        market::unknown; ///< the objective there; NaN: nothing was lost, see rankOf(), or no config had one
    double outOfSample = market::unknown;
    double netProfit = 0; ///< out of sample
    std::size_t trades = 0;
    bool endsOpen = false; ///< its last trade was open at the end, and is counted at the mid
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
    /// one; its Sharpe ratios of other spreads are not known.
    Report stitched;
};

/// Picks parameters in sample only and trades them out of sample, again and again.
/// `configs`: combinations(), with `from` and `to` as limits of the whole; the first is the base.
/// `options`: onRun is told of in-sample runs (by place in configs), onProgress of all. `onOutOfSample`: of the others.
/// Errors: Cancelled; bad settings; too few days; more in-sample runs than sweepRunsMost; what a run fails with.
base::Result<WalkForward> walkForward(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                                      const WalkForwardSettings& settings, const SweepOptions& options,
                                      const std::function<void(const Report&)>& onOutOfSample = {},
                                      std::stop_token stop = {});

} // namespace vegadesk::backtest
