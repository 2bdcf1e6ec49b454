#pragma once

#include "execution/order.h"
#include "portfolio/order_intent.h"
#include "tastytrade/wire/json.h"

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// Body of POST /accounts/{n}/orders and of its dry run.
struct OrderRequest {
    portfolio::OrderIntent intent; ///< underlying, origin and group do not travel
    std::string externalId;        ///< ours; echoed, not checked for uniqueness
    std::string source;
    /// A closing leg without a position is refused instead of silently turned into an opening one.
    bool strictPositionEffect = true;

    friend bool operator==(const OrderRequest&, const OrderRequest&) = default;
};
/// Larger orders are nobody's, and their cash would leave Decimal's range.
inline constexpr std::int64_t orderQuantityMost = 100'000, orderPriceMost = 100'000;
/// Errors name the field: unknown words, no legs, a quantity that is not a positive whole number or beyond the bounds.
base::Result<OrderRequest> parseOrderRequest(const QJsonObject& object);
QJsonObject toJson(const OrderRequest& request);

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
    std::int64_t quantity = 0;
    base::Decimal price;
    base::Instant filledAt{};
    std::string venue;

    friend bool operator==(const LegFill&, const LegFill&) = default;
};

struct Leg {
    portfolio::OrderLeg terms;
    std::int64_t remaining = 0;
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
    /// The broker's own words where ours have none ("Marketable Limit", "Ext"); empty otherwise. Such an
    /// order was placed elsewhere; `type` and `timeInForce` then hold the nearest of ours, for display.
    std::string typeText, timeInForceText;
    std::optional<base::Date> gtcDate;
    std::optional<base::Decimal> price;
    portfolio::PriceEffect effect = portfolio::PriceEffect::None;
    std::optional<base::Decimal> stopTrigger;
    std::string underlying;
    market::InstrumentType underlyingType = market::InstrumentType::Equity;
    std::vector<Leg> legs;
    std::int64_t size = 0;
    bool isCancellable = false, isEditable = false;
    std::string rejectReason;
    std::string replaces, replacedBy; ///< other orders' ids
    std::optional<base::Instant> receivedAt, liveAt, terminalAt, cancelledAt;
    base::Instant updatedAt{}; ///< whole milliseconds; zero in a dry run

    friend bool operator==(const Order&, const Order&) = default;
};
/// Errors: what our types cannot hold, such as fractional quantities; the caller keeps the text.
base::Result<Order> parseOrder(const QJsonObject& object);
QJsonObject toJson(const Order& order);
/// What `order` says of one that parseOrder() refused: ids and underlying. Its status only where it is not ours: of ours
/// the journal knows more, and it is Unknown.
/// Nothing when even the id is missing.
std::optional<execution::BrokerOrder> identify(const QJsonObject& order);

execution::BrokerOrder toBrokerOrder(const Order& order);

} // namespace vegadesk::tastytrade::wire
