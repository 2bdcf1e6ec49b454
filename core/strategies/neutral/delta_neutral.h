#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// A position held for theta, vega or gamma, without delta: the structure that has most of the wanted Greek for what it may lose
/// under stress, and shares that keep its delta within a band.
///
/// Delta   by Black and Scholes at implied volatility, at the forecast one, or Hull and White's of least variance (minimumVarianceOf()).
///         What the strikes leave is refused at entry, or hedged with shares at once.
/// Book    neutral=book holds the delta of the whole account instead, beta-weighted: it needs the signals "beta" (of the underlying)
///         and "book_beta_dollars" (of all that the account holds beside this trade, in dollars of the reference index), and keeps
///         to its own delta while one of them is not known.
/// Edge    theta: implied minus forecast volatility; gamma: the reverse; vega: the year's average of implied volatility minus what
///         it is now. Less the spreads, and but for vega less what hedging costs.
/// Size    by stress loss, margin, vega, day loss and gamma; never by delta.
/// Exit    days, profit, loss, edge gone, or a limit exceeded. What is short gamma goes before its shares.
/// Source  the domain reference, C4; Hull and White (2017).
StrategyInfo deltaNeutral();

} // namespace vegadesk::strategies
