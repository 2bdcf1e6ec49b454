#pragma once

#include "risk/gate/gate.h"
#include "strategies/strategy.h"

#include <tl/expected.hpp>

#include <vector>

namespace vegadesk::trading
{

/// An order that a strategy would open with, and what the gate says of it alone.
struct EntryOrder {
    strategies::Proposal proposal;
    tl::expected<risk::GateFigures, risk::GateRefusals> judged;
};

/// What a strategy would open, at least one order, or why it would not: see Loop::lookAtEntry().
using EntryLook = tl::expected<std::vector<EntryOrder>, strategies::NoEntry>;

} // namespace vegadesk::trading
