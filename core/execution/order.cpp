#include "execution/order.h"

#include <array>
#include <utility>

namespace vegadesk::execution
{

namespace
{

constexpr std::array<std::pair<OrderStatus, std::string_view>, 13> statusNames{{
    {OrderStatus::Intent, "intent"},
    {OrderStatus::Sent, "sent"},
    {OrderStatus::Working, "working"},
    {OrderStatus::PartiallyFilled, "partially filled"},
    {OrderStatus::CancelRequested, "cancel requested"},
    {OrderStatus::ReplaceRequested, "replace requested"},
    {OrderStatus::Contingent, "contingent"},
    {OrderStatus::Filled, "filled"},
    {OrderStatus::Cancelled, "cancelled"},
    {OrderStatus::Rejected, "rejected"},
    {OrderStatus::Expired, "expired"},
    {OrderStatus::NotPlaced, "not placed"},
    {OrderStatus::Unknown, "unknown"},
}};

} // namespace

std::string_view toText(OrderStatus status)
{
    for (const auto& [known, name] : statusNames) {
        if (known == status)
            return name;
    }
    return {};
}

base::Result<OrderStatus> orderStatusFromText(std::string_view text)
{
    for (const auto& [known, name] : statusNames) {
        if (name == text)
            return known;
    }
    return base::badInput("order status", text.substr(0, 40), "a status such as working, filled or unknown");
}

base::Quantity Order::filledQuantity(std::string_view symbol) const
{
    base::Quantity quantity = 0;
    for (const portfolio::Fill& fill : fills) {
        if (fill.symbol == symbol)
            quantity += fill.quantity;
    }
    return quantity;
}

double Order::averageNetPrice() const
{
    portfolio::OrderIntent traded = intent;
    if (intent.type == portfolio::OrderType::NotionalMarket)
        for (portfolio::OrderLeg& leg : traded.legs)
            leg.quantity = filledQuantity(leg.symbol);
    std::vector<double> prices;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        double paid = 0;
        double quantity = 0;
        for (const portfolio::Fill& fill : fills) {
            if (fill.symbol == leg.symbol) {
                paid += fill.price.toDouble() * fill.quantity.toDouble();
                quantity += fill.quantity.toDouble();
            }
        }
        prices.push_back(quantity > 0 ? paid / quantity : market::unknown);
    }
    return portfolio::netPrice(traded, prices);
}

bool isSettlement(const Order& order)
{
    return order.isExternal && order.intent.origin == settlementOrigin;
}

OrderTerms termsOf(const portfolio::OrderIntent& intent)
{
    return {intent.type, intent.timeInForce, intent.gtcDate, intent.price, intent.effect, intent.stopTrigger};
}

portfolio::OrderIntent withTerms(portfolio::OrderIntent intent, const OrderTerms& terms)
{
    intent.type = terms.type;
    intent.timeInForce = terms.timeInForce;
    intent.gtcDate = terms.gtcDate;
    intent.price = terms.price;
    intent.effect = terms.effect;
    intent.stopTrigger = terms.stopTrigger;
    return intent;
}

bool isReplaceable(const Order& order)
{
    return order.status == OrderStatus::Working && !order.isExternal && !order.brokerId.empty() &&
           order.fills.empty() && order.replacedBy.empty() && order.complex.empty() &&
           order.intent.type != portfolio::OrderType::NotionalMarket;
}

} // namespace vegadesk::execution
