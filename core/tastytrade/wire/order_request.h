#pragma once

#include "portfolio/order_intent.h"
#include "tastytrade/wire/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace vegadesk::tastytrade::wire
{

/// The broker's order types and lifetimes that portfolio's enums do not have.
inline constexpr std::string_view marketableLimit = "Marketable Limit"; ///< a limit that crosses the market
inline constexpr std::string_view extendedDay = "Ext", extendedGtc = "GTC Ext";
inline constexpr std::string_view overnightDay = "Ext Overnight", overnightGtc = "GTC Ext Overnight";

/// Body of POST /accounts/{n}/orders, of its dry run, and of each order inside a complex one.
struct OrderRequest {
    /// Underlying, origin and group do not travel.
    portfolio::OrderIntent intent;
    /// One of the words above; empty where the intent's own type and lifetime say it. Else those hold the nearest of ours.
    std::string typeText, timeInForceText;
    portfolio::PriceEffect valueEffect = portfolio::PriceEffect::None; ///< of a NotionalMarket order
    std::string externalId; ///< ours; echoed, not checked for uniqueness
    std::string source, partitionKey;
    std::string preflightId; ///< names the order in the refusal of a complex one
    bool isAutomated = false;
    /// A closing leg without a position is refused instead of silently turned into an opening one.
    bool strictPositionEffect = true;
    QJsonObject rules; ///< "route-after", "cancel-at" and "conditions", as they came

    friend bool operator==(const OrderRequest&, const OrderRequest&) = default;
};
/// Larger orders are nobody's, and their cash would leave Decimal's range.
inline constexpr std::int64_t orderQuantityMost = 100'000, orderPriceMost = 100'000;
/// The most dollars that an order is for.
inline constexpr std::int64_t orderValueMost = 100'000'000;
/// Errors name the field: unknown words, no legs, a quantity that is not a positive whole number or beyond the bounds.
base::Result<OrderRequest> parseOrderRequest(const QJsonObject& object);
QJsonObject toJson(const OrderRequest& request);

/// Body of PUT and PATCH /orders/{id}. What it leaves out is as in `replaced`: its legs, its type with the prices that go
/// with it, its lifetime with its date.
base::Result<OrderRequest> parseReplacement(const QJsonObject& object, const OrderRequest& replaced);

/// Whether the order may trade before the open and after the close.
bool isExtended(std::string_view timeInForceText);
/// Whether it may trade around the clock.
bool isOvernight(std::string_view timeInForceText);

} // namespace vegadesk::tastytrade::wire
