#pragma once

#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::portfolio
{

/// What is known of the instrument of one leg of an order.
struct LegFacts {
    double mark = market::unknown; ///< per share
    int multiplier = 100;
    std::optional<market::OptionTerms> option;
};

struct HeldLeg {
    std::string symbol;
    base::Quantity quantity = 0; ///< signed, never 0

    friend bool operator==(const HeldLeg&, const HeldLeg&) = default;
};

/// What an order does to the positions in its underlying when all of it fills.
struct PositionChange {
    OrderEffect effect = OrderEffect::Opens;
    std::vector<HeldLeg> before, after; ///< by symbol
    /// Cash that went into what is open, positive for what was bought; NaN where a price it needs is not known.
    double costBefore = 0, costAfter = 0;
    /// Cash that the closing legs make against their average open prices, without fees; 0 when none closes. NaN when a price
    /// is not known, or when they close more than is held.
    double realised = 0;
};

/// `held` are the positions in the order's underlying, `facts` is one entry a leg, in the legs' order. `cost` is the cash that
/// the order pays, negative when received, without fees.
///
/// Where an order closes and opens, its one net price does not say what each leg traded at: the legs that open count at
/// their marks, and the rest of the price is the closing legs'.
PositionChange changeBy(const OrderIntent& intent, std::span<const Position> held, std::span<const LegFacts> facts,
                        double cost);

} // namespace vegadesk::portfolio
