#pragma once

#include "backtest/engine.h"

#include <string>

namespace vegadesk::backtest
{

/// Where the profit came from, as HTML: bars of all sources, and a table of the largest trades by source. What is not shown one by
/// one is in a row of its own, so that the columns add up to the last row, and that to the net profit. Empty without trades.
std::string attributionSection(const Report& report);

} // namespace vegadesk::backtest
