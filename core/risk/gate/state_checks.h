#pragma once

#include "risk/gate/gate_state.h"
#include "risk/limits.h"

#include <vector>

/// What the state of trading, the feed, the books and the day's orders say against an order. Each adds to `refusals`.
namespace vegadesk::risk
{

void checkState(const portfolio::OrderIntent& intent, const GateState& state, bool isReducing,
                std::vector<Refusal>& refusals);
/// Orders of the day, working ones, and how often one was replaced: of what may add risk.
void checkRate(const GateState& state, const OrderCaps& caps, std::vector<Refusal>& refusals);

} // namespace vegadesk::risk
