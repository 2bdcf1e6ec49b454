#pragma once

#include "pricing/american/boundary.h"

namespace vegadesk::pricing::american_detail
{

/// Fills the nodes of a boundary that has its frame; isSolved says whether Newton's method came to rest on a boundary
/// that falls with time. like: null, or a solved boundary of nearby inputs to start from.
void solveSystem(Boundary& boundary, RateGreek rate, const Boundary* like) noexcept;

} // namespace vegadesk::pricing::american_detail
