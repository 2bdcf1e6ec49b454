#pragma once

#include "desk/backtest_json.h"

#include <string>

namespace vegadesk::cli
{

using desk::toJson;
/// For a terminal: metrics, the equity curve as a line of blocks, the trades, and what to keep in mind.
std::string toText(const backtest::Report& report);

} // namespace vegadesk::cli
