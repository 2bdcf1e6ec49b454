#pragma once

#include "backtest/engine.h"

#include <string>
#include <vector>

namespace vegadesk::backtest
{

/// What a run assumed of the account besides fills, what came of it, and what is not modelled, for the page on honesty.
std::vector<std::string> realismSentences(const Report& report);
/// Of a row of the sensitivity, where `own` states a chance for resting orders: ", resting orders filling by a chance of 50 %".
std::string passiveWords(const SensitivityRow& row, const execution::FillSettings& own);

} // namespace vegadesk::backtest
