#pragma once

#include "desk/backtest_views.h"

#include <stop_token>

namespace vegadesk::desk
{

/// The quotes that `request`'s run had at a moment of one of its trades, read anew from the same source, and what they make of the
/// book the trade then had: payoff by the ticket's figures, European as backtests read them.
/// Failures (data that are gone, or have no such picture any more; a stop) are in the picture.
TradePicture tradePicture(const BacktestRequest& request, const BacktestTrade& trade, TradeMoment moment,
                          const std::stop_token& stop);

} // namespace vegadesk::desk
