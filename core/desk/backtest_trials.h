#pragma once

#include "backtest/engine.h"
#include "storage/trial_store.h"

namespace vegadesk::desk
{

/// A run as the store keeps it, with the figures of a single trial.
storage::StoredTrial storedTrial(const backtest::Report& report);
/// The figures of a stored run; empty where its text is not what storedTrial() writes.
std::vector<backtest::Metric> metricsOf(const storage::StoredTrial& trial);

/// Counts the run among the trials of its strategy, once however often it runs, and judges it by their number. One that was
/// cancelled is no trial.
base::Result<void> countTrial(storage::TrialStore& store, backtest::Report& report);
/// Judges `report` by the trials that there are, this one not counted anew: those that it is kept among, where it is.
base::Result<void> judgeByTrials(storage::TrialStore& store, backtest::Report& report);

} // namespace vegadesk::desk
