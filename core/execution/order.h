#pragma once

#include "portfolio/order_intent.h"
#include "portfolio/position.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::execution
{

/// Where an order stands. Source: the state machine of the domain reference, E4.
enum class OrderStatus : std::uint8_t {
    Intent,           ///< journalled, not sent
    Sent,             ///< on its way, no answer yet
    Working,          ///< the broker has it and it may fill
    PartiallyFilled,  ///< working with part of it done
    CancelRequested,  ///< may still fill
    ReplaceRequested, ///< may still fill; cancelled once its replacement has its place
    Contingent,       ///< the broker has it, and it waits for another order of ours
    Filled,           ///< terminal, as are the next four
    Cancelled,
    Rejected,
    Expired,
    NotPlaced, ///< proven absent at the broker, or never sent
    Unknown    ///< the outcome of sending is not known: never resent, the broker is asked
};
constexpr bool isTerminal(OrderStatus status)
{
    return status == OrderStatus::Filled || status == OrderStatus::Cancelled || status == OrderStatus::Rejected ||
           status == OrderStatus::Expired || status == OrderStatus::NotPlaced;
}
/// The broker has it, nothing else is asked of it than to fill, and it may come to that.
constexpr bool isAtWork(OrderStatus status)
{
    return status == OrderStatus::Working || status == OrderStatus::PartiallyFilled ||
           status == OrderStatus::ReplaceRequested || status == OrderStatus::Contingent;
}
base::Result<OrderStatus> orderStatusFromText(std::string_view text);
std::string_view toText(OrderStatus status); ///< stable English words for journals and logs: "working", "unknown", …

/// An order as the broker reports it.
struct BrokerOrder {
    std::string brokerId;
    std::string externalId; ///< ours; empty for orders placed elsewhere
    portfolio::OrderIntent intent;
    OrderStatus status = OrderStatus::Working;
    std::vector<portfolio::Fill> fills;
    std::string rejectReason;
    std::string replaces, replacedBy;  ///< other orders' broker ids
    std::string complexId, complexTag; ///< of the complex order that it is a part of: "OTOCO::trigger-order", …
    base::Instant receivedAt{}, updatedAt{};
};

/// Origin of the order that a Settlement becomes.
inline constexpr std::string_view settlementOrigin = "settlement";

/// An option that the broker took away without an order of anybody's: it expired, or was exercised, assigned or settled in
/// cash. Which side was held, the broker does not say.
struct Settlement {
    struct Shares {
        portfolio::Action action = portfolio::Action::BuyToOpen;
        base::Quantity quantity = 0; ///< > 0
        base::Decimal price;         ///< the strike
    };
    std::string id; ///< the broker's; each counts once
    std::string symbol, underlying;
    base::Quantity contracts = 0; ///< > 0
    base::Decimal price;          ///< cash a share of the contract; 0 unless it was settled in cash
    std::optional<Shares> shares; ///< that changed hands for it
    base::Instant at{};
};

/// Cash that a holding of shares brought without a trade, as the account's history tells it.
struct CashDividend {
    std::string id; ///< the broker's; each counts once
    std::string symbol;
    base::Decimal amount; ///< signed: below 0 was paid, for short shares
    base::Instant at{};
    std::optional<base::Date> paidOn{}; ///< in whose evening its cash comes, where it is told before that
};

/// An order as we know it: the intent, what became of it, and every fill once.
struct Order {
    std::string externalId; ///< our key; of an order placed elsewhere it is made from the broker's id
    std::string brokerId;   ///< empty until the broker answered
    portfolio::OrderIntent intent;
    OrderStatus status = OrderStatus::Intent;
    std::vector<portfolio::Fill> fills;
    std::string reason;      ///< why it was rejected, or what is unknown
    std::string replaces;    ///< external id of the order whose place it takes
    std::string replacedBy;  ///< external id of the order that has its place, once the broker has that
    std::string complex;     ///< our id of the complex order that it is a part of, ours or not; empty: none
    std::string waitsFor;    ///< external id of the order whose fill releases it
    std::string pairedWith;  ///< external id of the other of two that cancel each other
    /// The broker's id of the complex order that it is a part of, and what it is in it, as in BrokerOrder.
    std::string complexId, complexTag;
    bool isExternal = false; ///< placed elsewhere (phone, web), seen by snapshot
    base::Instant createdAt{}, updatedAt{};

    base::Quantity filledQuantity(std::string_view symbol) const;
    /// Net price per unit of what filled so far, signed: positive is paid. NaN until every leg has a fill.
    double averageNetPrice() const;
};

/// Made of a Settlement, and nobody's order.
bool isSettlement(const Order& order);

/// What of a working order may change.
struct OrderTerms {
    portfolio::OrderType type = portfolio::OrderType::Limit;
    portfolio::TimeInForce timeInForce = portfolio::TimeInForce::Day;
    std::optional<base::Date> gtcDate;
    std::optional<base::Decimal> price;
    portfolio::PriceEffect effect = portfolio::PriceEffect::None;
    std::optional<base::Decimal> stopTrigger;

    friend bool operator==(const OrderTerms&, const OrderTerms&) = default;
};
OrderTerms termsOf(const portfolio::OrderIntent& intent);
portfolio::OrderIntent withTerms(portfolio::OrderIntent intent, const OrderTerms& terms);

/// A working order of ours of which nothing has filled, and no part of a complex one, nor one for a value; one that fills in part
/// is cancelled, and the rest sent anew.
bool isReplaceable(const Order& order);

} // namespace vegadesk::execution
