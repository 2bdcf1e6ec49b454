#include "execution/order_manager.h"

#include "market/calendar.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

/// Snapshots: what the broker holds when asked, against what we know.

namespace vegadesk::execution
{

namespace
{

/// Asking more often than this helps nobody.
constexpr base::Nanos snapshotSpacing = std::chrono::seconds(2);

bool mayBeWorking(OrderStatus status)
{
    return status == OrderStatus::Unknown || status == OrderStatus::CancelRequested || isAtWork(status);
}

} // namespace

void OrderManager::connectionChanged(ConnectionState state)
{
    m_isConnected = state == ConnectionState::Connected;
    if (m_isConnected)
        reconcile();
}

void OrderManager::reconcile(std::function<void(base::Result<std::vector<Difference>>)> done)
{
    if (done)
        m_waiting.push_back(std::move(done));
    if (m_snapshot) {
        m_isSnapshotWanted = true; // what is under way may be older than the reason for this call
        return;
    }
    m_isSnapshotWanted = false;
    m_snapshot = Snapshot{
        .number = ++m_snapshotNumber, .requestedAt = m_spans.now(), .marketTime = m_clock.now(), .fillsBefore = 0};
    m_lastSnapshotAt = m_snapshot->requestedAt;
    m_broker.orders([this, number = m_snapshotNumber,
                     alive = std::weak_ptr(m_alive)](const base::Result<std::vector<BrokerOrder>>& answer) {
        if (!alive.expired() && m_snapshot && m_snapshot->number == number)
            ordersArrived(answer);
    });
}

void OrderManager::ordersArrived(const base::Result<std::vector<BrokerOrder>>& answer)
{
    if (!answer)
        return finishSnapshot(&answer.error());
    std::set<std::string, std::less<>> listed;
    for (const BrokerOrder& report : *answer) {
        apply(report);
        listed.insert(report.brokerId);
    }
    for (std::size_t i = 0; i < m_watched.size(); ++i) { // observers may add to it
        Entry& entry = *m_watched[i];
        if (!mayBeWorking(entry.order.status) || listed.contains(entry.order.brokerId))
            continue;
        if (!entry.isInferred)
            countAbsence(entry, *m_snapshot);
        else if (market::newYorkDate(entry.order.createdAt) != market::newYorkDate(m_snapshot->marketTime))
            conclude(entry, OrderStatus::Expired, "the broker no longer lists it, and its day is over");
    }
    if (m_isCancellingAll && m_snapshot->requestedAt >= m_cancelAllFrom)
        finishCancelAll();

    m_snapshot->fillsBefore = m_fills.size();
    m_broker.positions([this, number = m_snapshot->number, alive = std::weak_ptr(m_alive)](
                           const base::Result<std::vector<portfolio::Position>>& positions) {
        if (!alive.expired() && m_snapshot && m_snapshot->number == number)
            positionsArrived(positions);
    });
}

void OrderManager::countAbsence(Entry& entry, const Snapshot& snapshot)
{
    Order& order = entry.order;
    const base::Instant requestedAt = snapshot.requestedAt;
    const base::Instant marketTime = snapshot.marketTime; // observers may end the snapshot
    if (requestedAt < entry.absentCountsFrom)
        return;
    if (!entry.firstAbsentAt) {
        entry.firstAbsentAt = requestedAt;
        setStatus(
            entry, order.status,
            fmt::format("the broker does not list it at {}; it is asked once more", base::formatInstant(marketTime)));
        return;
    }
    if (requestedAt - *entry.firstAbsentAt < m_settings.snapshotGap)
        return;

    entry.firstAbsentAt.reset();
    entry.absentCountsFrom = requestedAt;
    const bool isOfToday = market::newYorkDate(order.createdAt) == market::newYorkDate(marketTime);
    if (isOfToday && order.brokerId.empty() && order.fills.empty()) {
        conclude(entry, OrderStatus::NotPlaced, "the broker listed it neither then nor now: it was not placed");
    } else if (!isOfToday) {
        // Working orders are always listed, so it is over; whether it traded is in the account's history, not in today's list.
        vanished(entry, "no longer works; what became of it is in the account's history");
        conclude(entry, OrderStatus::Expired, "the broker no longer lists it");
    } else {
        vanished(entry, "was at the broker today and is not listed any more");
        conclude(entry, OrderStatus::Unknown, "the broker no longer lists it");
    }
}

void OrderManager::conclude(Entry& entry, OrderStatus status, std::string_view reason)
{
    setStatus(entry, status, reason);
    entry.isInferred = true;
}

base::Result<void> OrderManager::declareOver(std::string_view externalId)
{
    Entry* const entry = entryOf(externalId);
    if (!entry)
        return base::fail(base::ErrorKind::NotFound, "order", externalId, "no order has this id");
    if (entry->order.status != OrderStatus::Unknown || !entry->isInferred)
        return base::fail(base::ErrorKind::Refused, "order", externalId,
                          "only an order whose outcome is not known, and that the broker no longer lists");
    conclude(*entry, OrderStatus::Expired, "said to be over by hand");
    return {};
}

void OrderManager::vanished(const Entry& entry, std::string_view what)
{
    report({.kind = Difference::Kind::OrderVanished,
            .key = entry.order.externalId,
            .underlying = entry.order.intent.underlying,
            .sentence = fmt::format("Order {} {}.", entry.order.externalId, what)});
}

void OrderManager::closeDifference(Difference::Kind kind, std::string_view key)
{
    std::erase_if(m_differences, [&](const Difference& open) { return open.kind == kind && open.key == key; });
}

std::vector<std::string> OrderManager::frozenUnderlyings() const
{
    std::set<std::string> frozen;
    for (const Difference& difference : m_differences) {
        if (!difference.underlying.empty() && difference.kind != Difference::Kind::Legs)
            frozen.insert(difference.underlying);
    }
    return {frozen.begin(), frozen.end()};
}

bool OrderManager::isAllFrozen() const
{
    return std::ranges::any_of(m_differences, [](const Difference& open) {
        return open.kind == Difference::Kind::Unreadable && open.underlying.empty();
    });
}

void OrderManager::finishSnapshot(const base::Error* error)
{
    m_snapshot.reset();
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto& done : waiting) {
        if (error)
            done(tl::make_unexpected(*error));
        else
            done(m_differences);
    }
}

void OrderManager::finishCancelAll()
{
    for (const Entry* const entry : m_watched) {
        if (!isTerminal(entry->order.status) && !entry->isInferred && !entry->isKept)
            return;
    }
    m_isCancellingAll = false;
    if (m_cancelAllDone)
        std::exchange(m_cancelAllDone, {})();
}

bool OrderManager::isSnapshotDue() const
{
    // Without the account's stream nobody tells what becomes of orders, but the lists may be had all the same.
    if (m_snapshot || (!m_isConnected && m_watched.empty()))
        return false;
    if (!m_lastSnapshotAt)
        return m_isConnected && (m_isSnapshotWanted || m_settings.reconcileEvery > base::Nanos{0});
    const base::Instant now = m_spans.now();
    const base::Nanos age = now - *m_lastSnapshotAt;
    if (!m_isConnected)
        return m_settings.reconcileEvery > base::Nanos{0} && age >= m_settings.reconcileEvery;
    if (age < snapshotSpacing)
        return false;
    if (m_isSnapshotWanted || (m_isCancellingAll && age >= m_settings.cancelRetry))
        return true;
    if (m_settings.reconcileEvery > base::Nanos{0} && age >= m_settings.reconcileEvery)
        return true;
    const auto isRipe = [&](base::Instant since) { return now - since >= m_settings.snapshotGap; };
    for (const auto& [symbol, mismatch] : m_mismatches) {
        if (isRipe(mismatch.firstSeen) && age >= m_settings.snapshotGap)
            return true;
    }
    return std::ranges::any_of(m_watched, [&](const Entry* entry) {
        return entry->firstAbsentAt
                   ? isRipe(*entry->firstAbsentAt)
                   : entry->order.status == OrderStatus::Unknown && !entry->isInferred && age >= m_settings.snapshotGap;
    });
}

/// Somebody set the clock back: a span that began later than now would not end before the clock has caught up. How old an
/// approval is cannot be told any more.
void OrderManager::noticeClock(base::Instant now)
{
    if (now >= std::exchange(m_polledAt, now))
        return;
    const auto notLater = [now](base::Instant& at) { at = std::min(at, now); };
    for (std::optional<base::Instant>* const at : {&m_lastSnapshotAt, &m_comparedAt}) {
        if (*at)
            notLater(**at);
    }
    notLater(m_cancelAllFrom);
    if (m_snapshot)
        notLater(m_snapshot->requestedAt);
    if (m_firstPositions)
        notLater(m_firstPositions->requestedAt);
    for (auto& [symbol, mismatch] : m_mismatches)
        notLater(mismatch.firstSeen);
    for (Entry* const entry : m_watched) {
        notLater(entry->sentAt);
        notLater(entry->absentCountsFrom);
        if (entry->cancelTriedAt)
            notLater(*entry->cancelTriedAt);
        if (entry->firstAbsentAt)
            notLater(*entry->firstAbsentAt);
    }
    m_budget.noticeClock(now);
    for (std::size_t i = 0; i < m_watched.size(); ++i) { // observers may add to it
        Entry& entry = *m_watched[i];
        if (entry.order.status != OrderStatus::Intent)
            continue;
        entry.isWaiting = false;
        setStatus(entry, OrderStatus::NotPlaced, "not sent, because the clock was set back while it waited");
    }
}

void OrderManager::poll()
{
    const base::Instant now = m_spans.now();
    noticeClock(now);
    leaveFinished();
    for (std::size_t i = 0; i < m_watched.size(); ++i) { // observers may add to it
        Entry& entry = *m_watched[i];
        if (now >= entry.leavesAt)
            sendWaiting(entry);
        if (entry.order.status == OrderStatus::Sent && now - entry.sentAt > m_settings.answerTimeout)
            becomeUnknown(entry, "no answer from the broker in time");
        if (entry.isCancelInFlight && now - *entry.cancelTriedAt > m_settings.answerTimeout)
            entry.isCancelInFlight = false;
        tryCancel(entry);
    }
    if (m_snapshot && now - m_snapshot->requestedAt > m_settings.answerTimeout) {
        const base::Error late{base::ErrorKind::Timeout, "snapshot", "", "the broker did not answer in time", ""};
        finishSnapshot(&late);
    }
    lookAtPositionNews();
    if (isSnapshotDue())
        reconcile();
}

} // namespace vegadesk::execution
