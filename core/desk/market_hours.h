#pragma once

#include "base/time.h"
#include "market/option_chain.h"

#include <cstddef>

/// What a moment means to somebody who trades options: when the market opens, and what still trades.
namespace vegadesk::desk
{

/// When the next session begins: today's while it has not begun, else the next trading day's.
base::Instant nextOpen(base::Instant now);

/// The last moment an option of that expiration trades: settled at the close, its expiry; settled at the open (AM), the
/// close of the session before.
base::Instant lastTradingMoment(const market::Expiration& expiration);

/// The expiration that is shown first: of those that still trade, the one nearest to thirty days; the last one when none
/// does. 0 for a chain without expirations.
std::size_t favouriteExpiration(const market::OptionChain& layout, base::Instant now);

/// `chosen`, or the first one after it that still trades at `now`; `chosen` itself when there is none.
std::size_t stillTrading(const market::OptionChain& layout, std::size_t chosen, base::Instant now);

} // namespace vegadesk::desk
