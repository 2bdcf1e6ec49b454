#pragma once

#include "base/parameters.h"

#include <vector>

namespace vegadesk::strategies
{

/// Calendar days to the expirations that a strategy with these parameters looks for, from its parameters in days whose names end
/// in "days_to_expiry" or are "far_days": for whoever must have their quotes before it can look. Empty when it says none.
std::vector<int> daysWanted(const base::Parameters& parameters);

} // namespace vegadesk::strategies
