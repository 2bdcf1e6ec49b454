#pragma once

#include "backtest/sweep.h"
#include "desk/counted_sweep.h"
#include "desk/run_files.h"
#include "desk/sweep_views.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

/// Sweeps as the window asks for them, on the thread that calls.
namespace vegadesk::desk
{

/// How many runs a request makes. Reads no data.
/// Errors: what the sweep would be refused for before it begins, by field, value and allowed range.
base::Result<SweepSize> sizeOf(const SweepRequest& request);

/// What a sweep leaves behind.
struct SweepOutcome {
    SweepReport report;
    /// The chains, which take a while to free: the report need not wait for that.
    std::shared_ptr<const backtest::SharedChains> chains;
};
/// Runs it on all cores, or does its walk-forward. Failures are in the report. Needs a QCoreApplication.
/// `tell`: about twenty times a second, on the calling thread. `files.trials`: where runs are counted and looked up.
SweepOutcome runSweep(const SweepRequest& request, const std::stop_token& stop,
                      const std::function<void(const SweepProgress&)>& tell, const RunFiles& files);

/// The report of a sweep's runs.
void show(SweepReport& report, const CountedSweep& sweep);

/// What is kept of sweeps in `trialsFile`, after taking over what `other` has (empty: nothing). Of one setting alone there is no sweep.
StoredSweeps readSweeps(const std::string& trialsFile, const std::string& other, const std::stop_token& stop);

} // namespace vegadesk::desk
