#include "execution/order_manager.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

/// The journal read back after a stop or a crash.

namespace vegadesk::execution
{

namespace
{

/// The number at the end of "prefix-stamp-00042"; 0 when there is none.
std::int64_t counterOf(std::string_view externalId)
{
    const std::size_t dash = externalId.rfind('-');
    std::int64_t counter = 0;
    if (dash != std::string_view::npos)
        std::from_chars(externalId.data() + dash + 1, externalId.data() + externalId.size(), counter);
    return counter;
}

} // namespace

void OrderManager::restore(std::span<const base::JournalRecord> records)
{
    for (const base::JournalRecord& record : records) {
        if (!record.key.starts_with(m_settings.idPrefix + "-"))
            continue;
        if (const base::Result<void> read = restoreRecord(record); !read) {
            report({.kind = Difference::Kind::Journal,
                    .key = record.key,
                    .underlying = {},
                    .sentence = fmt::format("The journal's record {} of {} could not be read: {}.", record.kind,
                                            record.key, read.error().message())});
        }
    }
    m_isRestored = true;
    m_budget.noticeClock(m_spans.now());
    for (std::size_t i = 0; i < m_watched.size(); ++i) { // observers may add to it
        Entry& entry = *m_watched[i];
        for (const portfolio::OrderLeg& leg : entry.order.intent.legs)
            m_underlyingOf.try_emplace(leg.symbol, entry.order.intent.underlying);
        // A record of sending is written but not waited for, so an intent alone may have been sent as well.
        if (entry.order.status == OrderStatus::Intent || entry.order.status == OrderStatus::Sent)
            becomeUnknown(entry, "the program stopped before the broker's answer");
        else
            followReplacement(entry);
        m_isSnapshotWanted = m_isSnapshotWanted || !isTerminal(entry.order.status);
    }
    leaveFinished();
}

base::Result<void> OrderManager::restoreRecord(const base::JournalRecord& record)
{
    if (record.kind == "order.intent") {
        m_lastCounter = std::max(m_lastCounter, counterOf(record.key));
        if (!entryOf(record.key))
            m_budget.take(record.at);
        Entry& entry = restoreEntry(record); // even where its text is lost: the order may be at the broker
        base::Result<JournalledIntent> read = journalledIntentFromJson(record.payload);
        if (!read)
            return tl::make_unexpected(read.error());
        entry.order.intent = std::move(read->intent);
        entry.order.replaces = std::move(read->replaces);
        linkReplacement(entry);
        return {};
    }
    if (record.kind == "order.complex")
        return restoreComplex(record);
    if (record.kind == "order.external") {
        Entry& entry = restoreEntry(record);
        entry.order.isExternal = true;
        entry.order.status = OrderStatus::Working;
        const base::Result<ExternalOrder> order = externalOrderFromJson(record.payload);
        if (!order)
            return tl::make_unexpected(order.error());
        entry.order.intent = order->intent;
        entry.order.brokerId = order->brokerId;
        m_byBrokerId.insert_or_assign(order->brokerId, record.key);
        return {};
    }
    if (record.kind == "positions") {
        base::Result<Quantities> quantities = quantitiesFromJson(record.payload);
        if (!quantities)
            return tl::make_unexpected(quantities.error());
        m_expected = *std::move(quantities);
        return {};
    }
    if (record.kind == "reconcile.acknowledged") {
        auto sentence = sentenceFromJson(record.payload);
        if (!sentence)
            return tl::make_unexpected(sentence.error());
        m_seen.insert(*std::move(sentence));
        return {};
    }
    if (record.kind == "order.sent" || record.kind == "order.update" || record.kind == "order.fill" ||
        record.kind == "order.cancel")
        return restoreStep(record);
    return {};
}

base::Result<void> OrderManager::restoreComplex(const base::JournalRecord& record)
{
    m_lastCounter = std::max(m_lastCounter, counterOf(record.key));
    const base::Result<JournalledComplex> read = complexFromJson(record.payload);
    if (!read)
        return tl::make_unexpected(read.error());
    for (const auto& [externalId, intent] : read->parts) {
        m_lastCounter = std::max(m_lastCounter, counterOf(externalId));
        m_budget.take(record.at);
        restoreEntry({record.at, record.kind, externalId, {}}).order.intent = intent;
    }
    linkComplex(record.key, *read);
    return {};
}

base::Result<void> OrderManager::restoreStep(const base::JournalRecord& record)
{
    Entry* entry = entryOf(record.key);
    if (!entry)
        return base::fail(base::ErrorKind::NotFound, "order", record.key, "no earlier record of this order");
    entry->order.updatedAt = record.at;
    if (record.kind == "order.cancel") {
        entry->isCancelWanted = true;
        return {};
    }
    if (record.kind == "order.fill") {
        const base::Result<portfolio::Fill> fill = fillFromJson(record.payload);
        if (!fill)
            return tl::make_unexpected(fill.error());
        if (m_fills.try_emplace({fill->orderId, fill->fillId}, *fill).second) {
            entry->order.fills.push_back(*fill);
            countFill(*fill);
        }
        return {};
    }
    const base::Result<OrderUpdate> update = updateFromJson(record.payload);
    if (!update)
        return tl::make_unexpected(update.error());
    entry->order.status = update->status;
    entry->order.reason = update->reason;
    joinComplex(*entry, update->complexId, update->complexTag);
    if (!update->brokerId.empty()) {
        entry->order.brokerId = update->brokerId;
        m_byBrokerId.insert_or_assign(update->brokerId, record.key);
    }
    return {};
}

OrderManager::Entry& OrderManager::restoreEntry(const base::JournalRecord& record)
{
    const auto [entry, isNew] = m_entries.try_emplace(record.key);
    Order& order = entry->second.order;
    if (isNew) {
        order.externalId = record.key;
        order.createdAt = record.at;
        order.updatedAt = record.at;
        m_inOrder.push_back(&order);
        watch(entry->second);
    }
    return entry->second;
}

} // namespace vegadesk::execution
