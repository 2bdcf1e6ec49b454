#pragma once

#include "base/time.h"
#include "portfolio/order_intent.h"

#include <string>
#include <string_view>

namespace vegadesk::trading
{

/// How the origin of a strategy's order begins; its registry name follows.
inline constexpr std::string_view strategyOrigin = "strategy:";
inline constexpr std::string_view hedgeOrigin = "hedge:";

/// Whose order it is: the strategy's name, empty for everybody else's.
constexpr std::string_view strategyOf(std::string_view origin)
{
    for (const std::string_view prefix : {strategyOrigin, hedgeOrigin}) {
        if (origin.starts_with(prefix))
            return origin.substr(prefix.size());
    }
    return {};
}

/// Of a strategy's trade, "iron_condor:SPY:20230103T204500": unique because it opens one at a time in an underlying, and readable
/// in a list of orders.
std::string groupName(std::string_view strategy, std::string_view underlying, base::Instant now);
/// The underlying that the order's trade was opened for. A basket's orders go to several underlyings under one group, whose name
/// says it; where that says nothing, the order's own.
std::string_view homeOf(const portfolio::OrderIntent& intent);

} // namespace vegadesk::trading
