#pragma once

#include "strategies/strategy.h"

#include <cmath>
#include <vector>

namespace vegadesk::strategies
{

/// What a wheel holds, which is all that it knows of where it stands.
struct WheelHolding {
    base::Quantity shares = 0;
    double cost = market::unknown; ///< of a share, as it was bought or assigned
    base::Quantity shortCalls = 0; ///< contracts, positive
    std::vector<portfolio::Position> options;
};

inline WheelHolding wheelHolding(const StrategyState& state)
{
    WheelHolding holding;
    for (const portfolio::Position& position : state.positions) {
        if (position.type != market::InstrumentType::EquityOption) {
            holding.shares += position.quantity;
            holding.cost = position.averageOpenPrice.toDouble();
            continue;
        }
        holding.options.push_back(position);
        const auto place = market::find(*state.chain, position.symbol);
        if (position.quantity < 0 && (!place || place->right == market::Right::Call))
            holding.shortCalls += -position.quantity; // one that is not listed any more may be a call
    }
    return holding;
}

} // namespace vegadesk::strategies
