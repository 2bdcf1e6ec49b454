#pragma once

#include "desk/backtest_views.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the window asks of sweeps, and what it is shown. Plain values; what has been published is never changed.
namespace vegadesk::desk
{

/// The most settings that a sweep of the window has; the command line takes more, and divides them among machines.
inline constexpr std::size_t sweepSettingsMost = 20'000;

/// A parameter and the values it is to take, in the words of base::Parameters.
struct SweepAxis {
    std::string name;
    std::vector<std::string> values;
};

/// Pick on earlier days, trade the next: see backtest::WalkForwardSettings.
struct WalkForwardRequest {
    bool isAnchored = false;
    int inSample = 252, outOfSample = 63;  ///< trading days
    std::optional<int> purge{}, embargo{}; ///< trading days; empty: the longest that a trade was held
    std::string objective = "sharpe";
};

struct SweepRequest {
    BacktestRequest base; ///< its parameters are those that no axis changes
    std::vector<SweepAxis> axes;
    std::optional<WalkForwardRequest> walkForward{}; ///< empty: every setting on all days
};

/// How much work a request is.
struct SweepSize {
    std::size_t settings = 1;
    std::size_t folds = 0; ///< of a walk-forward, about: days between are known when the chains are read. 0: a sweep
    std::size_t runs() const { return folds == 0 ? settings : settings * folds + folds; }
};

enum class SweepStage : std::uint8_t { Reading, Running };
struct SweepProgress {
    std::uint64_t id = 0;
    SweepStage stage = SweepStage::Reading;
    std::size_t done = 0, total = 0; ///< runs
    double fraction = 0;             ///< of the stage
    double secondsLeft = unknown;    ///< of the stage
};

/// A figure that every run of a sweep has.
struct SweepMetric {
    std::string id, unit; ///< as BacktestMetric's
};
struct SweepRun {
    std::vector<std::size_t> places; ///< of its values, one an axis
    std::vector<double> figures;     ///< one a metric of the report; empty: it failed, or never ran
    std::string failure;             ///< empty, unless it was tried and failed
    bool wasKnown = false;           ///< it ran earlier, here or on another machine
};

struct FoldView {
    base::Date inFirst{}, inLast{}, outFirst{}, outLast{};
    std::vector<std::string> picked; ///< values, one an axis
    double inSample = unknown;       ///< the objective
    double inSampleProfit = unknown; ///< dollars; unknown: no setting had the objective, so that the first was traded
    double outOfSample = unknown;    ///< the objective
    double netProfit = unknown;      ///< dollars, out of sample
    std::size_t trades = 0;
    bool endsOpen = false;

    bool lostInSample() const { return inSampleProfit < 0; } ///< the best of a bad lot
};
struct WalkForwardView {
    std::string objective, unit; ///< unit as a metric's
    std::size_t purge = 0, embargo = 0, inSampleRuns = 0;
    std::vector<FoldView> folds;
    std::size_t untraded = 0;                         ///< stretches after the account had too little left
    double inSample = unknown, outOfSample = unknown; ///< means over folds that have both
    double kept = unknown; ///< the second over the first; unknown where the first is not above 0
    std::shared_ptr<const BacktestReport> stitched; ///< the out-of-sample days as one account
    std::string page;                               ///< their whole report as one HTML page
    std::string table, trades;                      ///< the folds, and the trades of the stitched days, as CSV
};

/// A sweep or a walk-forward that ended, or what is kept of one.
struct SweepReport {
    std::uint64_t id = 0; ///< 0: of the database
    std::string strategy, underlying;
    std::string data;           ///< the source's own description
    base::Date first{}, last{}; ///< of the chains
    SweepRequest request;       ///< as asked; of one from the database, only what it kept
    bool isSimulated = false;
    bool isCancelled = false;         ///< what had finished until then is here
    std::string failure;              ///< empty: it ran
    std::vector<std::string> signals; ///< sentences on what entries waited for; empty: for no trained model
    std::vector<SweepAxis> axes;
    std::vector<SweepMetric> metrics;
    std::vector<SweepRun> runs;                         ///< of a sweep, the last axis fastest
    std::size_t trials = 0;                             ///< of the strategy on these data so far
    std::string table;                                  ///< the runs as CSV
    std::shared_ptr<const WalkForwardView> walkForward; ///< null: a sweep
    double seconds = unknown;
};

/// What the database of trials has of sweeps: those trials of one strategy on the same days and with the same settings that differ in
/// parameters only.
struct StoredSweeps {
    std::vector<std::shared_ptr<const SweepReport>> sweeps; ///< the one with the newest trial first
    std::size_t taken = 0;                                  ///< trials that came from the other file
    std::string failure;                                    ///< empty: it was read
};

} // namespace vegadesk::desk
