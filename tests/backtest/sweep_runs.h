#pragma once

#include "backtest/engine_runs.h"
#include "backtest/shared_chains.h"
#include "backtest/sweep.h"

#include <memory>
#include <vector>

namespace vegadesk::tests
{

/// What sweeps are tried on: read once, replayed often.
inline std::shared_ptr<const backtest::SharedChains> januaryAndFebruary()
{
    return backtest::SharedChains::read(*generated(january, base::makeDate(2023, 2, 28))).value();
}

inline backtest::Config plainCondor()
{
    backtest::Config config = configFor("iron_condor", {{"min_credit", "0.1"}});
    config.withSensitivity = config.withBootstrap = false;
    return config;
}

inline const std::vector<backtest::SweepAxis> twoByTwo{{"short_delta", {"0.2", "0.3"}},
                                                       {"profit_target", {"0.25", "0.5"}}};

} // namespace vegadesk::tests
