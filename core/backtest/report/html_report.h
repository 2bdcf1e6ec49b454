#pragma once

#include "backtest/engine.h"

#include <string>

namespace vegadesk::backtest
{

/// The whole report as one page: curves, months, trades, attribution, intervals, every assumption and what to keep in mind. It
/// refers to nothing outside itself and runs no script.
std::string htmlReport(const Report& report);

} // namespace vegadesk::backtest
