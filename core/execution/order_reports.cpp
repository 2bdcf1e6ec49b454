#include "execution/order_manager.h"

#include "base/log.h"
#include "market/symbols.h"

#include <algorithm>
#include <fmt/format.h>

/// What the broker says of an order, by answer, event or snapshot, in any order and any number of times.

namespace vegadesk::execution
{

namespace
{

/// How much a value buys only the broker knows, so only it says when such an order is done.
bool isComplete(const Order& order)
{
    if (order.intent.type == portfolio::OrderType::NotionalMarket)
        return order.status == OrderStatus::Filled && !order.fills.empty();
    return !order.intent.legs.empty() && std::ranges::all_of(order.intent.legs, [&](const portfolio::OrderLeg& leg) {
        return order.filledQuantity(leg.symbol) >= leg.quantity;
    });
}

/// Of a replacement: the order whose place it takes may have filled in part before we heard of it, and it is for the rest.
bool isRestOf(const portfolio::OrderIntent& rest, const portfolio::OrderIntent& whole)
{
    const auto isIn = [&](const portfolio::OrderLeg& leg) {
        return std::ranges::any_of(whole.legs, [&](const portfolio::OrderLeg& ours) {
            return ours.symbol == leg.symbol && ours.action == leg.action && leg.quantity > 0 &&
                   leg.quantity <= ours.quantity;
        });
    };
    return rest.legs.size() == whole.legs.size() && std::ranges::all_of(rest.legs, isIn);
}

bool hasSameLegs(const portfolio::OrderIntent& a, const portfolio::OrderIntent& b)
{
    const auto contains = [&](const portfolio::OrderLeg& leg) { return std::ranges::count(b.legs, leg) > 0; };
    return a.legs.size() == b.legs.size() && std::ranges::all_of(a.legs, contains);
}

base::Quantity ordered(const Order& order, std::string_view symbol)
{
    base::Quantity quantity = 0;
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        quantity += leg.symbol == symbol ? leg.quantity : 0;
    return quantity;
}

} // namespace

/// Placed elsewhere in words we do not know: it may fill, and nothing says what it would do.
void OrderManager::noteUnreadableOrder(const Order& order)
{
    if (!order.intent.legs.empty() || isTerminal(order.status))
        return closeDifference(Difference::Kind::Unreadable, order.externalId);
    report(
        {.kind = Difference::Kind::Unreadable,
         .key = order.externalId,
         .underlying = order.intent.underlying,
         .sentence = fmt::format("The broker's order {}, placed elsewhere, could not be read, and no limit counts it.",
                                 order.brokerId)});
}

OrderManager::Entry& OrderManager::addExternal(const BrokerOrder& report)
{
    const std::string key = m_settings.idPrefix + "-external-" + report.brokerId;
    Entry& entry = m_entries[key];
    entry.order.externalId = key;
    entry.order.brokerId = report.brokerId;
    entry.order.intent = report.intent;
    entry.order.status = OrderStatus::Sent;
    entry.order.isExternal = true;
    entry.order.createdAt = report.receivedAt;
    entry.order.updatedAt = m_clock.now();
    m_inOrder.push_back(&entry.order);
    watch(entry);
    m_byBrokerId.emplace(report.brokerId, key);
    write("order.external", key, toJson(ExternalOrder{report.brokerId, report.intent}));
    return entry;
}

OrderManager::Entry& OrderManager::entryFor(const BrokerOrder& report)
{
    if (const auto known = m_byBrokerId.find(report.brokerId); known != m_byBrokerId.end())
        return *entryOf(known->second);

    Entry* ours = unnamedReplacement(report);
    if (!ours)
        ours = unnamedPart(report);
    if (!ours && !report.externalId.empty())
        ours = entryOf(report.externalId);
    const bool carriesOurPrefix = report.externalId.starts_with(m_settings.idPrefix + "-");
    if (ours && ours->order.brokerId.empty() &&
        (report.intent.legs.empty() || ours->order.intent.legs.empty() ||
         hasSameLegs(ours->order.intent, report.intent) ||
         (!ours->order.replaces.empty() && isRestOf(report.intent, ours->order.intent)))) {
        ours->order.brokerId = report.brokerId;
        m_byBrokerId.emplace(report.brokerId, ours->order.externalId);
        return *ours;
    }
    Entry& external = addExternal(report);
    if (ours) {
        this->report({.kind = Difference::Kind::DuplicateOrder,
                      .key = external.order.externalId,
                      .underlying = report.intent.underlying,
                      .sentence = fmt::format("The broker's order {} carries the id {} of another order of ours.",
                                              report.brokerId, report.externalId)});
    } else if (carriesOurPrefix) {
        this->report(
            {.kind = Difference::Kind::OrderNotJournalled,
             .key = external.order.externalId,
             .underlying = {},
             .sentence = fmt::format("The broker's order {} carries our id {}, which the journal does not know.",
                                     report.brokerId, report.externalId)});
    }
    return external;
}

/// It lacks an id of ours, and one of ours is on its way that looks the same: its answer, or a list, will say.
bool OrderManager::isPerhapsOurs(const BrokerOrder& report) const
{
    if (!report.externalId.empty() || m_byBrokerId.contains(report.brokerId))
        return false;
    return std::ranges::any_of(m_watched, [&](const Entry* entry) {
        const Order& order = entry->order;
        return (order.status == OrderStatus::Sent || order.status == OrderStatus::Unknown) && order.brokerId.empty() &&
               (report.intent.legs.empty() || hasSameLegs(order.intent, report.intent));
    });
}

std::vector<portfolio::Fill> OrderManager::bookFills(Entry& entry, const BrokerOrder& report)
{
    Order& order = entry.order;
    const auto object = [&](const portfolio::Fill& fill, std::string_view what) {
        this->report({.kind = Difference::Kind::Fill,
                      .key = order.externalId,
                      .underlying = order.intent.underlying,
                      .sentence = fmt::format("Order {}: fill \"{}\" of {} {} {}.", order.externalId, fill.fillId,
                                              fill.quantity.toString(), market::contractName(fill.symbol), what)});
    };
    std::vector<portfolio::Fill> booked;
    for (portfolio::Fill fill : report.fills) {
        fill.orderId = report.brokerId;
        if (fill.fillId.empty() || fill.quantity <= 0 || fill.price.isNegative()) {
            object(fill, "cannot be booked: it needs an id, a quantity above 0 and a price");
            continue;
        }
        const auto [known, isNew] = m_fills.try_emplace({fill.orderId, fill.fillId}, fill);
        if (!isNew) {
            const portfolio::Fill& first = known->second;
            if (first.symbol != fill.symbol || first.quantity != fill.quantity || first.price != fill.price)
                object(fill, "differs from what was booked under that id");
            continue;
        }
        order.fills.push_back(fill);
        countFill(fill);
        write("order.fill", order.externalId, toJson(fill));
        if (order.intent.type != portfolio::OrderType::NotionalMarket &&
            order.filledQuantity(fill.symbol) > ordered(order, fill.symbol))
            object(fill, "is more than was ordered");
        booked.push_back(fill);
    }
    return booked;
}

OrderStatus OrderManager::statusAfter(const Entry& entry, const BrokerOrder& report)
{
    const Order& order = entry.order;
    const OrderStatus current = order.status;
    const bool isOurConclusion = current == OrderStatus::NotPlaced || entry.isInferred;
    if (isComplete(order))
        return OrderStatus::Filled;
    if (isTerminal(current) && !isOurConclusion)
        return report.status == OrderStatus::Filled ? OrderStatus::Filled : current;
    if (isTerminal(report.status) && report.status != OrderStatus::NotPlaced)
        return report.status;

    const OrderStatus working = order.fills.empty() ? OrderStatus::Working : OrderStatus::PartiallyFilled;
    if (report.status == OrderStatus::CancelRequested)
        return OrderStatus::CancelRequested;
    if (current == OrderStatus::CancelRequested) {
        // News from before the cancel must not undo it; younger news means that the broker did not cancel.
        const bool isNews =
            !entry.isCancelInFlight && !entry.isCancelWanted && report.updatedAt > entry.brokerUpdatedAt;
        return isNews ? working : current;
    }
    // It goes back to work when the replacement is over without its place, not by a report that may be from before.
    const Entry* const replacement = replacementOf(entry);
    if (replacement && replacement->order.status != OrderStatus::Intent)
        return OrderStatus::ReplaceRequested;
    const bool isOld = report.updatedAt < entry.brokerUpdatedAt;
    if (isAtWork(current) && isOld)
        return order.fills.empty() ? current : working;
    if (report.status == OrderStatus::ReplaceRequested)
        return report.status;
    if (report.status == OrderStatus::Contingent && order.fills.empty())
        return report.status;
    return working; // the broker has it, whatever word it uses on the way to its book
}

void OrderManager::apply(const BrokerOrder& report)
{
    if (report.brokerId.empty()) {
        base::log::warning("a report without an order id was not used");
        return;
    }
    // What names the whole or the order it replaces is claimed by that; only what nothing claims has to wait.
    if (!unnamedReplacement(report) && !unnamedPart(report) && isPerhapsOurs(report)) {
        m_isSnapshotWanted = true;
        return;
    }
    Entry& entry = entryFor(report);
    Order& order = entry.order;
    if (order.intent.legs.empty())
        order.intent = report.intent; // its journal record could not be read
    if (const auto original = m_byBrokerId.find(report.replaces);
        order.replaces.empty() && original != m_byBrokerId.end() && original->second != order.externalId) {
        order.replaces = original->second; // placed elsewhere
        linkReplacement(entry);
    }
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        m_underlyingOf.try_emplace(leg.symbol, order.intent.underlying);
    if (order.status == OrderStatus::NotPlaced) {
        this->report({.kind = Difference::Kind::LateOrder,
                      .key = order.externalId,
                      .underlying = order.intent.underlying,
                      .sentence = fmt::format("Order {} was taken as not placed and has appeared at the broker as {}.",
                                              order.externalId, report.brokerId)});
    }

    joinComplex(entry, report.complexId, report.complexTag);
    if (!order.isExternal && !order.replaces.empty() && order.fills.empty() &&
        !hasSameLegs(order.intent, report.intent) && isRestOf(report.intent, order.intent)) {
        order.intent.legs = report.intent.legs;
        write("order.intent", order.externalId, toJson(JournalledIntent{order.intent, order.replaces}));
    }
    const std::vector<portfolio::Fill> booked = bookFills(entry, report);
    const OrderStatus status = statusAfter(entry, report);
    const bool isReasonKept = status == order.status && report.rejectReason.empty() && !entry.firstAbsentAt;
    const bool isChanged = change(entry, status, isReasonKept ? std::string(order.reason) : report.rejectReason);
    entry.brokerUpdatedAt = std::max(entry.brokerUpdatedAt, report.updatedAt);
    entry.absentCountsFrom = m_spans.now();
    entry.firstAbsentAt.reset();
    closeDifference(Difference::Kind::OrderVanished, order.externalId);
    if (order.status == OrderStatus::Filled && !isComplete(order))
        m_isSnapshotWanted = true; // its fills are still to come

    for (const portfolio::Fill& fill : booked) {
        const std::vector<OrderObserver*> observers = m_observers;
        for (OrderObserver* observer : observers)
            observer->onFill(order, fill);
    }
    noteUnreadableOrder(order);
    if (!booked.empty()) {
        noteTradedTwice(entry);
        notePairTraded(entry);
        noteLegs(order);
        noteLegsAgain();
    }
    if (isChanged || !booked.empty()) {
        settle(entry);
        followReplacement(entry);
    }
    entry.isCancelWanted = entry.isCancelWanted || (m_isCancellingAll && isAtWork(order.status) && !entry.isKept);
    tryCancel(entry);
}

} // namespace vegadesk::execution
