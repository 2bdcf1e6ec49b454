#pragma once

#include "base/time.h"

namespace vegadesk
{

/// When the kernel started this process, which is before main(): loading shared libraries counts. To 10 ms, from
/// /proc; where that cannot be read, now.
base::Instant processStart();

} // namespace vegadesk
