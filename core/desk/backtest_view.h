#pragma once

#include "backtest/engine.h"
#include "desk/backtest_views.h"
#include "storage/trial_store.h"

namespace vegadesk::desk
{

/// What the window shows of a run: its curve, figures, trades, attribution and ledgers. The request and what became of it are the
/// caller's.
BacktestReport viewOf(std::shared_ptr<const backtest::Report> report);

/// Fills by order and settlement as they add up to a trade's book at its beginning and end. A settlement is nobody's order: those
/// of the trade's lifetime are its own, since a strategy has one trade at a time in an underlying.
void addBooks(BacktestTrade& trade, const backtest::Report& report);

/// A kept run; fields are empty where its text is not what storedTrial() writes.
BacktestTrial trialView(const storage::StoredTrial& trial);

} // namespace vegadesk::desk
