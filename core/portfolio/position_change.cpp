#include "portfolio/position_change.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

namespace vegadesk::portfolio
{

namespace
{

using Quantities = std::map<std::string, base::Quantity, std::less<>>;

const Position* positionIn(std::span<const Position> held, const OrderLeg& leg)
{
    const auto found = std::ranges::find(held, leg.symbol, &Position::symbol);
    return found == held.end() ? nullptr : &*found;
}

double costOf(const Position& position, base::Quantity quantity)
{
    return position.averageOpenPrice.toDouble() * quantity.toDouble() * position.multiplier;
}

std::vector<HeldLeg> legsOf(const Quantities& quantities)
{
    std::vector<HeldLeg> legs;
    for (const auto& [symbol, quantity] : quantities) {
        if (quantity != 0)
            legs.push_back({symbol, quantity});
    }
    return legs;
}

/// As much of each right is opened, on each side, as is closed.
bool isRoll(const OrderIntent& intent, std::span<const LegFacts> facts)
{
    std::map<std::pair<market::Right, bool>, base::Quantity>
        closedLessOpened; // by right, and whether the position is long
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        if (!facts[i].option)
            return false;
        const bool opens = isOpening(leg.action);
        closedLessOpened[{facts[i].option->right, isBuy(leg.action) == opens}] += opens ? -leg.quantity : leg.quantity;
    }
    return std::ranges::all_of(closedLessOpened, [](const auto& entry) { return entry.second == 0; });
}

OrderEffect effectOf(const OrderIntent& intent, std::span<const Position> held, std::span<const LegFacts> facts)
{
    const auto opens = [](const OrderLeg& leg) { return isOpening(leg.action); };
    if (std::ranges::all_of(intent.legs, opens))
        return OrderEffect::Opens;
    if (std::ranges::any_of(intent.legs, opens))
        return isRoll(intent, facts) ? OrderEffect::Rolls : OrderEffect::Changes;
    const bool leavesSome = std::ranges::any_of(intent.legs, [&](const OrderLeg& leg) {
        const Position* const position = positionIn(held, leg);
        return position && position->quantity.abs() > leg.quantity;
    });
    return leavesSome ? OrderEffect::Reduces : OrderEffect::Closes;
}

} // namespace

PositionChange changeBy(const OrderIntent& intent, std::span<const Position> held, std::span<const LegFacts> facts,
                        double cost)
{
    assert(facts.size() == intent.legs.size());
    PositionChange change;
    change.effect = effectOf(intent, held, facts);
    Quantities quantities;
    for (const Position& position : held) {
        quantities[position.symbol] += position.quantity;
        change.costBefore += costOf(position, position.quantity);
    }
    change.before = legsOf(quantities);

    double openedAtMarks = 0;
    double closedCost = 0; // what the part that is closed had cost
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        const base::Quantity quantity = signedQuantity(leg.action, leg.quantity);
        quantities[leg.symbol] += quantity;
        if (isOpening(leg.action)) {
            openedAtMarks += facts[i].mark * quantity.toDouble() * facts[i].multiplier;
            continue;
        }
        const Position* const position = positionIn(held, leg);
        const bool isThere =
            position && (position->quantity > 0) == (quantity < 0) && position->quantity.abs() >= leg.quantity;
        closedCost += isThere ? costOf(*position, -quantity) : market::unknown;
    }
    const bool onlyOpens = change.effect == OrderEffect::Opens;
    const double opened = onlyOpens ? cost : openedAtMarks;
    change.realised = onlyOpens ? 0 : opened - cost - closedCost;
    change.costAfter = change.costBefore - closedCost + opened;
    change.after = legsOf(quantities);
    return change;
}

} // namespace vegadesk::portfolio
