#pragma once

#include "backtest/engine.h"

#include <string>
#include <vector>

namespace vegadesk::backtest
{

/// What every report has to say about itself, from its figures.
std::vector<std::string> honestyOf(const Report& report);

} // namespace vegadesk::backtest
