#pragma once

#include "base/parameters.h"
#include "strategies/structure/structure.h"

#include <vector>

namespace vegadesk::strategies
{

/// Specs of how the long strikes of a condor or a butterfly are chosen: wings, wing_delta, wing_width.
void addWingSpecs(std::vector<base::ParameterSpec>& specs, bool byDeltaFirst, double delta, double width);
/// The long leg that those parameters choose beside the short one at index `from`.
LegRule wingOf(const base::Parameters& parameters, market::Right right, std::size_t from);

} // namespace vegadesk::strategies
