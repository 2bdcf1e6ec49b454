#include "execution/order.h"

#include <array>
#include <utility>

namespace vegadesk::execution
{

namespace
{

constexpr std::array<std::pair<OrderStatus, std::string_view>, 11> statusNames{{
    {OrderStatus::Intent, "intent"},
    {OrderStatus::Sent, "sent"},
    {OrderStatus::Working, "working"},
    {OrderStatus::PartiallyFilled, "partially filled"},
    {OrderStatus::CancelRequested, "cancel requested"},
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

std::int64_t Order::filledQuantity(std::string_view symbol) const
{
    std::int64_t quantity = 0;
    for (const portfolio::Fill& fill : fills) {
        if (fill.symbol == symbol)
            quantity += fill.quantity;
    }
    return quantity;
}

double Order::averageNetPrice() const
{
    const std::int64_t units = portfolio::unitCount(intent);
    if (units <= 0)
        return market::unknown;
    std::vector<double> prices;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        double paid = 0;
        double quantity = 0;
        for (const portfolio::Fill& fill : fills) {
            if (fill.symbol == leg.symbol) {
                paid += fill.price.toDouble() * static_cast<double>(fill.quantity);
                quantity += static_cast<double>(fill.quantity);
            }
        }
        prices.push_back(quantity > 0 ? paid / quantity : market::unknown);
    }
    return portfolio::netPrice(intent, prices);
}

} // namespace vegadesk::execution
