#pragma once

#include "strategies/strategy.h"
#include "strategies/structure/structure.h"

namespace vegadesk::strategies
{

/// What speaks against opening anything by the rules of entry that need no leg; empty when nothing does.
std::optional<NoEntry> reasonToStayOut(const StrategyState& state, const EntryRules& rules);

/// The structure's one candidate now, or the first thing that speaks against it.
Candidates candidatesOf(const StrategyState& state, const Structure& structure);

} // namespace vegadesk::strategies
