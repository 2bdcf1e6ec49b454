#include "execution/order_manager.h"

#include <algorithm>

/// What may still fill, and what is left of it.

namespace vegadesk::execution
{

namespace
{

/// What is left of it. The net price is that of one unit, so it goes with the rest where that is whole units of the order;
/// while fills are reported leg by leg it is another spread, without a price of its own.
portfolio::OrderIntent remainderOf(const Order& order)
{
    const auto isEmpty = [](const portfolio::OrderLeg& leg) { return leg.quantity <= 0; };
    portfolio::OrderIntent rest = order.intent;
    std::erase_if(rest.legs, isEmpty); // of an order placed elsewhere
    const std::int64_t units = portfolio::unitCount(rest);
    std::optional<std::int64_t> unitsLeft;
    bool isWhole = true;
    for (portfolio::OrderLeg& leg : rest.legs) {
        const std::int64_t ratio = leg.quantity / units;
        leg.quantity -= std::min(leg.quantity, order.filledQuantity(leg.symbol));
        const std::int64_t left = leg.quantity / ratio;
        isWhole = isWhole && leg.quantity % ratio == 0 && left == unitsLeft.value_or(left);
        unitsLeft = left;
    }
    std::erase_if(rest.legs, isEmpty);
    if (!isWhole) {
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
