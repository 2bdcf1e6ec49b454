#pragma once

#include "execution/order.h"
#include "portfolio/order_intent.h"
#include "tastytrade/wire/json.h"
#include "tastytrade/wire/order_request.h"

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

enum class OrderState : std::uint8_t {
    Received,
    Routed,
    InFlight,
    Live,
    Contingent,
    CancelRequested,
    ReplaceRequested,
    Filled, ///< terminal, as are all that follow but Other
    Cancelled,
    Rejected,
    Expired,
    Removed,
    PartiallyRemoved,
    Other ///< a word we do not know
};
std::string_view toWire(OrderState state); ///< "In Flight", "Cancelled"; empty for Other
OrderState orderStateFromWire(std::string_view text);
bool isTerminal(OrderState state);

/// One execution of one leg.
struct LegFill {
    std::string fillId;
    base::Quantity quantity = 0;
    base::Decimal price;
    base::Instant filledAt{};
    std::string venue;

    friend bool operator==(const LegFill&, const LegFill&) = default;
};

struct Leg {
    portfolio::OrderLeg terms;
    base::Quantity remaining = 0;
    std::vector<LegFill> fills;

    friend bool operator==(const Leg&, const Leg&) = default;
};

/// An order as the broker tells it, by REST and in notifications alike.
struct Order {
    std::string id; ///< digits; empty in a dry run
    std::string account;
    std::string externalId;
    std::string source;
    OrderState state = OrderState::Received;
    std::string stateText; ///< the word itself where state is Other
    portfolio::OrderType type = portfolio::OrderType::Limit;
    portfolio::TimeInForce timeInForce = portfolio::TimeInForce::Day;
    /// The broker's own words where ours have none ("Marketable Limit", "Ext"); empty otherwise. For our client such an
    /// order was placed elsewhere; `type` and `timeInForce` then hold the nearest of ours.
    std::string typeText, timeInForceText;
    std::optional<base::Date> gtcDate;
    std::optional<base::Decimal> price;
    portfolio::PriceEffect effect = portfolio::PriceEffect::None;
    std::optional<base::Decimal> stopTrigger;
    std::optional<base::Decimal> value; ///< of a NotionalMarket order
    portfolio::PriceEffect valueEffect = portfolio::PriceEffect::None;
    std::string underlying;
    market::InstrumentType underlyingType = market::InstrumentType::Equity;
    std::vector<Leg> legs;
    base::Quantity size = 0;
    bool isCancellable = false, isEditable = false, isEdited = false;
    std::string rejectReason;
    std::string replaces, replacedBy;  ///< other orders' ids
    std::string complexId, complexTag; ///< of the complex order that it is a part of: "OTOCO::trigger-order", …
    std::string contingentStatus;      ///< "Pending Order": it waits for another order
    std::string confirmationStatus, preflightId, partitionKey;
    QJsonObject rules; ///< as in the request
    std::optional<base::Instant> receivedAt, inFlightAt, liveAt, terminalAt, cancelledAt;
    base::Instant updatedAt{}; ///< whole milliseconds; zero in a dry run

    friend bool operator==(const Order&, const Order&) = default;
};
/// Errors: what these types cannot hold, such as a fraction of an option; the caller keeps the text.
base::Result<Order> parseOrder(const QJsonObject& object);
QJsonObject toJson(const Order& order);
/// What `order` says of one that parseOrder() refused: ids and underlying. Its status only where it is not ours: of ours
/// the journal knows more, and it is Unknown.
/// Nothing when even the id is missing.
std::optional<execution::BrokerOrder> identify(const QJsonObject& order);

/// Of a NotionalMarket order the legs are as they were asked for, without a quantity: what its value bought its fills say.
execution::BrokerOrder toBrokerOrder(const Order& order);

/// What was asked for when `order` was placed.
OrderRequest requestOf(const Order& order);

} // namespace vegadesk::tastytrade::wire
