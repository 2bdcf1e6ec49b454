#pragma once

#include "base/error.h"

#include <cstddef>
#include <string>

namespace vegadesk::benchmarks
{

struct NaiveResult {
    std::size_t marks = 0, trades = 0;
    double profit = 0; ///< dollars
};

/// What a script does with a table in optopsy's layout: every line a dictionary from column to text, every day a dictionary of
/// contracts. Sells the condor of 0.30 and 0.16 deltas (the table's own) nearest to 45 days, marks it at the mids every day, and leaves
/// at half of the credit, twice the credit or 21 days. No spread, fees, margin, limits or attribution.
/// Errors: a file that cannot be read.
base::Result<NaiveResult> naiveCondor(const std::string& path);

} // namespace vegadesk::benchmarks
