#pragma once

#include "portfolio/position.h"
#include "risk/gate/gate_state.h"
#include "strategies/strategy.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace vegadesk::trading
{

using Betas = std::map<std::string, double, std::less<>>; ///< to one reference index, by underlying

/// What strategies that hedge the whole account (neutral=book) find among their signals: "beta" of `underlying`, and
/// "book_beta_dollars", delta times spot times beta of all that the account holds beside `own`, a trade's positions by symbol. Each is
/// left out while a figure that it needs is not known.
strategies::Signals bookSignals(const risk::GateState& account, std::string_view underlying,
                                std::span<const portfolio::Position> own, const Betas& betas);

} // namespace vegadesk::trading
