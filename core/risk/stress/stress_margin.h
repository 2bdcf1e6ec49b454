#pragma once

#include "risk/stress/stress_grid.h"

#include <optional>
#include <vector>

namespace vegadesk::risk
{

/// What an account could still hold against new risk after a stress, and how far spots are from a margin call.
///
/// Free     net liquidation after the cell less what options are worth there, as they lend nothing, less what
///          portfolio::marginOf() holds there: the buying power of B3's rules. An option's worth is its mark moved by the
///          model's change, or the model's where there is no mark. One that has expired counts as settled in cash.
struct StressMargin {
    std::vector<double> free; ///< cash; a cell each, in the order of StressGrid::profits; below 0 is a margin call
    double freeNow = 0;
    /// The smallest fall and rise, on a ladder of one percent refined to a thousandth of one, that bring free buying power
    /// below 0 today, with volatilities as they are; 0 where it is so already, none where no move up to 50 % does. Moves of
    /// the index where SpotRule::ByBeta says so.
    std::optional<double> callDown, callUp;
};

/// Costs a third of a millisecond a cell for hundreds of positions, several times as much as the grid itself.
/// Errors  as stressGridOf(); BadInput for net liquidation, and as checkBook() where a position is unknown: a requirement
///         without it would be no requirement.
base::Result<StressMargin> stressMarginOf(Revaluation& revaluation, const StressOptions& options = {});

} // namespace vegadesk::risk
