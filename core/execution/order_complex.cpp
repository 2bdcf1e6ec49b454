#include "execution/order_manager.h"

#include <algorithm>
#include <fmt/format.h>

/// Orders that depend on each other: sent as one, and followed one by one.

namespace vegadesk::execution
{

namespace
{

bool isSamePart(const portfolio::OrderIntent& ours, const portfolio::OrderIntent& reported)
{
    return std::ranges::is_permutation(ours.legs, reported.legs) && termsOf(ours) == termsOf(reported);
}

/// The broker's words for what a part is.
bool isTrigger(std::string_view tag)
{
    return tag.ends_with("::trigger-order");
}
bool isOfPair(std::string_view tag)
{
    return tag.starts_with("OCO::") || tag.ends_with("::oco-1-order");
}

} // namespace

base::Result<std::vector<std::string>> OrderManager::submit(risk::ApprovedComplex approved)
{
    const std::vector<portfolio::OrderIntent> parts = portfolio::partsOf(approved.intent());
    const bool isClose = approved.figures().isReducing && std::ranges::all_of(parts, portfolio::isFromPerson);
    if (const auto allowed = mayLeave(parts.size(), approved.approvedAt(), isClose); !allowed)
        return tl::make_unexpected(allowed.error());

    const base::Instant now = m_clock.now();
    const std::string complexId = nextExternalId();
    JournalledComplex record{approved.intent().kind, {}};
    const base::Instant spanNow = m_spans.now();
    const base::Instant leavesAt =
        isClose ? spanNow : spanNow + m_budget.waitAt(spanNow, static_cast<int>(parts.size()));
    for (const portfolio::OrderIntent& part : parts) {
        const std::string externalId = nextExternalId();
        Entry& entry = m_entries[externalId];
        entry.order.externalId = externalId;
        entry.order.intent = part;
        entry.order.createdAt = now;
        entry.order.updatedAt = now;
        entry.approvedAt = approved.approvedAt();
        entry.leavesAt = leavesAt;
        entry.isReducing = approved.figures().isReducing;
        entry.isKept = m_isCancellingAll;
        m_budget.take(spanNow);
        m_inOrder.push_back(&entry.order);
        watch(entry);
        record.parts.emplace_back(externalId, part);
    }
    const std::vector<std::string> ids = linkComplex(complexId, record);
    for (const std::string& externalId : ids)
        notify(entryOf(externalId)->order);
    m_journal.append({now, "order.complex", complexId, toJson(record)},
                     [this, complexId, alive = std::weak_ptr(m_alive)](const base::Result<void>& journalled) {
                         if (!alive.expired())
                             sendComplex(complexId, journalled);
                     });
    return ids;
}

std::vector<std::string> OrderManager::linkComplex(const std::string& complexId, const JournalledComplex& record)
{
    Complex& complex = m_complexes[complexId];
    complex.kind = record.kind;
    for (const auto& [externalId, intent] : record.parts)
        complex.parts.push_back(externalId);
    const bool hasTrigger = record.kind != portfolio::ComplexKind::Oco;
    for (std::size_t i = 0; i < complex.parts.size(); ++i) {
        Order& order = entryOf(complex.parts[i])->order;
        order.complex = complexId;
        if (hasTrigger && i > 0)
            order.waitsFor = complex.parts.front();
        if (record.kind != portfolio::ComplexKind::Oto && (i > 0 || !hasTrigger))
            order.pairedWith = complex.parts[complex.parts.size() - 1 - i + (hasTrigger ? 1 : 0)];
    }
    return complex.parts;
}

OrderManager::Complex* OrderManager::complexOf(const Entry& entry)
{
    const auto found = m_complexes.find(entry.order.complex);
    return found == m_complexes.end() ? nullptr : &found->second;
}

void OrderManager::sendComplex(const std::string& complexId, const base::Result<void>& journalled)
{
    const Complex& complex = m_complexes.at(complexId);
    std::vector<Entry*> parts;
    for (const std::string& externalId : complex.parts)
        parts.push_back(entryOf(externalId));
    Entry& first = *parts.front();
    if (first.order.status != OrderStatus::Intent)
        return; // a journal that answers twice must not send twice
    std::string why;
    for (const Entry* const part : parts)
        why = why.empty() ? reasonToStay(*part, journalled) : why;
    const base::Instant now = m_spans.now();
    if (why.empty() && now < first.leavesAt) {
        first.isWaiting = true; // poll() knows its turn
        return;
    }
    if (why.empty())
        why = reasonTooLate(first);
    for (const Entry* const part : parts)
        why = why.empty() ? reasonNotNow(*part) : why;
    if (!why.empty()) {
        for (Entry* const part : parts)
            setStatus(*part, OrderStatus::NotPlaced, why);
        return;
    }
    std::vector<SendableOrder> orders;
    for (Entry* const part : parts) {
        part->sentAt = now;
        orders.push_back(SendableOrder(part->order.intent, part->order.externalId));
        setStatus(*part, OrderStatus::Sent);
    }
    m_broker.placeComplex(
        SendableComplexOrder(complex.kind, std::move(orders)),
        [this, complexId, alive = std::weak_ptr(m_alive)](const base::Result<std::vector<BrokerOrder>>& answer) {
            if (!alive.expired())
                complexAnswered(complexId, answer);
        });
}

/// Which part of the answer is which is not said by its place in it.
void OrderManager::complexAnswered(const std::string& complexId, const base::Result<std::vector<BrokerOrder>>& answer)
{
    const std::vector<std::string> parts = m_complexes.at(complexId).parts;
    std::vector<BrokerOrder> left;
    if (answer && answer->size() == parts.size())
        left = *answer;
    for (const std::string& externalId : parts) {
        if (!answer) {
            answered(externalId, tl::make_unexpected(answer.error()));
            continue;
        }
        Entry& entry = *entryOf(externalId);
        const auto isIts = [&](const BrokerOrder& report) {
            return report.externalId.empty() ? isSamePart(entry.order.intent, report.intent)
                                             : report.externalId == externalId;
        };
        if (const auto its = std::ranges::find_if(left, isIts); its != left.end()) {
            const BrokerOrder report = std::move(*its);
            left.erase(its);
            answered(externalId, report);
        } else if (entry.order.status == OrderStatus::Sent) {
            becomeUnknown(entry, "the broker's answer has other orders than were sent");
        }
    }
}

/// A broker that echoes no identifier on the parts: by the complex order and what the part is.
OrderManager::Entry* OrderManager::unnamedPart(const BrokerOrder& report)
{
    if (!report.externalId.empty() || report.complexId.empty())
        return nullptr;
    for (auto& [complexId, complex] : m_complexes) {
        if (!complex.brokerId.empty() && complex.brokerId != report.complexId)
            continue;
        for (const std::string& externalId : complex.parts) {
            Entry& entry = *entryOf(externalId);
            const bool isOnItsWay =
                entry.order.status == OrderStatus::Sent || entry.order.status == OrderStatus::Unknown;
            if (isOnItsWay && entry.order.brokerId.empty() && isSamePart(entry.order.intent, report.intent))
                return &entry;
        }
    }
    return nullptr;
}

/// Of all its parts at once: the broker knows no other way.
void OrderManager::tryCancelComplex(const std::string& complexId)
{
    const Complex complex = m_complexes.at(complexId);
    for (const std::string& externalId : complex.parts) {
        Entry& part = *entryOf(externalId);
        part.isCancelInFlight = true;
        part.cancelTriedAt = m_spans.now();
        ++part.cancelTries;
    }
    m_broker.cancelComplex(complex.brokerId, [this, complexId, alive = std::weak_ptr(m_alive)](
                                                 const base::Result<std::vector<BrokerOrder>>& answer) {
        if (!alive.expired())
            complexCancelAnswered(complexId, answer);
    });
    for (const std::string& externalId : complex.parts) {
        if (Entry& part = *entryOf(externalId); isAtWork(part.order.status))
            setStatus(part, OrderStatus::CancelRequested);
    }
}

void OrderManager::complexCancelAnswered(const std::string& complexId,
                                         const base::Result<std::vector<BrokerOrder>>& answer)
{
    const std::vector<std::string> parts = m_complexes.at(complexId).parts;
    for (const std::string& externalId : parts) {
        Entry& part = *entryOf(externalId);
        if (!answer) {
            cancelAnswered(externalId, tl::make_unexpected(answer.error()));
            continue;
        }
        part.isCancelInFlight = false;
        part.isCancelWanted = false; // it is the broker's now
    }
    if (!answer)
        return;
    for (const BrokerOrder& report : *answer)
        apply(report);
}

/// One of two that cancel each other has filled, and so has the other: it was the broker's to keep that from happening.
void OrderManager::notePairTraded(const Entry& entry)
{
    const Entry* const other = entryOf(entry.order.pairedWith);
    if (!other)
        return;
    const auto isTooMuch = [&](const portfolio::OrderLeg& leg) {
        return entry.order.filledQuantity(leg.symbol) + other->order.filledQuantity(leg.symbol) > leg.quantity;
    };
    if (std::ranges::any_of(entry.order.intent.legs, isTooMuch) && !other->order.fills.empty())
        report({.kind = Difference::Kind::Fill,
                .key = entry.order.externalId,
                .underlying = entry.order.intent.underlying,
                .sentence = fmt::format("Of the orders {} and {}, which cancel each other, both have filled: more was "
                                        "traded than was ordered.",
                                        other->order.externalId, entry.order.externalId)});
}

/// What the broker says that it is a part of. One that was placed elsewhere is linked to the other parts as they become known.
void OrderManager::joinComplex(Entry& entry, std::string_view complexId, std::string_view tag)
{
    if (complexId.empty())
        return;
    Order& order = entry.order;
    order.complexId = complexId;
    order.complexTag = tag;
    if (Complex* const complex = complexOf(entry)) {
        complex->brokerId = complexId;
        return;
    }
    if (!order.isExternal)
        return;
    order.complex = fmt::format("{}-external-{}", m_settings.idPrefix, complexId);
    Complex& complex = m_complexes[order.complex];
    complex.brokerId = complexId;
    for (const std::string& externalId : complex.parts) {
        Order& other = entryOf(externalId)->order;
        if (isTerminal(other.status))
            continue;
        if (isOfPair(other.complexTag) && isOfPair(tag)) {
            other.pairedWith = order.externalId;
            order.pairedWith = other.externalId;
        } else if (isTrigger(other.complexTag)) {
            order.waitsFor = other.externalId;
        } else if (isTrigger(tag)) {
            other.waitsFor = order.externalId;
        }
    }
    complex.parts.push_back(order.externalId);
}

/// It cannot fill before the one that it waits for has.
bool OrderManager::isDormant(const Order& order) const
{
    const Order* const trigger = find(order.waitsFor);
    const bool mayBeReleased = order.status == OrderStatus::Working || order.status == OrderStatus::PartiallyFilled;
    return trigger && trigger->fills.empty() && !mayBeReleased;
}

} // namespace vegadesk::execution
