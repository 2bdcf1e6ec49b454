#pragma once

#include "risk/gate/gate_state.h"

namespace vegadesk::risk
{

/// Into `figures`: what may be assigned soon once the order has filled, and a warning where the order makes that more. Counted
/// at its strike is a short option in the money that expires within two trading days, and a short call in the money on shares
/// that trade without their dividend within two, when the dividend is more than the time value that exercise gives away.
/// Options settled in cash are not assigned shares and do not count.
void noteAssignment(const portfolio::OrderIntent& intent, const GateState& state, BookCache& book,
                    GateFigures& figures);

} // namespace vegadesk::risk
