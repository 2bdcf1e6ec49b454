#pragma once

#include "backtest/engine.h"
#include "history/corporate_events.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace vegadesk::backtest
{

/// The simulated market from `from` to `to` as a strategy needs it: chains of the underlying, and of its heaviest constituents where the
/// strategy trades those too.
/// Errors: an unknown strategy; those of the history's sources.
base::Result<std::unique_ptr<history::ChainSource>>
generatedSource(std::string_view strategy, std::string_view underlying, base::Date from, base::Date to,
                std::uint64_t seed, int snapshotsPerDay = 1,
                history::CorporateEvents events = history::CorporateEvents::Ignored);

} // namespace vegadesk::backtest
