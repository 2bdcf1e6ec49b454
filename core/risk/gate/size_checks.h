#pragma once

#include "risk/gate/gate_state.h"
#include "risk/limits.h"

#include <span>
#include <vector>

/// Orders that somebody's finger or program cannot have meant. Each adds to `refusals`; `instruments` are those of the legs.
namespace vegadesk::risk
{

/// What the legs trade for at their touch, without sign, in cash; a leg without a price counts nothing.
double notionalOf(const portfolio::OrderIntent& intent, std::span<const InstrumentState> instruments);

/// Contracts, the size that is quoted, and what is traded for, by the order and on the day.
void checkSize(const portfolio::OrderIntent& intent, const GateState& state,
               std::span<const InstrumentState> instruments, const OrderCaps& caps, BookCache& book,
               std::vector<Refusal>& refusals);

/// Prices of option orders that open: can they gain anything, and do they pay far more than the spread? To the latter a
/// person is warned (`figures`), and a program refused.
void checkSense(const portfolio::OrderIntent& intent, std::span<const InstrumentState> instruments,
                GateFigures& figures, std::vector<Refusal>& refusals);

} // namespace vegadesk::risk
