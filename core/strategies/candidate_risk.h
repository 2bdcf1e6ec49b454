#pragma once

#include "strategies/strategy.h"

#include <span>

namespace vegadesk::strategies
{

/// What one unit of `legs`, all of which open, may cost when it is opened for `net` a share (positive is paid).
///
/// Loss     of options of one expiry that cover each other, the most at expiry; of several expiries what is paid, or what it
///          loses under stress where that is more; of everything else what it loses under stress, as the gate counts a trade.
/// Stress   the worse of risk::sizeCells, all at once and now, by Black-Scholes with each strike's own volatility and at no less
///          than what exercise brings; what it costs against the mid comes on top.
/// Margin   by portfolio::marginOf(), as if nothing else were held in the underlying.
/// Errors   a figure is NaN where a price or volatility that it needs is not known: nothing is then opened.
risk::ContractRisk riskOf(const StrategyState& state, std::span<const portfolio::OrderLeg> legs, double net);

/// Units of `legs` that the quotes to be taken show; infinite where no size is told.
double quotedUnits(const StrategyState& state, std::span<const portfolio::OrderLeg> legs);

/// A candidate of these legs at its marketable price; empty where a leg cannot be traded, or what sells more than it buys
/// would bring nothing at its limit.
std::optional<Candidate> candidateOf(const StrategyState& state, std::vector<portfolio::OrderLeg> legs,
                                     double priceRoom);

} // namespace vegadesk::strategies
