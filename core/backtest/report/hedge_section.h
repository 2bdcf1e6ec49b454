#pragma once

#include "backtest/engine.h"

#include <string>

namespace vegadesk::backtest
{

/// The ledgers of hedged trades as HTML: by the books and by the reasons, each with sums and what is left between them, and every
/// hedge of the largest trades. What is not shown is counted, and its profit is in the rows that are. Empty where nothing was hedged.
std::string hedgeSection(const Report& report);

} // namespace vegadesk::backtest
