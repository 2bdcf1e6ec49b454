#pragma once

#include "row.h"

#include <optional>
#include <vector>

namespace vegadesk::cli::bench
{

enum class Effort {
    Full, ///< half a second a repetition, the fastest of seven
    Quick ///< proves that everything runs; its times mean little
};

/// Nanoseconds an item, by Google Benchmark: the fastest repetition of each, as other work on the machine only adds.
/// Missing where the library reported an error.
struct Times {
    std::optional<double> ours;
    std::vector<std::optional<double>> references; ///< as the row's
};

/// The kernel's name goes to standard error, as a sign of life.
Times measure(const Row& row, Effort effort);

} // namespace vegadesk::cli::bench
