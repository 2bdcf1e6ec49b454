#pragma once

#include "base/error.h"
#include "portfolio/order_intent.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::cli
{

/// What the command line says of an order.
struct OrderWords {
    std::vector<std::string> legs;
    std::string underlying;      ///< empty: the legs' own
    std::optional<double> limit; ///< dollars a unit, unsigned; none: a market order
    bool isDebit = false, isCredit = false;
    std::string timeInForce = "day";
};

/// "buy to open 1 SPY 2026-12-18 600 C", the same with an OCC symbol, or shares: "buy to open 100 SPY".
base::Result<portfolio::OrderLeg> readLeg(std::string_view text);

/// Errors  name the option or the leg, the value and what is allowed: a spread that does not say whether its limit is paid.
base::Result<portfolio::OrderIntent> readOrder(const OrderWords& words);

} // namespace vegadesk::cli
