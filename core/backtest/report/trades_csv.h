#pragma once

#include "backtest/engine.h"

#include <span>
#include <string>

namespace vegadesk::backtest
{

/// One line of a CSV file, its end included: cells with commas, quotes or line breaks in quotes, as RFC 4180 has it.
std::string csvLine(std::span<const std::string> cells);

/// A line a trade, oldest first: times in UTC, dollars after fees, and where the profit came from by portfolio::ProfitSource
/// ("from_fees" is the part of the profit that "fees", paid, took).
std::string tradesCsv(const Report& report);

} // namespace vegadesk::backtest
