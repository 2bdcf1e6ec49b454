#pragma once

#include "backtest/walk_forward.h"
#include "desk/counted_sweep.h"

#include <QJsonObject>

#include <string>
#include <vector>

namespace vegadesk::cli
{

struct SweepResult {
    desk::CountedSweep sweep;
    backtest::Shard shard;
    std::vector<std::string> signals; ///< sentences on what entries waited for
    double seconds = 0;
};

/// Figures that are not known are null.
QJsonObject toJson(const SweepResult& result);
/// The best by Sharpe ratio.
std::string toText(const SweepResult& result);

QJsonObject toJson(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes);
std::string toText(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes);

} // namespace vegadesk::cli
