#pragma once

#include "tastytrade/wire/order_rules.h"
#include "venue/market_model.h"

#include <cstdint>

namespace vegadesk::venue
{

/// What an order's own rules say at a moment.
enum class RuleVerdict : std::uint8_t { Wait, Route, Cancel };

/// Errors: a word that is none of the reference's, an instrument that is not listed on `today`, a condition on nothing.
base::Result<tastytrade::wire::OrderRules> parseRules(const QJsonObject& object, MarketModel& market, base::Date today);

/// Cancel once cancel-at has come or any of its cancelling conditions holds; else Route once route-after has come and every
/// routing condition holds. "last" is the last trade; "nat" the natural price: what it can be sold at where the condition
/// waits for a rise (gte), bought at where it waits for a fall. A price that the market does not have meets no condition.
/// Source  the protocol reference, 7.2, which leaves open how several conditions count.
RuleVerdict verdictOf(const tastytrade::wire::OrderRules& rules, MarketModel& market, base::Instant at);

} // namespace vegadesk::venue
