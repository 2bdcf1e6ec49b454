#pragma once

#include <cstdint>

namespace vegadesk::pricing::calibration
{

/// How a search ended.
enum class Outcome : std::uint8_t {
    Converged,      ///< neither the parameters nor the sum of squares move any more
    IterationLimit, ///< still improving when the iterations ran out
    Stopped,        ///< asked to stop; the best point so far
    NotEvaluable    ///< the start itself gives no residuals
};

} // namespace vegadesk::pricing::calibration
