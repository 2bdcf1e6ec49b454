#pragma once

#include "base/error.h"
#include "venue/market_model.h"

#include <memory>
#include <string>

namespace vegadesk::venue
{

/// A recorded chain as a market (history/importers.h says what can be read).
///
/// Between two recorded instants each price walks from one recorded quote to the next, in whole ticks and in proportion to time,
/// bids rounded down and asks up; at the recorded instants it is the recording. A side that is missing at either end
/// keeps what it has. Before the first and after the last instant the quotes stand still. Recorded sizes come along; where
/// there are none, none are made up.
/// The clock starts at the first instant. Expiries of the last day settle at the last price of the underlying.
base::Result<std::unique_ptr<MarketModel>> makeReplayedMarket(const std::string& folder,
                                                              const std::string& underlying = {});

} // namespace vegadesk::venue
