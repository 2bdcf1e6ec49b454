#pragma once

#include "risk/limits.h"

namespace vegadesk::testing
{

/// A profile's position, leverage and daily loss, and everything else as wide as it may be: for tests of those three.
inline risk::Limits wideLimits(risk::Tolerance tolerance)
{
    risk::Limits limits = risk::limitsFor(tolerance);
    limits.strategyPositions = 1000;
    limits.tradeLoss = risk::hardTradeLossCap;
    limits.buyingPowerUsed = risk::hardBuyingPowerCap;
    limits.stress = limits.valueAtRisk = 1;
    limits.refusesLegStates = false;
    return limits;
}

} // namespace vegadesk::testing
