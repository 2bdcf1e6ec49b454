#pragma once

#include "strategies/volatility/dispersion_holding.h"
#include "strategies/volatility/dispersion_parameters.h"

#include <string>
#include <vector>

/// What is done with a dispersion trade that is held. States have a basket.
namespace vegadesk::strategies
{

/// All that is held in the index and its names, what is sold before what covers it. Nothing where a leg that is sold cannot be
/// priced now: half an exit is worse than a late one.
std::vector<Proposal> unwindAll(const DispersionSettings& settings, const StrategyState& state,
                                const std::string& reason);
/// Of names that report before the next session; of everything, where too few are left.
std::vector<Proposal> unwindReporting(const DispersionSettings& settings, const StrategyState& state,
                                      const DispersionHolding& holding);
/// Empty: the trade stays.
std::string reasonToLeave(const DispersionSettings& settings, const StrategyState& state,
                          const DispersionHolding& holding);

/// Whether a leg that is missing may still be traded: "leg_minutes" since the trade began.
bool mayComplete(const DispersionSettings& settings, const StrategyState& state);
/// The index' straddles to the names' that stand alone; names to the index' where they are missing.
std::vector<Proposal> completed(DispersionSettings settings, const StrategyState& state,
                                const DispersionHolding& holding);
/// Names to their parts of what belongs to the index, in whole straddles of those that are held.
std::vector<Proposal> balanced(const DispersionSettings& settings, const StrategyState& state,
                               const DispersionHolding& holding);

} // namespace vegadesk::strategies
