#pragma once

#include "backtest/walk_forward.h"
#include "desk/sweep_views.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

/// A walk-forward as the window and the command line show it.
namespace vegadesk::desk
{

/// `configs`: those that it picked from, combinations() of `axes`; `asked`: what the stitched run was asked as.
std::shared_ptr<const WalkForwardView> viewOf(const backtest::WalkForward& walked,
                                              const backtest::WalkForwardSettings& settings,
                                              std::span<const backtest::Config> configs,
                                              std::span<const backtest::SweepAxis> axes, const BacktestRequest& asked);
/// A line a stretch, oldest first, by the names that JSON has: its days, the value picked on each axis, the objective in and out of
/// sample, profit and trades. What is not known is empty.
std::string foldsTable(const backtest::WalkForward& walked, std::span<const backtest::Config> configs,
                       std::span<const backtest::SweepAxis> axes);

} // namespace vegadesk::desk
