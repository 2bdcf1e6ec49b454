#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "portfolio/position.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::execution
{

/// Option contracts that ended at the broker without an order: expired, settled in cash, exercised or assigned. All of one
/// symbol, and the shares that came of them.
struct Settlement {
    std::string symbol, underlying; ///< the option's
    std::int64_t quantity = 0;      ///< contracts that ended, signed as they were held
    int multiplier = 100;
    base::Decimal price;     ///< in cash, per share; 0 where shares changed hands or nothing was due
    std::int64_t shares = 0; ///< of the underlying, signed, that came of it
    base::Decimal strike;    ///< per share of those
    base::Instant at{};

    friend bool operator==(const Settlement&, const Settlement&) = default;
};

/// What it books: the contracts' closing fill, and the shares' where there are any. `id` is the settlement's own.
portfolio::Fill optionFill(const Settlement& settlement, const std::string& id);
std::optional<portfolio::Fill> shareFill(const Settlement& settlement, const std::string& id);

/// Contracts whose time has come, and that the broker no longer has.
struct EndedOption {
    std::string symbol;
    std::int64_t quantity = 0; ///< that was held, signed, not 0
    int multiplier = 100;
};

/// How options of one underlying ended, where the broker says only what is left. Those in the money by a cent were
/// exercised or assigned: in cash for an index; into shares otherwise, and then the price they settled at is wherever the
/// shares add up to `shareChange`, as near as can be to `price`, the underlying's last known one (NaN: not known).
/// Empty where that explains nothing: no price makes the shares add up, or an index' price is not known.
std::vector<Settlement> settlementsOf(const std::string& underlying, const std::vector<EndedOption>& options,
                                      std::int64_t shareChange, double price, base::Instant at);

} // namespace vegadesk::execution
