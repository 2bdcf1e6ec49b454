#pragma once

#include "pricing/forward.h"

namespace vegadesk::desk
{

/// Used where an expiry's own prices do not tell: put-call parity gives the forward wherever a pair is quoted, and the
/// discount too for European options.
inline constexpr pricing::Rates assumedRates{0.04, 0.0};

} // namespace vegadesk::desk
