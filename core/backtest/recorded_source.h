#pragma once

#include "history/chain_source.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace vegadesk::backtest
{

/// Recorded chains of a folder or a table as a strategy needs them: of the underlying, and of the members that the folder's basket.csv
/// names where the strategy trades those too. Lines that cannot be read are left out, and the description says how many.
/// Errors: an unknown strategy; those of history::openSoundChains() or openSoundBasket().
base::Result<std::unique_ptr<history::ChainSource>> recordedSource(std::string_view strategy, const std::string& path,
                                                                   std::string_view underlying,
                                                                   const std::stop_token& stop = {});

} // namespace vegadesk::backtest
