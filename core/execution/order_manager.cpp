#include "execution/order_manager.h"

#include "base/log.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::execution
{

namespace
{

/// Broker answers that mean "the order is not there". Anything else leaves the outcome open: so does a login that has run
/// out, because what was turned away at the door, or never left, is told as Refused.
bool isAnswer(base::ErrorKind kind)
{
    return kind == base::ErrorKind::Refused || kind == base::ErrorKind::BadInput;
}

bool isOnItsWay(OrderStatus status)
{
    return status == OrderStatus::Intent || status == OrderStatus::Sent;
}

/// Seconds since 1970 in letters and digits: with it an id stays unique even when the journal was lost.
std::string stampOf(base::Instant instant)
{
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    auto rest = static_cast<std::uint64_t>(std::max<std::int64_t>(0, base::toUnixMillis(instant) / 1000));
    std::string stamp;
    do {
        stamp.insert(stamp.begin(), digits[rest % digits.size()]);
        rest /= digits.size();
    } while (rest > 0);
    return stamp;
}

/// A broker that declines a cancel this often, seconds apart, means it.
constexpr int cancelTriesMax = 5;

} // namespace

OrderManager::OrderManager(Broker& broker, base::Journal& journal, const base::Clock& clock,
                           OrderManagerSettings settings, const base::Clock* spanClock)
    : m_broker(broker), m_journal(journal), m_clock(clock), m_spans(spanClock ? *spanClock : clock),
      m_settings(std::move(settings)), m_budget(m_settings.ordersPerMinute, m_settings.minute),
      m_runStamp(stampOf(clock.now()))
{
}

OrderManager::~OrderManager() = default;

void OrderManager::addObserver(OrderObserver* observer)
{
    m_observers.push_back(observer);
}

void OrderManager::removeObserver(OrderObserver* observer)
{
    std::erase(m_observers, observer);
}

std::string OrderManager::nextExternalId()
{
    return fmt::format("{}-{}-{:05}", m_settings.idPrefix, m_runStamp, ++m_lastCounter);
}

base::Result<void> OrderManager::mayLeave(const risk::ApprovedOrder& approved) const
{
    if (approved.intent().legs.empty())
        return base::fail(base::ErrorKind::Refused, "order", "", "this approval was used already");
    // One order that the broker will not cancel must not stand in the way of a person who closes.
    return mayLeave(1, approved.approvedAt(),
                    approved.figures().isReducing && portfolio::isFromPerson(approved.intent()));
}

base::Result<void> OrderManager::mayLeave(std::size_t orders, base::Instant approvedAt, bool isCloseOfPerson) const
{
    const base::Instant now = m_spans.now();
    const auto refuse = [](std::string_view why) { return base::fail(base::ErrorKind::Refused, "order", "", why); };
    if (orders == 0)
        return refuse("this approval was used already");
    if (!m_isRestored)
        return refuse("the journal has not been read yet");
    if (!m_isConnected)
        return refuse("there is no connection to the broker");
    if (m_isCancellingAll && !isCloseOfPerson)
        return refuse("everything is being cancelled");
    if (now - approvedAt > m_settings.approvalLifetime)
        return refuse("the approval is too old, prices may have moved");
    const base::Nanos wait = m_budget.waitAt(now, static_cast<int>(orders));
    if (!isCloseOfPerson && now + wait - approvedAt > m_settings.approvalLifetime)
        return refuse(fmt::format("at most {} orders a minute are sent, and the next one may go in {:.1f} s",
                                  m_budget.perMinute(), 60 * base::seconds(wait) / base::seconds(m_settings.minute)));
    return {};
}

base::Result<std::string> OrderManager::submit(risk::ApprovedOrder approved, Submitted done)
{
    if (!approved.replaces().empty())
        return base::fail(base::ErrorKind::Refused, "order", "", "the approval is for the place of another order");
    if (const auto allowed = mayLeave(approved); !allowed)
        return tl::make_unexpected(allowed.error());
    return enter(std::move(approved), std::move(done));
}

std::string OrderManager::enter(risk::ApprovedOrder approved, Submitted done)
{
    const base::Instant now = m_clock.now();
    const std::string externalId = nextExternalId();
    Entry& entry = m_entries[externalId];
    entry.order.externalId = externalId;
    entry.order.intent = approved.intent();
    entry.order.replaces = approved.replaces();
    entry.order.createdAt = now;
    entry.order.updatedAt = now;
    entry.approvedAt = approved.approvedAt();
    entry.isReducing = approved.figures().isReducing;
    const bool isCloseOfPerson = entry.isReducing && portfolio::isFromPerson(entry.order.intent);
    const base::Instant spanNow = m_spans.now();
    entry.leavesAt = isCloseOfPerson ? spanNow : spanNow + m_budget.waitAt(spanNow);
    m_budget.take(spanNow);
    entry.isKept = m_isCancellingAll;
    entry.done = std::move(done);
    m_inOrder.push_back(&entry.order);
    watch(entry);
    linkReplacement(entry);
    notify(entry.order);

    base::JournalRecord record{now, "order.intent", externalId,
                               toJson(JournalledIntent{entry.order.intent, entry.order.replaces})};
    m_journal.append(std::move(record),
                     [this, externalId, alive = std::weak_ptr(m_alive)](const base::Result<void>& journalled) {
                         if (!alive.expired())
                             send(externalId, journalled);
                     });
    return externalId;
}

std::string OrderManager::reasonToStay(const Entry& entry, const base::Result<void>& journalled) const
{
    if (!journalled)
        return "not sent, because the journal could not be written: " + journalled.error().message();
    if (entry.isCancelWanted)
        return "withdrawn before it was sent";
    return m_isConnected ? "" : "not sent, because the connection to the broker was lost";
}

std::string OrderManager::reasonTooLate(const Entry& entry) const
{
    const bool isLate = m_spans.now() - entry.approvedAt > m_settings.approvalLifetime;
    return isLate ? "not sent, because the journal took so long that prices may have moved" : "";
}

/// What nobody would approve any more does not leave on an approval from before.
std::string OrderManager::reasonNotNow(const Entry& entry) const
{
    const std::string why = m_mayLeave ? m_mayLeave(entry.order.intent, entry.isReducing) : std::string();
    return why.empty() ? why : "not sent: " + why;
}

void OrderManager::send(const std::string& externalId, const base::Result<void>& journalled)
{
    Entry& entry = *entryOf(externalId);
    if (!entry.order.complex.empty())
        return sendComplex(entry.order.complex, journalled);
    if (entry.order.status != OrderStatus::Intent)
        return; // a journal that answers twice must not send twice
    const base::Instant now = m_spans.now();
    const auto drop = [&](const std::string& why) { setStatus(entry, OrderStatus::NotPlaced, why); };
    if (const std::string why = reasonToStay(entry, journalled); !why.empty())
        return drop(why);
    if (now < entry.leavesAt) {
        entry.isWaiting = true; // poll() knows its turn
        return;
    }
    if (const std::string why = reasonTooLate(entry); !why.empty())
        return drop(why);
    if (const std::string why = reasonNotNow(entry); !why.empty())
        return drop(why);
    Entry* const original = entry.order.replaces.empty() ? nullptr : entryOf(entry.order.replaces);
    if (original && !isReplaceable(original->order))
        return drop(fmt::format("not sent, because the order it was to replace is {} now",
                                original->order.fills.empty() ? toText(original->order.status) : "partially filled"));

    entry.sentAt = now;
    setStatus(entry, OrderStatus::Sent);
    if (entry.order.status != OrderStatus::Sent)
        return;
    auto answer = [this, externalId, alive = std::weak_ptr(m_alive)](const base::Result<BrokerOrder>& told) {
        if (!alive.expired())
            answered(externalId, told);
    };
    if (!original)
        return m_broker.place(SendableOrder(entry.order.intent, externalId), std::move(answer));
    m_broker.replace(original->order.brokerId, SendableOrder(entry.order.intent, externalId), std::move(answer));
    setStatus(*original, OrderStatus::ReplaceRequested);
}

/// Its turn has come, or it is to go nowhere.
void OrderManager::sendWaiting(Entry& entry)
{
    if (std::exchange(entry.isWaiting, false))
        send(entry.order.externalId, {});
}

void OrderManager::answered(const std::string& externalId, const base::Result<BrokerOrder>& answer)
{
    Entry& entry = *entryOf(externalId);
    if (answer) {
        BrokerOrder report = *answer;
        const Entry* const original = entryOf(entry.order.replaces);
        if (report.externalId.empty() || (original && report.replaces == original->order.brokerId))
            report.externalId = externalId; // the answer to this very call: it needs no echo to be ours
        apply(report);
        return;
    }
    // Events overtake answers: once the broker has shown the order, a failed call says nothing new.
    if (!entry.order.brokerId.empty() || isTerminal(entry.order.status))
        return;
    if (isAnswer(answer.error().kind))
        setStatus(entry, OrderStatus::Rejected, answer.error().message());
    else if (entry.order.status == OrderStatus::Sent)
        becomeUnknown(entry, "no answer from the broker (" + answer.error().message() + ")");
}

void OrderManager::becomeUnknown(Entry& entry, std::string_view why)
{
    entry.absentCountsFrom = m_spans.now();
    entry.firstAbsentAt.reset();
    m_isSnapshotWanted = true;
    setStatus(entry, OrderStatus::Unknown, fmt::format("{}; the broker is being asked, nothing is sent again", why));
}

base::Result<void> OrderManager::cancel(std::string_view externalId)
{
    Entry* entry = entryOf(externalId);
    if (!entry)
        return base::fail(base::ErrorKind::NotFound, "order", externalId, "no order has this id");
    if (isTerminal(entry->order.status))
        return base::fail(base::ErrorKind::Refused, "order", externalId,
                          fmt::format("it is over already ({})", toText(entry->order.status)));
    const std::vector<Entry*> pair = pairOf(*entry);
    for (Entry* const each : pair)
        wantCancel(*each);
    for (Entry* const each : pair) {
        tryCancel(*each);
        sendWaiting(*each);
    }
    return {};
}

void OrderManager::wantCancel(Entry& entry)
{
    if (!entry.isCancelWanted)
        write("order.cancel", entry.order.externalId, "{}");
    entry.isCancelWanted = true;
    entry.cancelTries = 0;
}

void OrderManager::tryCancel(Entry& entry)
{
    const base::Instant now = m_spans.now();
    Order& order = entry.order;
    if (!entry.isCancelWanted || entry.isCancelInFlight || order.brokerId.empty() || isTerminal(order.status))
        return;
    if (entry.cancelTriedAt && now - *entry.cancelTriedAt < m_settings.cancelRetry)
        return;
    if (const Complex* const complex = complexOf(entry); complex && !complex->brokerId.empty())
        return tryCancelComplex(order.complex);
    entry.isCancelInFlight = true;
    entry.cancelTriedAt = now;
    ++entry.cancelTries;
    // The call first: a cancel must not wait for observers, nor be lost to what they do.
    m_broker.cancel(order.brokerId, [this, externalId = order.externalId,
                                     alive = std::weak_ptr(m_alive)](const base::Result<BrokerOrder>& answer) {
        if (!alive.expired())
            cancelAnswered(externalId, answer);
    });
    if (isAtWork(order.status))
        setStatus(entry, OrderStatus::CancelRequested);
}

void OrderManager::cancelAnswered(const std::string& externalId, const base::Result<BrokerOrder>& answer)
{
    Entry& entry = *entryOf(externalId);
    entry.isCancelInFlight = false;
    if (answer) {
        entry.isCancelWanted = false; // it is the broker's now; apply() wants it again should the order go on working
        apply(*answer);
        return;
    }
    m_isSnapshotWanted = true;
    // A line that is down says nothing of the order, nor does a login that has run out.
    const base::ErrorKind kind = answer.error().kind;
    const bool isDeclined =
        kind != base::ErrorKind::Network && kind != base::ErrorKind::Timeout && kind != base::ErrorKind::Unauthorized;
    if (!isDeclined || m_isCancellingAll || entry.cancelTries < cancelTriesMax)
        return; // poll() tries again: cancelling twice does no harm
    entry.isCancelWanted = false;
    if (entry.order.status == OrderStatus::CancelRequested)
        setStatus(entry, entry.order.fills.empty() ? OrderStatus::Working : OrderStatus::PartiallyFilled,
                  "the broker would not cancel: " + answer.error().message());
}

void OrderManager::cancelAll(std::function<void()> finished)
{
    m_isCancellingAll = true;
    m_cancelAllFrom = m_spans.now();
    m_cancelAllDone = std::move(finished);
    m_isSnapshotWanted = true;
    for (auto& [externalId, entry] : m_entries)
        entry.isKept = false;
    for (std::size_t i = 0; i < m_watched.size(); ++i) { // observers may add to it
        if (!isTerminal(m_watched[i]->order.status))
            (void)cancel(m_watched[i]->order.externalId);
    }
    if (m_isConnected && !m_snapshot)
        reconcile();
}

void OrderManager::brokerReported(const BrokerOrder& report)
{
    apply(report);
}

bool OrderManager::change(Entry& entry, OrderStatus status, std::string_view reason)
{
    Order& order = entry.order;
    if (order.status == status && order.reason == reason)
        return false;
    order.status = status;
    order.reason = reason;
    order.updatedAt = m_clock.now();
    entry.isInferred = false;
    watch(entry); // what was over may come back
    write(status == OrderStatus::Sent ? "order.sent" : "order.update", order.externalId,
          toJson(OrderUpdate{status, order.brokerId, order.reason, order.complexId, order.complexTag}));
    return true;
}

void OrderManager::settle(Entry& entry)
{
    notify(entry.order);
    if (entry.done && !isOnItsWay(entry.order.status))
        std::exchange(entry.done, {})(entry.order);
}

void OrderManager::setStatus(Entry& entry, OrderStatus status, std::string_view reason)
{
    if (!change(entry, status, reason))
        return;
    settle(entry);
    followReplacement(entry);
}

void OrderManager::write(std::string kind, const std::string& key, std::string payload)
{
    m_journal.append({m_clock.now(), std::move(kind), key, std::move(payload)}, journalDone());
}

base::Journal::Done OrderManager::journalDone()
{
    return [this, alive = std::weak_ptr(m_alive)](const base::Result<void>& written) {
        if (written || alive.expired() || m_isJournalFailureShown)
            return;
        m_isJournalFailureShown = true;
        report({.kind = Difference::Kind::Journal,
                .key = "journal",
                .underlying = {},
                .sentence = "The journal could not be written: " + written.error().message(),
                .at = m_clock.now()});
    };
}

void OrderManager::report(Difference difference)
{
    // These are told with every snapshot, and were looked at once.
    const bool isTold = difference.kind == Difference::Kind::Unreadable || difference.kind == Difference::Kind::Legs;
    if (isTold && m_seen.contains(difference.sentence))
        return;
    difference.at = m_clock.now();
    const auto isSame = [&](const Difference& open) {
        return open.kind == difference.kind && open.key == difference.key;
    };
    const auto open = std::ranges::find_if(m_differences, isSame);
    if (open != m_differences.end() && open->sentence == difference.sentence)
        return;
    if (open != m_differences.end())
        *open = difference;
    else
        m_differences.push_back(difference);
    base::log::warning("difference: {}", difference.sentence);
    if (difference.kind != Difference::Kind::Journal)
        write("reconcile.difference", difference.key, sentenceToJson(difference.sentence));
    const std::vector<OrderObserver*> observers = m_observers;
    for (OrderObserver* observer : observers)
        observer->onDifference(difference);
}

void OrderManager::notify(const Order& order)
{
    const std::vector<OrderObserver*> observers = m_observers; // an observer may leave while it is told
    for (OrderObserver* observer : observers)
        observer->onOrderChanged(order);
}

void OrderManager::watch(Entry& entry)
{
    if (!std::exchange(entry.isWatched, true))
        m_watched.push_back(&entry);
}

/// Only where nobody walks the list.
void OrderManager::leaveFinished()
{
    std::erase_if(m_watched, [](Entry* entry) {
        entry->isWatched = !isOver(entry->order);
        return !entry->isWatched;
    });
}

OrderManager::Entry* OrderManager::entryOf(std::string_view externalId)
{
    const auto found = m_entries.find(externalId);
    return found == m_entries.end() ? nullptr : &found->second;
}

const Order* OrderManager::find(std::string_view externalId) const
{
    const auto found = m_entries.find(externalId);
    return found == m_entries.end() ? nullptr : &found->second.order;
}

} // namespace vegadesk::execution
