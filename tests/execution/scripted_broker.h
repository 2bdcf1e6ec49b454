#pragma once

#include "base/clock.h"
#include "base/journal.h"
#include "execution/broker.h"
#include "execution/broker_book.h"
#include "execution/order_manager.h"
#include "execution/slow_journal.h"

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

/// A broker by script: it does to each call what the test says, and delivers what it has to say one piece at a time, in
/// whatever order the test picks. It checks two promises itself: no order without its intent on disk, none sent twice.
class ScriptedBroker final : public execution::Broker, public BrokerBook
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
    base::ErrorKind placeRefusal = base::ErrorKind::Refused;
    bool echoesOldId = false;        ///< on a replacement, the identifier of the order whose place it takes
    bool echoesNoId = false;         ///< on a replacement
    /// Of what it answers to a complex order.
    std::function<void(std::vector<execution::BrokerOrder>&)> changeAnswer;
    Fate nextCancel = Fate::Accepted;
    base::ErrorKind cancelRefusal = base::ErrorKind::Refused;
    Fate nextSnapshot = Fate::Accepted;
    std::vector<std::string> broken; ///< promises that were broken, in words

    ScriptedBroker(const base::Clock& clock, const SlowJournal& journal) : BrokerBook(clock), m_journal(journal) {}

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
            queue([done, kind = placeRefusal] { done(base::fail(kind, "order", "", "margin check failed")); });
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
        const execution::BrokerOrder taken =
            acceptReplacement(old->second, order.intent(), echoesNoId ? std::string() : echoed);
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
            return queue([done, kind = cancelRefusal] { done(base::fail(kind, "order", "", "not cancellable now")); });
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

    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>> done) override
    {
        for (const execution::SendableOrder& part : order.parts()) {
            if (!m_journal.holdsPart(part.externalId()))
                broken.push_back("sent before its intent was on disk: " + part.externalId());
            if (!m_placed.insert(part.externalId()).second)
                broken.push_back("sent twice: " + part.externalId());
        }
        if (nextPlace == Fate::RequestLost)
            return queue([done] { done(timeout()); });
        if (nextPlace == Fate::Refused)
            return queue([done] { done(base::fail(base::ErrorKind::Refused, "order", "", "margin check failed")); });
        std::vector<execution::BrokerOrder> taken = acceptComplex(order);
        if (changeAnswer)
            changeAnswer(taken);
        if (nextPlace == Fate::AnswerLost)
            queue([done] { done(timeout()); });
        else if (nextPlace == Fate::Accepted)
            queue([done, taken] { done(taken); });
    }
    void cancelComplex(const std::string& complexId, Done<std::vector<execution::BrokerOrder>> done) override
    {
        ++cancelCalls[complexId];
        std::vector<execution::BrokerOrder> parts;
        for (const std::string& brokerId : complexes.at(complexId)) {
            execution::BrokerOrder& part = book.at(brokerId);
            if (!execution::isTerminal(part.status)) {
                part.status = part.status == execution::OrderStatus::Contingent
                                  ? execution::OrderStatus::Cancelled
                                  : execution::OrderStatus::CancelRequested;
                touch(part);
                tell(part);
            }
            parts.push_back(part);
        }
        queue([done, parts] { done(parts); });
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

    /// Of RequestLate.
    void arriveLate()
    {
        for (const auto& [intent, externalId] : m_late)
            accept(intent, externalId);
        m_late.clear();
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
    void tell(const execution::BrokerOrder& order) override
    {
        m_said.push_back(order);
        if (!m_dropsReports)
            queue([this, order] {
                if (report)
                    report(order);
            });
    }
    const SlowJournal& m_journal;
    std::deque<std::function<void()>> m_queue;
    std::set<std::string> m_placed;
    std::vector<std::pair<portfolio::OrderIntent, std::string>> m_late;
    std::vector<execution::BrokerOrder> m_said;
    bool m_dropsReports = false;
};

} // namespace vegadesk::testing
