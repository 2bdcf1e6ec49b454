#pragma once

#include "base/time.h"
#include "execution/order.h"

#include <string>
#include <vector>

namespace vegadesk::execution
{

/// Contracts whose time has come, and that the broker no longer has.
struct EndedOption {
    std::string symbol;
    base::Quantity quantity = 0; ///< that was held, signed, not 0
    int multiplier = 100;
};

/// How options of one underlying ended, where the broker's transactions do not say and only what is left is known. Those in the money by a cent were
/// exercised or assigned: in cash for an index; into shares otherwise, and then the price they settled at is wherever the
/// shares add up to `shareChange`, as near as can be to `price`, the underlying's last known one (NaN: not known).
/// Empty where that explains nothing: no price makes the shares add up, or an index' price is not known.
std::vector<Settlement> inferredSettlements(const std::string& underlying, const std::vector<EndedOption>& options,
                                            base::Quantity shareChange, double price, base::Instant at);

} // namespace vegadesk::execution
