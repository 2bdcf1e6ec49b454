#pragma once

#include "strategies/chain_selection.h"

#include <optional>
#include <span>
#include <vector>

namespace vegadesk::strategies
{

/// How far beyond its natural price an order may go, as a fraction of each leg's price: room for slippage and for
/// quotes that move while it travels.
base::ParameterSpec priceRoomSpec();

/// The natural net price of one unit of `legs`, positive is paid, from the state's quotes; NaN when a leg cannot be traded.
double naturalNet(const StrategyState& state, std::span<const portfolio::OrderLeg> legs);

/// A marketable day limit order for `legs`: natural plus room plus a tick a leg (each leg's fill is rounded), on the tick. Empty when a leg
/// cannot be traded. Origin and group are the runner's to fill in.
std::optional<portfolio::OrderIntent> marketable(const StrategyState& state, std::vector<portfolio::OrderLeg> legs,
                                                 double priceRoom);

portfolio::OrderLeg optionLeg(const StrategyState& state, Contract contract, portfolio::Action action,
                              base::Quantity quantity);
/// The leg that closes all of `position`.
portfolio::OrderLeg closingLeg(const portfolio::Position& position);
/// Shares to buy (positive) or sell of the underlying, given the signed position held: never through zero in one order,
/// so that a leg is either opening or closing.
portfolio::OrderLeg shareLeg(const StrategyState& state, base::Quantity held, base::Quantity shares);

/// What unwinds the whole group: its options in one order, its shares in another. When only long options are
/// left that nobody bids for, they stay until they expire.
/// A group that holds a contract the chain cannot price now gives nothing: half an exit is worse than a late one.
std::vector<Proposal> unwind(const StrategyState& state, double priceRoom, const std::string& reason);

} // namespace vegadesk::strategies
