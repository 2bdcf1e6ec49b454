#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Strategies in which assignment is a step and no accident. What is held says what comes next, so a restart goes on in the middle:
///
///   nothing           covered_call buys lots of shares, cash_secured_put and wheel sell puts
///   short puts        bought back at the target, the limits' stop or exit_days; else assigned, or they end worthless
///   shares alone      covered_call and wheel sell a call for each whole lot; cash_secured_put sells the shares
///   shares and calls  the calls are bought back at the target or exit_days, and the next are sold; else the shares are called away
///
/// Puts    never more than net liquidation could pay for at their strikes, and what they lose under stress is within a trade's
///         loss, as the gate counts it: with a small account or a dear underlying there is no put that fits, and it says so.
/// Shares  have no loss that a trade ends with: what they lose under stress and their margin bound them, and a stop of their own.
/// Orders  shares and options go in orders of their own: the shares first, the calls once those have filled.
/// Source  the domain reference, C5; margins by portfolio::marginOf().
StrategyInfo coveredCall();
StrategyInfo cashSecuredPut();
StrategyInfo wheel();

} // namespace vegadesk::strategies
