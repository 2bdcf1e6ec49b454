#pragma once

#include "backtest/engine.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which days of a walk-forward are picked on and which are traded. Nothing here runs anything.
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

/// How many steps there are at most over `days` dates, before anything has run: days between that only the first step tells count as
/// none.
/// Errors: fewer days than one step needs; more than sweepRunsMost in-sample runs of that many configs.
base::Result<std::size_t> plannedFolds(std::size_t days, std::size_t configs, const WalkForwardSettings& settings);
/// The same from the dates of `base` by the calendar, before data are read, where data have all of its days; 0 where it does not say
/// from when to when.
base::Result<std::size_t> plannedFolds(const Config& base, std::size_t configs, const WalkForwardSettings& settings);

} // namespace vegadesk::backtest
