#pragma once

#include "strategies/chain_selection.h"
#include "strategies/structure/structure.h"

#include <vector>

namespace vegadesk::strategies
{

/// The contracts of a structure's legs, in their order, or the first thing that is missing. Puts by delta stand below calls by
/// delta; nothing expires within ExitRules::days.
tl::expected<std::vector<Contract>, NoEntry> findLegs(const StrategyState& state, const Structure& structure);

/// The contract of one rule in `expiration`; `others` are those found so far, by the rules' index.
std::optional<Contract> findLeg(const StrategyState& state, const LegRule& rule, std::size_t expiration,
                                std::span<const std::optional<Contract>> others);

/// What opens one unit of them.
std::vector<portfolio::OrderLeg> openingLegs(const StrategyState& state, const Structure& structure,
                                             std::span<const Contract> contracts);

/// The widest distance between a long and a short leg of one right and expiry; 0 where there is no such pair.
double widthOf(const StrategyState& state, const Structure& structure, std::span<const Contract> contracts);

} // namespace vegadesk::strategies
