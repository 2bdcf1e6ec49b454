#pragma once

#include "tastytrade/wire/lists.h"
#include "venue/market_model.h"

#include <span>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// What a quote alert comes to.
struct AlertOutcome {
    std::string id;       ///< of the alert
    bool isFired = false; ///< false: it has expired
};

/// Those of `alerts` that are over at `at`, fired or expired; the others wait on. Strictly above or below the threshold; a
/// figure that the market does not have (no bid, no trade yet, no such symbol) is neither. "IV" of an option is its own, of
/// an underlying the one at the money a month ahead.
/// Source  the protocol reference, 6.4.
std::vector<AlertOutcome> alertsOver(std::span<const tastytrade::wire::QuoteAlert> alerts, MarketModel& market,
                                     base::Instant at);

} // namespace vegadesk::venue
