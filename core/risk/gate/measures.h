#pragma once

#include "risk/exposure.h"
#include "risk/gate/book_cache.h"
#include "risk/limits.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::risk
{

/// Of what is left of net liquidation. Where nothing is left, any figure is beyond every limit: infinite.
double fractionOf(double cash, double netLiquidation);

/// Everything the limits are compared with, before and after an order.
struct Measures {
    Exposure before, after;
    Exposure without;                        ///< as before, and the replaced order gone
    double otherDollarDelta = 0;             ///< Σ over the underlyings that the order does not touch
    double otherStress = 0;                  ///< likewise of the account's stress
    double netLiquidation = market::unknown; ///< less what working orders elsewhere cost at once
    double heldBefore = 0, heldAfter = 0;    ///< by positions, and by positions and the order, in its underlying
    std::vector<std::string> unknown;
    std::set<std::string> old; ///< underlyings whose options' figures are too old, wherever in the book

    double netLiquidationAfter() const { return netLiquidation - after.entryCost; }
    double netLiquidationBefore() const { return netLiquidation - before.entryCost; }
    double positionBefore() const { return fractionOf(before.size(), netLiquidationBefore()); }
    double positionAfter() const { return fractionOf(after.size(), netLiquidationAfter()); }
    double leverageBefore() const { return fractionOf(otherDollarDelta + before.dollarDelta, netLiquidationBefore()); }
    double leverageAfter() const { return fractionOf(otherDollarDelta + after.dollarDelta, netLiquidationAfter()); }
    bool isKnown() const;
};

Measures measure(const portfolio::OrderIntent& intent, const GateState& state, BookCache& book);

/// Cannot add risk in any fill state: see Gate.
bool isReducing(const portfolio::OrderIntent& intent, const GateState& state, const Measures& measures,
                const Limits& limits, BookCache& book);

/// `instruments` are those of the legs.
GateFigures figuresOf(const portfolio::OrderIntent& intent, const GateState& state, const Measures& measures,
                      const Limits& limits, std::span<const InstrumentState> instruments, BookCache& book);

} // namespace vegadesk::risk
