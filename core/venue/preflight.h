#pragma once

#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/order.h"
#include "tastytrade/wire/order_rules.h"
#include "venue/account_book.h"
#include "venue/market_model.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::venue
{

/// A refused request, as it goes out.
struct Refusal {
    int httpStatus = 422;
    tastytrade::wire::ErrorBody body;
};
template<class T>
using Answer = tl::expected<T, Refusal>;

/// One order with what the exchange looked up for it.
struct CheckedOrder {
    portfolio::OrderIntent intent;               ///< underlying filled in; actions corrected where allowed
    std::vector<market::Instrument> instruments; ///< one a leg
    tastytrade::wire::OrderRules rules = {};
};

/// When trading in it ends for good: an AM-settled option's last session is the one before its expiry, but one on a future trades
/// to its end, as the future does. Far in the future for stock.
base::Instant lastTradingMoment(const market::Instrument& instrument);

/// What the checks must know of the rest of the account.
struct PreflightContext {
    bool isMarketOpen = true;
    base::Date today{};
    base::Instant now{};
    /// Legs of orders that still work, with what remains of them.
    std::vector<portfolio::OrderLeg> workingLegs;
    /// What the account holds more, or less, by the time that the order works, by symbol: what its trigger trades.
    std::map<std::string, base::Quantity, std::less<>> expected;
};

/// The broker's preflight checks but for buying power (which needs the order's figures). Every violated rule is listed.
/// Source  the protocol reference, 7.2; codes it does not know are our own words in its style.
Answer<CheckedOrder> preflight(const tastytrade::wire::OrderRequest& request, const PreflightContext& context,
                               const AccountBook& account, MarketModel& market);

Refusal preflightFailure(std::vector<tastytrade::wire::Reason> reasons);
Refusal unknownRecord(std::string_view what);
/// Of an order in a state that does not allow it.
Refusal cannotUpdate(std::string_view why);

} // namespace vegadesk::venue
