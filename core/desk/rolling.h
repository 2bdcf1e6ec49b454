#pragma once

#include "base/error.h"
#include "desk/views.h"
#include "market/option_chain.h"

#include <span>

namespace vegadesk::desk
{

/// An order that closes all of the held positions, which must be of one underlying. One alone has the price it can be closed
/// at now; where nobody bids or offers, and for several, there is none: it follows the mid or is typed. A fraction of a share goes
/// at the market.
portfolio::OrderIntent closingIntent(std::span<const PositionRow> held);

/// An order that closes the held options and opens the same ones in the next expiration of their root, each at its own
/// strike or, where that is not listed, the nearest one. No price: it follows the mid.
///
/// `layout` is the listing of their underlying. Refused with words for the user: shares, several expirations, more legs
/// than one order takes, no later expiration, or strikes that would fall onto one another.
base::Result<portfolio::OrderIntent> rollingIntent(std::span<const PositionRow> held,
                                                   const market::OptionChain& layout);

/// Whether they can be rolled as far as the positions themselves go: options of one expiration, two at most.
bool isRollable(std::span<const PositionRow> held);

} // namespace vegadesk::desk
