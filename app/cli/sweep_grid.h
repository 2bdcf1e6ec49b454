#pragma once

#include "backtest/sweep.h"

#include <string>
#include <vector>

namespace vegadesk::cli
{

/// Reads a JSON object whose names are a strategy's parameters and whose values are lists ([0.1, 0.2], ["width"]) or ranges
/// ({"from": 0.1, "to": 0.3, "step": 0.05}, both ends included). In the order of the names.
/// Errors: name file and parameter.
base::Result<std::vector<backtest::SweepAxis>> readGrid(const std::string& file);

} // namespace vegadesk::cli
