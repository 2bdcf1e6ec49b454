#include "execution/order_manager.h"

#include <algorithm>
#include <fmt/format.h>

/// An order that takes the place of another: until the broker has said what became of both, either may fill.

namespace vegadesk::execution
{

base::Result<std::string> OrderManager::replace(std::string_view externalId, risk::ApprovedOrder approved,
                                                Submitted done)
{
    const auto refuse = [&](std::string_view why) {
        return base::fail(base::ErrorKind::Refused, "order", externalId, why);
    };
    Entry* const original = entryOf(externalId);
    if (!original)
        return base::fail(base::ErrorKind::NotFound, "order", externalId, "no order has this id");
    if (replacementOf(*original))
        return refuse("it is being replaced already");
    if (!isReplaceable(original->order) || original->isCancelWanted)
        return refuse(fmt::format("only a working order of which nothing has filled can be replaced, and this is {}",
                                  original->isCancelWanted ? "being cancelled" : toText(original->order.status)));
    if (approved.replaces() != externalId)
        return refuse("the approval is not for its place");
    if (!isSameClaim(approved.intent(), original->order.intent))
        return refuse("only price, type and time in force may change");
    if (const auto allowed = mayLeave(approved); !allowed)
        return tl::make_unexpected(allowed.error());
    return enter(std::move(approved), std::move(done));
}

OrderManager::Entry* OrderManager::replacementOf(const Entry& entry)
{
    Entry* const replacement = entry.replacement.empty() ? nullptr : entryOf(entry.replacement);
    return replacement && !isTerminal(replacement->order.status) ? replacement : nullptr;
}

/// A broker may echo no identifier on a replacement, or go on with the one that the replaced order has, or the one before it.
OrderManager::Entry* OrderManager::unnamedReplacement(const BrokerOrder& report)
{
    const auto known = report.replaces.empty() ? m_byBrokerId.end() : m_byBrokerId.find(report.replaces);
    if (known == m_byBrokerId.end())
        return nullptr;
    Entry* const replacement = entryOf(entryOf(known->second)->replacement);
    if (!replacement || !replacement->order.brokerId.empty() ||
        termsOf(replacement->order.intent) != termsOf(report.intent)) // it is one from the phone
        return nullptr;
    const Entry* const named = entryOf(report.externalId);
    const bool isOfAnother = !report.externalId.empty() && (!named || named->order.brokerId.empty());
    return isOfAnother ? nullptr : replacement;
}

void OrderManager::linkReplacement(Entry& replacement)
{
    if (Entry* const original = entryOf(replacement.order.replaces))
        original->replacement = replacement.order.externalId;
}

/// What one of both has become says what the other is.
void OrderManager::followReplacement(Entry& entry)
{
    keepFromFillingBoth(entry);
    Entry* const original = entryOf(entry.order.replaces);
    if (!original || original->replacement != entry.order.externalId)
        return;
    const Order& order = entry.order;
    const bool hasItsPlace = !order.brokerId.empty() && (!isTerminal(order.status) || !order.fills.empty() ||
                                                         original->order.status == OrderStatus::Cancelled);
    original->order.replacedBy = hasItsPlace ? order.externalId : std::string();
    if (isTerminal(order.status) && original->order.status == OrderStatus::ReplaceRequested) {
        m_isSnapshotWanted = true; // the broker's word on the order that is left
        setStatus(*original, original->order.fills.empty() ? OrderStatus::Working : OrderStatus::PartiallyFilled,
                  hasItsPlace ? "" : "its replacement was not taken");
    } else if (order.status == OrderStatus::Unknown && original->order.status == OrderStatus::Working) {
        setStatus(*original, OrderStatus::ReplaceRequested); // after a restart
    }
}

std::vector<OrderManager::Entry*> OrderManager::chainOf(const Entry& entry)
{
    std::vector<Entry*> chain;
    const auto isNew = [&](Entry* each) { return each && std::ranges::count(chain, each) == 0; };
    for (Entry* each = entryOf(entry.order.externalId); isNew(each); each = entryOf(each->order.replaces))
        chain.insert(chain.begin(), each);
    // From each of them: one whose replacement was not taken may have been given another.
    for (std::size_t i = 0; i < chain.size(); ++i) {
        if (Entry* const newer = entryOf(chain[i]->replacement); isNew(newer))
            chain.push_back(newer);
    }
    return chain;
}

/// What was ordered once must not be traded twice, whatever the broker makes of a fill in the race, and however often the
/// order was replaced before anybody heard of it.
void OrderManager::keepFromFillingBoth(const Entry& entry)
{
    const std::vector<Entry*> chain = chainOf(entry);
    const auto isLive = [](const Entry* each) { return !isTerminal(each->order.status); };
    const auto last = std::find_if(chain.rbegin(), chain.rend(), isLive);
    if (last == chain.rend() || *last == chain.front() || (*last)->order.status == OrderStatus::CancelRequested)
        return;
    Entry& newest = **last;
    const auto wouldBeTooMuch = [&](const portfolio::OrderLeg& leg) {
        base::Quantity filled = 0;
        for (const Entry* const older : std::span(chain).first(static_cast<std::size_t>(chain.rend() - last) - 1))
            filled += older->order.filledQuantity(leg.symbol);
        return std::ranges::any_of(chain.front()->order.intent.legs, [&](const portfolio::OrderLeg& ordered) {
            return ordered.symbol == leg.symbol && filled + leg.quantity > ordered.quantity;
        });
    };
    if (std::ranges::none_of(newest.order.intent.legs, wouldBeTooMuch))
        return;
    wantCancel(newest);
    tryCancel(newest);
    sendWaiting(newest);
}

void OrderManager::noteTradedTwice(const Entry& entry)
{
    std::vector<Entry*> filled = chainOf(entry);
    const Order& first = filled.front()->order;
    std::erase_if(filled, [](const Entry* each) { return each->order.fills.empty(); });
    if (filled.size() < 2)
        return;
    const auto isTooMuch = [&](const portfolio::OrderLeg& leg) {
        base::Quantity quantity = 0;
        for (const Entry* const each : filled)
            quantity += each->order.filledQuantity(leg.symbol);
        return quantity > leg.quantity;
    };
    const Order& older = filled.front()->order;
    const Order& newer = filled.back()->order;
    if (std::ranges::any_of(first.intent.legs, isTooMuch))
        report({.kind = Difference::Kind::Fill,
                .key = newer.externalId,
                .underlying = first.intent.underlying,
                .sentence = fmt::format("Order {} has filled, and so has its replacement {}: more was traded than was "
                                        "ordered.",
                                        older.externalId, newer.externalId)});
}

/// The replacement first: where the original goes, it is routed.
std::vector<OrderManager::Entry*> OrderManager::pairOf(Entry& entry)
{
    std::vector<Entry*> pair;
    if (const Complex* const complex = complexOf(entry)) {
        for (const std::string& externalId : complex->parts) {
            if (Entry* const part = entryOf(externalId); !isTerminal(part->order.status))
                pair.push_back(part);
        }
        return pair;
    }
    if (Entry* const replacement = replacementOf(entry))
        pair.push_back(replacement);
    pair.push_back(&entry);
    Entry* const original = entryOf(entry.order.replaces);
    if (original && original->replacement == entry.order.externalId && !isTerminal(original->order.status))
        pair.push_back(original);
    return pair;
}

} // namespace vegadesk::execution
