#include "execution/order_manager.h"

#include <algorithm>
#include <utility>

/// What may still fill, and what is left of it.

namespace vegadesk::execution
{

namespace
{

/// Its dollars less those that its fills are worth; what rounding leaves of them buys nothing more once it has filled.
portfolio::OrderIntent remainderOfValue(const Order& order)
{
    portfolio::OrderIntent rest = order.intent;
    base::Decimal left = rest.value.value_or(base::Decimal{});
    for (const portfolio::Fill& fill : order.fills)
        left -= fill.price * fill.quantity;
    rest.value = left;
    if (left <= base::Decimal{} || (order.status == OrderStatus::Filled && !order.fills.empty()))
        rest.legs.clear();
    return rest;
}

/// What is left of it. The net price is that of one unit, so it goes with the rest where that is whole units of the order;
/// while fills are reported leg by leg it is another spread, without a price of its own.
portfolio::OrderIntent remainderOf(const Order& order)
{
    if (order.intent.type == portfolio::OrderType::NotionalMarket)
        return remainderOfValue(order);
    const auto isEmpty = [](const portfolio::OrderLeg& leg) { return leg.quantity <= 0; };
    portfolio::OrderIntent rest = order.intent;
    std::erase_if(rest.legs, isEmpty); // of an order placed elsewhere
    const base::Quantity units = portfolio::unitCount(rest);
    std::optional<std::pair<base::Quantity, std::int64_t>>
        first; // what is left of the first leg, and how many a unit has
    bool isInProportion = true;
    for (portfolio::OrderLeg& leg : rest.legs) {
        const std::int64_t ratio = leg.quantity / units;
        leg.quantity -= std::min(leg.quantity, order.filledQuantity(leg.symbol));
        if (!first)
            first = {leg.quantity, ratio};
        isInProportion = isInProportion && leg.quantity * first->second == first->first * ratio;
    }
    std::erase_if(rest.legs, isEmpty);
    if (!isInProportion) {
        rest.price.reset();
        rest.effect = portfolio::PriceEffect::None;
    }
    return rest;
}

} // namespace

/// A filled order whose fills are still on their way is in neither the position nor the fills: it is not over.
bool OrderManager::isOver(const Order& order)
{
    return isTerminal(order.status) && (order.status != OrderStatus::Filled || remainderOf(order).legs.empty());
}

/// One of them may stand for both: what they do to the book is the same.
bool OrderManager::isSameClaim(const portfolio::OrderIntent& a, const portfolio::OrderIntent& b)
{
    return a.underlying == b.underlying && a.legs == b.legs;
}

OrderManager::Claims OrderManager::claims(std::string_view released) const
{
    Claims claims;
    std::map<std::string_view, std::size_t> places; // by external id
    for (const Entry* const entry : m_watched) {
        const Order& order = entry->order;
        if (isOver(order) || order.externalId == released || isDormant(order))
            continue;
        portfolio::OrderIntent rest = remainderOf(order);
        if (rest.legs.empty())
            continue;
        // The replaced one is the older, and of a pair one is the first, so it has been met.
        const std::string& other = order.replaces.empty() ? order.pairedWith : order.replaces;
        const auto original = other.empty() ? places.end() : places.find(other);
        if (original != places.end() && isSameClaim(claims.orders[original->second], rest)) {
            claims.alternatives.push_back({original->second, std::move(rest)});
            continue;
        }
        places.emplace(order.externalId, claims.orders.size());
        claims.orders.push_back(std::move(rest));
    }
    return claims;
}

portfolio::OrderIntent OrderManager::remainder(std::string_view externalId) const
{
    const Order* const order = find(externalId);
    return order && !isOver(*order) ? remainderOf(*order) : portfolio::OrderIntent{};
}

} // namespace vegadesk::execution
