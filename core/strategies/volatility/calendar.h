#pragma once

#include "strategies/strategy.h"

namespace vegadesk::strategies
{

/// Sells an option of a near expiry at the forward and buys the same strike of a far one: earns while the near one decays faster,
/// and when the far one's volatility rises.
///
/// Loss    the debit, as long as the near option is closed before it expires, which exit_days sees to (it counts to the near
///         expiry and is at least 1); it is sized by the debit or by what it loses under stress, whichever is more.
/// Source  the domain reference, C5. Its score of the term structure against the past needs a history of that, which is not kept:
///         the filter here is the difference itself.
StrategyInfo calendar();

} // namespace vegadesk::strategies
