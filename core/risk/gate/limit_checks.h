#pragma once

#include "risk/gate/measures.h"

#include <span>
#include <vector>

/// What only an order that may add risk is held against. Each adds to `refusals`.
namespace vegadesk::risk
{

void checkClock(const GateState& state, std::span<const InstrumentState> instruments, std::vector<Refusal>& refusals);
void checkDailyLoss(const GateState& state, double loss, const Limits& limits, std::vector<Refusal>& refusals);
/// Position and leverage.
void checkBook(const portfolio::OrderIntent& intent, const GateState& state, const Measures& measures,
               const Limits& limits, std::vector<Refusal>& refusals);
void checkBuyingPower(const portfolio::OrderIntent& intent, const GateState& state, const Measures& measures,
                      const GateFigures& figures, const Limits& limits, std::span<const InstrumentState> instruments,
                      std::vector<Refusal>& refusals);
/// Loss of one trade, the account's stress, value at risk, and how many trades strategies have open.
void checkTrade(const portfolio::OrderIntent& intent, const GateState& state, const GateFigures& figures,
                const Limits& limits, std::vector<Refusal>& refusals);
/// Each leg alone: a refusal or a warning, as the limits say.
void checkLegStates(const portfolio::OrderIntent& intent, const Limits& limits, GateFigures& figures,
                    std::vector<Refusal>& refusals);

} // namespace vegadesk::risk
