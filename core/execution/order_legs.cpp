#include "execution/order_manager.h"

#include "market/symbols.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

/// Orders of several legs of which one has filled further than another.

namespace vegadesk::execution
{

namespace
{

struct Apart {
    std::vector<portfolio::OrderLeg> ahead;  ///< further than the last one, with the quantity by which they are
    std::vector<portfolio::OrderLeg> behind; ///< less far than the first one, likewise
};

Apart legsApart(const Order& order)
{
    const std::vector<portfolio::OrderLeg>& legs = order.intent.legs;
    const bool hasEmpty = std::ranges::any_of(legs, [](const portfolio::OrderLeg& leg) { return leg.quantity <= 0; });
    if (legs.size() < 2 || order.fills.empty() || hasEmpty)
        return {}; // an empty one has no ratio: an order placed elsewhere
    const auto units = portfolio::unitCount(order.intent);
    const auto unitsOf = [&](const portfolio::OrderLeg& leg) {
        return order.filledQuantity(leg.symbol) / (leg.quantity / units);
    };
    auto least = unitsOf(legs.front()); // units of which every leg has filled
    auto most = least;                  // and of which one has
    for (const portfolio::OrderLeg& leg : legs) {
        least = std::min(least, unitsOf(leg));
        most = std::max(most, unitsOf(leg));
    }
    Apart apart;
    for (portfolio::OrderLeg leg : legs) {
        const base::Quantity filled = order.filledQuantity(leg.symbol);
        const base::Quantity perUnit = leg.quantity / units;
        leg.quantity = filled - least * perUnit;
        if (leg.quantity > 0)
            apart.ahead.push_back(leg);
        leg.quantity = most * perUnit - filled;
        if (leg.quantity > 0)
            apart.behind.push_back(leg);
    }
    return apart;
}

} // namespace

/// What a leg that opens has made, or one that closes would take away.
bool OrderManager::isHeld(const portfolio::OrderLeg& leg) const
{
    if (!m_held)
        return true;
    const auto held = m_held->find(leg.symbol);
    const bool isLong = portfolio::isBuy(leg.action) == portfolio::isOpening(leg.action);
    return held != m_held->end() && (isLong ? held->second > 0 : held->second < 0);
}

void OrderManager::noteLegs(const Order& order)
{
    const Apart apart = legsApart(order);
    const auto isThere = [this](const std::vector<portfolio::OrderLeg>& legs, bool areOpening) {
        return std::ranges::any_of(legs, [&](const portfolio::OrderLeg& leg) {
            return portfolio::isOpening(leg.action) == areOpening && isHeld(leg);
        });
    };
    // What opened ahead of the rest may have been traded away since. What closed ahead of it is gone: the rest, which it may
    // have covered, is what is left of it.
    if (!isThere(apart.ahead, true) && !isThere(apart.behind, false))
        return closeDifference(Difference::Kind::Legs, order.externalId);
    std::string filled;
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        filled += fmt::format("{}{} of {} {}", filled.empty() ? "" : ", ", order.filledQuantity(leg.symbol).toString(),
                              leg.quantity.toString(), market::contractName(leg.symbol));
    report({.kind = Difference::Kind::Legs,
            .key = order.externalId,
            .underlying = order.intent.underlying,
            .sentence = fmt::format("The legs of order {} have not filled alike: {}.", order.externalId, filled)});
}

/// After a fill of another order, which may have traded away what was ahead.
void OrderManager::noteLegsAgain()
{
    const std::vector<Difference> open = m_differences;
    for (const Difference& difference : open) {
        const Order* const order = difference.kind == Difference::Kind::Legs ? find(difference.key) : nullptr;
        if (order)
            noteLegs(*order);
    }
}

/// With the account's positions, which say what of it is still there: those of earlier runs too.
void OrderManager::noteAllLegs()
{
    if (!m_held)
        return;
    const std::vector<const Order*> orders = m_inOrder; // whoever hears of one may send another
    for (const Order* const order : orders)
        noteLegs(*order);
}

std::vector<std::string> OrderManager::unevenUnderlyings() const
{
    std::set<std::string> uneven;
    for (const Difference& difference : m_differences) {
        if (difference.kind == Difference::Kind::Legs)
            uneven.insert(difference.underlying);
    }
    return {uneven.begin(), uneven.end()};
}

} // namespace vegadesk::execution
