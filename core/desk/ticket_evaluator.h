#pragma once

#include "desk/variance_clock.h"
#include "desk/views.h"
#include "risk/gate/gate.h"

#include <functional>
#include <optional>
#include <span>
#include <string>

namespace vegadesk::desk
{

using InstrumentLookup = std::function<std::optional<risk::InstrumentState>(const std::string& symbol)>;

/// What the account has in the order's underlying. Orders in others are left aside.
struct TicketAccount {
    std::span<const portfolio::Position> positions = {};
    std::span<const portfolio::OrderIntent> workingOrders = {}; ///< with what is left of them
};

/// Everything of a ticket but the gate's verdict: legs with their prices, payoff over the spot, Greeks, fees and our
/// estimate of the buying power it takes. What is not known stays NaN, and the payoff then has no points.
///
/// An order that only opens shows its own figures; one that closes anything shows those of the position it leaves, see
/// TicketView. The buying power is the margin with the order less the margin without it, plus premium paid (less premium
/// received), as a Reg-T account is charged; working orders that open count as filled both times. `whatIf` is drawn too
/// unless it is now; days beyond the first expiry end there. Thetas are of the next calendar day of `time`.
TicketView evaluateTicket(const portfolio::OrderIntent& intent, const InstrumentLookup& lookup,
                          const TicketAccount& account, base::Date today, const WhatIf& whatIf = {},
                          const QuotedTime& time = {});

/// What the closes of `complex`, whose first part `view` is of, would make: TicketView::targetProfit and stopProfit. One
/// behind a trigger counts against the trigger's price, one of two against the average open price of what is `held`.
void addExits(TicketView& view, const portfolio::ComplexIntent& complex, const InstrumentLookup& lookup,
              std::span<const portfolio::Position> held);

/// A position's profit and Greeks; `group` sums are made of these. `mark` is the one the account's figures go by: the last
/// good one where the quote says nothing now.
PositionRow positionRow(const portfolio::Position& position, const std::optional<risk::InstrumentState>& state,
                        double mark, const QuotedTime& time = {});

/// Adds what is known and counts what is not.
void add(GreekSums& sums, const GreekSums& one);
/// Sums that start at zero.
GreekSums zeroSums();

} // namespace vegadesk::desk
