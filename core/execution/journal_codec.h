#pragma once

#include "base/error.h"
#include "execution/order.h"
#include "portfolio/complex_intent.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::execution
{

/// Payloads of the order manager's journal records: one JSON object on one line, decimals as text, instants as UTC
/// nanoseconds. Reading what was written gives back the same value; text that is not UTF-8 is written with replacement
/// characters. Errors: BadInput that names the field, for text that is not such an object or has a value out of range.

/// What an order was meant to be, before it is sent.
struct JournalledIntent {
    portfolio::OrderIntent intent;
    std::string replaces; ///< external id; empty, and not in older records: it is one more order

    friend bool operator==(const JournalledIntent&, const JournalledIntent&) = default;
};

/// What orders that depend on each other were meant to be.
struct JournalledComplex {
    portfolio::ComplexKind kind = portfolio::ComplexKind::Oco;
    std::vector<std::pair<std::string, portfolio::OrderIntent>> parts; ///< by external id, the trigger first

    friend bool operator==(const JournalledComplex&, const JournalledComplex&) = default;
};

/// A step of an order's life.
struct OrderUpdate {
    OrderStatus status = OrderStatus::Intent;
    std::string brokerId;
    std::string reason;
    std::string complexId{},
        complexTag{}; ///< the broker's; empty, and not in older records: no part of a complex order

    friend bool operator==(const OrderUpdate&, const OrderUpdate&) = default;
};

/// An order that was placed elsewhere, as first seen.
struct ExternalOrder {
    std::string brokerId;
    portfolio::OrderIntent intent;

    friend bool operator==(const ExternalOrder&, const ExternalOrder&) = default;
};

/// Signed quantity by symbol.
using Quantities = std::map<std::string, base::Quantity, std::less<>>;

std::string toJson(const portfolio::OrderIntent& intent);
std::string toJson(const JournalledIntent& intent);
std::string toJson(const JournalledComplex& complex);
std::string toJson(const portfolio::Fill& fill);
std::string toJson(const OrderUpdate& update);
std::string toJson(const ExternalOrder& order);
std::string toJson(const Quantities& quantities);
/// {"sentence": text}
std::string sentenceToJson(std::string_view text);

base::Result<portfolio::OrderIntent> intentFromJson(std::string_view json);
base::Result<JournalledIntent> journalledIntentFromJson(std::string_view json);
/// Refuses a complex order that lacks a part of its kind.
base::Result<JournalledComplex> complexFromJson(std::string_view json);
base::Result<portfolio::Fill> fillFromJson(std::string_view json);
base::Result<OrderUpdate> updateFromJson(std::string_view json);
base::Result<ExternalOrder> externalOrderFromJson(std::string_view json);
base::Result<Quantities> quantitiesFromJson(std::string_view json);
base::Result<std::string> sentenceFromJson(std::string_view json);

} // namespace vegadesk::execution
