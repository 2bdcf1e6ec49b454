#pragma once

#include "base/clock.h"
#include "base/journal.h"
#include "execution/broker.h"
#include "execution/order_manager.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace vegadesk::testing
{

/// A journal whose disk is slow, fails, and survives a crash up to the last write that reached it.
class SlowJournal final : public base::Journal
{
public:
    bool isImmediate = true;
    bool fails = false;

    void append(base::JournalRecord record, Done done) override
    {
        m_pending.push_back({std::move(record), std::move(done)});
        while (isImmediate && !m_pending.empty())
            flushOne();
    }
    base::Result<std::vector<base::JournalRecord>> readAll() override { return m_durable; }

    bool hasPending() const { return !m_pending.empty(); }
    void flushOne()
    {
        auto [record, done] = std::move(m_pending.front());
        m_pending.pop_front();
        base::Result<void> result;
        if (fails)
            result = base::fail(base::ErrorKind::Storage, "journal", "", "the disk is full");
        else
            m_durable.push_back(std::move(record));
        if (done)
            done(result);
    }
    /// The process dies: `reached` of the waiting records made it to the disk, and nobody is told.
    void crash(std::size_t reached)
    {
        for (std::size_t i = 0; i < reached && i < m_pending.size(); ++i)
            m_durable.push_back(std::move(m_pending[i].first));
        m_pending.clear();
    }
    const std::vector<base::JournalRecord>& durable() const { return m_durable; }
    bool holds(std::string_view kind, std::string_view key) const
    {
        return std::ranges::any_of(
            m_durable, [&](const base::JournalRecord& record) { return record.kind == kind && record.key == key; });
    }

private:
    std::deque<std::pair<base::JournalRecord, Done>> m_pending;
    std::vector<base::JournalRecord> m_durable;
};

/// A broker by script: it does to each call what the test says, and delivers what it has to say one piece at a time, in
/// whatever order the test picks. It checks two promises itself: no order without its intent on disk, none sent twice.
class ScriptedBroker final : public execution::Broker
{
public:
    enum class Fate {
        Accepted,     ///< and answered
        AnswerLost,   ///< accepted, the caller sees a timeout
        RequestLost,  ///< never arrived, the caller sees a timeout
        RequestLate,  ///< the caller sees a timeout, and the request arrives when the test says (arriveLate())
        Refused,      ///< answered with a refusal
        NeverAnswered ///< accepted, and the callback never comes
    };
    Fate nextPlace = Fate::Accepted; ///< of replacements too
    bool echoesOldId = false;        ///< on a replacement, the identifier of the order whose place it takes
    bool replacesRests = false;      ///< a replacement is for what is left of an order that has filled in part
    Fate nextCancel = Fate::Accepted;
    Fate nextSnapshot = Fate::Accepted;
    std::vector<std::string> broken; ///< promises that were broken, in words

    ScriptedBroker(const base::Clock& clock, const SlowJournal& journal) : m_clock(clock), m_journal(journal) {}

    void setListener(execution::BrokerListener*) override {}
    /// Where unasked reports go; none while the line is down.
    std::function<void(const execution::BrokerOrder&)> report;

    // What is waiting to be delivered
    std::size_t waiting() const { return m_queue.size(); }
    void deliver(std::size_t which = 0)
    {
        const auto call = std::move(m_queue[which]);
        m_queue.erase(m_queue.begin() + static_cast<std::ptrdiff_t>(which));
        call();
    }
    void deliverAll()
    {
        while (!m_queue.empty())
            deliver();
    }
    /// The client died: nothing of what was said to it counts any more.
    void forgetClient() { m_queue.clear(); }
    void dropReports() { m_dropsReports = true; }
    void keepReports() { m_dropsReports = false; }

    void dryRun(const portfolio::OrderIntent&, Done<portfolio::DryRunResult> done) override
    {
        queue([done] { done(portfolio::DryRunResult{}); });
    }

    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override
    {
        if (!m_journal.holds("order.intent", order.externalId()))
            broken.push_back("sent before its intent was on disk: " + order.externalId());
        if (!m_placed.insert(order.externalId()).second)
            broken.push_back("sent twice: " + order.externalId());
        const portfolio::OrderIntent intent = order.intent();
        const std::string externalId = order.externalId();
        switch (nextPlace) {
        case Fate::Accepted:
            queue([done, taken = accept(intent, externalId)] { done(taken); });
            break;
        case Fate::AnswerLost:
            accept(intent, externalId);
            queue([done] { done(timeout()); });
            break;
        case Fate::RequestLost:
            queue([done] { done(timeout()); });
            break;
        case Fate::RequestLate:
            m_late.push_back({intent, externalId});
            queue([done] { done(timeout()); });
            break;
        case Fate::Refused:
            queue([done] { done(base::fail(base::ErrorKind::Refused, "order", "", "margin check failed")); });
            break;
        case Fate::NeverAnswered:
            accept(intent, externalId);
            break;
        }
    }

    void replace(const std::string& brokerId, execution::SendableOrder order,
                 Done<execution::BrokerOrder> done) override
    {
        if (!m_journal.holds("order.intent", order.externalId()))
            broken.push_back("sent before its intent was on disk: " + order.externalId());
        if (!m_placed.insert(order.externalId()).second)
            broken.push_back("sent twice: " + order.externalId());
        if (nextPlace == Fate::RequestLost)
            return queue([done] { done(timeout()); });
        const auto old = book.find(brokerId);
        const bool mayBe = old != book.end() && old->second.status == execution::OrderStatus::Working;
        if (nextPlace == Fate::Refused || !mayBe)
            return queue([done] { done(base::fail(base::ErrorKind::Refused, "order", "", "it cannot be replaced")); });
        const std::string echoed = echoesOldId ? old->second.externalId : order.externalId();
        const execution::BrokerOrder taken = acceptReplacement(old->second, order.intent(), echoed);
        if (nextPlace == Fate::AnswerLost)
            queue([done] { done(timeout()); });
        else if (nextPlace == Fate::Accepted)
            queue([done, taken] { done(taken); });
    }

    void cancel(const std::string& brokerId, Done<execution::BrokerOrder> done) override
    {
        ++cancelCalls[brokerId];
        if (nextCancel == Fate::RequestLost)
            return queue([done] { done(timeout()); });
        if (nextCancel == Fate::Refused)
            return queue([done] { done(base::fail(base::ErrorKind::Refused, "order", "", "not cancellable now")); });
        const auto found = book.find(brokerId);
        if (found == book.end() || execution::isTerminal(found->second.status))
            return queue([done] { done(base::fail(base::ErrorKind::Refused, "order", "", "it is over")); });
        execution::BrokerOrder& order = found->second;
        order.status = order.status == execution::OrderStatus::Contingent ? execution::OrderStatus::Cancelled
                                                                          : execution::OrderStatus::CancelRequested;
        touch(order);
        if (nextCancel == Fate::AnswerLost)
            queue([done] { done(timeout()); });
        else
            queue([done, order] { done(order); });
        tell(order);
    }

    void orders(Done<std::vector<execution::BrokerOrder>> done) override
    {
        ++snapshotCalls;
        if (nextSnapshot == Fate::RequestLost)
            return queue([done] { done(timeout()); });
        std::vector<execution::BrokerOrder> list;
        for (const auto& [id, order] : book)
            list.push_back(order);
        queue([done, list] { done(list); });
    }
    void settlements(base::Date from, Done<std::vector<execution::Settlement>> done) override
    {
        settlementsAskedFrom.push_back(from);
        queue([done, list = settled] { done(list); });
    }
    void positions(Done<std::vector<portfolio::Position>> done) override
    {
        std::vector<portfolio::Position> list;
        for (const auto& [symbol, quantity] : held) {
            portfolio::Position position;
            position.symbol = symbol;
            position.underlying = "SPY";
            position.quantity = quantity;
            list.push_back(position);
        }
        queue([done, list] { done(list); });
    }
    void balances(Done<portfolio::Balances> done) override
    {
        queue([done] { done(portfolio::Balances{}); });
    }

    // What happens at the broker, whether or not anybody hears of it
    execution::BrokerOrder accept(const portfolio::OrderIntent& intent, const std::string& externalId)
    {
        execution::BrokerOrder order;
        order.brokerId = std::to_string(++m_lastOrder);
        order.externalId = externalId;
        order.intent = intent;
        order.receivedAt = m_clock.now();
        touch(order);
        book[order.brokerId] = order;
        tell(order);
        return order;
    }
    execution::BrokerOrder acceptReplacement(execution::BrokerOrder& old, const portfolio::OrderIntent& intent,
                                             const std::string& externalId)
    {
        execution::BrokerOrder order;
        order.brokerId = std::to_string(++m_lastOrder);
        order.externalId = externalId;
        order.intent = intent;
        order.replaces = old.brokerId;
        for (portfolio::OrderLeg& leg : order.intent.legs) {
            for (const portfolio::Fill& fill : old.fills)
                leg.quantity -= replacesRests && fill.symbol == leg.symbol ? fill.quantity : 0;
        }
        order.status = execution::OrderStatus::Contingent;
        order.receivedAt = m_clock.now();
        touch(order);
        book[order.brokerId] = order;
        tell(order);
        old.replacedBy = order.brokerId;
        old.status = execution::OrderStatus::ReplaceRequested;
        touch(old);
        tell(old);
        return order;
    }
    /// The second half of it: the old one goes and the new one works; or the old one has filled, and the new one goes.
    void finishReplacement(const std::string& replacement)
    {
        execution::BrokerOrder& order = book.at(replacement);
        execution::BrokerOrder& old = book.at(order.replaces);
        if (order.status != execution::OrderStatus::Contingent)
            return;
        const bool hasFilled = !old.fills.empty() && !replacesRests;
        if (hasFilled)
            order.rejectReason = "the order it replaces has filled";
        if (!execution::isTerminal(old.status)) {
            old.status = hasFilled ? execution::OrderStatus::Working : execution::OrderStatus::Cancelled;
            touch(old);
            tell(old);
        }
        order.status = hasFilled ? execution::OrderStatus::Rejected : execution::OrderStatus::Working;
        touch(order);
        tell(order);
    }
    /// Every replacement that is on its way comes to its end; an order whose replacement was cancelled works on.
    void finishReplacements()
    {
        for (auto& [brokerId, order] : book) {
            if (order.status == execution::OrderStatus::Contingent)
                finishReplacement(brokerId);
            const bool isLeft = order.status == execution::OrderStatus::ReplaceRequested &&
                                execution::isTerminal(book.at(order.replacedBy).status);
            if (!isLeft)
                continue;
            order.status = execution::OrderStatus::Working;
            touch(order);
            tell(order);
        }
    }
    void arriveLate()
    {
        for (const auto& [intent, externalId] : m_late)
            accept(intent, externalId);
        m_late.clear();
    }
    /// Fills up to `units` of what is left, unless the order is over.
    void fill(const std::string& brokerId, std::int64_t units)
    {
        execution::BrokerOrder& order = book.at(brokerId);
        if (execution::isTerminal(order.status) || order.status == execution::OrderStatus::Contingent)
            return;
        fillAnyway(order, units);
        tell(order);
    }
    /// A cancel that came too late: it is cancelled, and a last fill is on its tape.
    void fillLate(const std::string& brokerId)
    {
        execution::BrokerOrder& order = book.at(brokerId);
        const execution::OrderStatus before = order.status;
        fillAnyway(order, 1);
        if (order.status != execution::OrderStatus::Filled)
            order.status = before;
        tell(order);
    }
    /// Cancels become real; day orders end.
    void finish(const std::string& brokerId, execution::OrderStatus status)
    {
        execution::BrokerOrder& order = book.at(brokerId);
        if (execution::isTerminal(order.status))
            return;
        order.status = status;
        touch(order);
        tell(order);
    }
    /// Says again what it said of an order at any time.
    void repeat(std::size_t which)
    {
        if (!m_said.empty())
            queue([this, order = m_said[which % m_said.size()]] {
                if (report)
                    report(order);
            });
    }

    std::map<std::string, execution::BrokerOrder> book;
    std::map<std::string, std::int64_t> held; ///< positions, as the broker books them
    std::vector<execution::Settlement> settled;
    std::vector<base::Date> settlementsAskedFrom;
    std::map<std::string, int> cancelCalls;
    int snapshotCalls = 0;

private:
    static tl::unexpected<base::Error> timeout()
    {
        return base::fail(base::ErrorKind::Timeout, "broker", "", "no answer");
    }
    void queue(std::function<void()> call) { m_queue.push_back(std::move(call)); }
    void touch(execution::BrokerOrder& order)
    {
        order.updatedAt = m_clock.now() + base::Nanos(++m_sequence); // each report a little younger than the last
    }
    void tell(const execution::BrokerOrder& order)
    {
        m_said.push_back(order);
        if (!m_dropsReports)
            queue([this, order] {
                if (report)
                    report(order);
            });
    }
    void fillAnyway(execution::BrokerOrder& order, std::int64_t units)
    {
        const std::int64_t all = portfolio::unitCount(order.intent);
        std::int64_t filled = 0;
        for (const portfolio::Fill& fill : order.fills)
            filled += fill.symbol == order.intent.legs.front().symbol ? fill.quantity : 0;
        const std::int64_t ratioOfFirst = order.intent.legs.front().quantity / all;
        units = std::min(units, all - filled / ratioOfFirst);
        if (units <= 0)
            return;
        for (const portfolio::OrderLeg& leg : order.intent.legs) {
            const std::int64_t quantity = units * (leg.quantity / all);
            // Fill ids are only good together with the order's: every order counts from 1.
            order.fills.push_back({.fillId = std::to_string(order.fills.size() + 1),
                                   .orderId = order.brokerId,
                                   .symbol = leg.symbol,
                                   .action = leg.action,
                                   .quantity = quantity,
                                   .price = base::Decimal::fromInteger(1),
                                   .at = m_clock.now()});
            std::int64_t& position = held[leg.symbol];
            position += portfolio::isBuy(leg.action) ? quantity : -quantity;
            if (position == 0)
                held.erase(leg.symbol);
        }
        if (filled / ratioOfFirst + units == all)
            order.status = execution::OrderStatus::Filled;
        touch(order);
    }

    const base::Clock& m_clock;
    const SlowJournal& m_journal;
    std::deque<std::function<void()>> m_queue;
    std::set<std::string> m_placed;
    std::vector<std::pair<portfolio::OrderIntent, std::string>> m_late;
    std::vector<execution::BrokerOrder> m_said;
    int m_lastOrder = 270'000;
    std::int64_t m_sequence = 0;
    bool m_dropsReports = false;
};

} // namespace vegadesk::testing
