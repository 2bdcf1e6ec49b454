#pragma once

#include "strategies/strategy.h"
#include "strategies/structure/structure.h"

namespace vegadesk::strategies
{

/// What the structure's rules of leaving say of the positions held: all of them, or the side that a rule is about. Nothing where
/// a contract or a quote that it takes is not known.
std::vector<Proposal> exitsOf(const StrategyState& state, const Structure& structure);

/// The roll that RollRules ask for, of one order: both legs of the untested side are closed and opened nearer to the spot, as wide
/// as before and for a credit, so that what can be lost does not grow. Nothing of positions that are no condor.
std::vector<Proposal> rollsOf(const StrategyState& state, const Structure& structure);

} // namespace vegadesk::strategies
