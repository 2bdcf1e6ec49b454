#pragma once

#include "base/clock.h"
#include "execution/broker.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace vegadesk::testing
{

/// What a broker has, and what happens to it there, whether or not anybody hears of it.
class BrokerBook
{
public:
    explicit BrokerBook(const base::Clock& clock) : m_clock(clock) {}
    virtual ~BrokerBook() = default;

    bool echoesPartIds = true;  ///< on the parts of a complex order
    bool replacesRests = false; ///< a replacement is for what is left of an order that has filled in part

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
            if (order.status == execution::OrderStatus::Contingent && !order.replaces.empty())
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
    std::vector<execution::BrokerOrder> acceptComplex(const execution::SendableComplexOrder& order)
    {
        const std::string complexId = std::to_string(2'000'000 + complexes.size());
        const bool hasTrigger = order.kind() != portfolio::ComplexKind::Oco;
        std::vector<execution::BrokerOrder> parts;
        for (const execution::SendableOrder& sent : order.parts()) {
            execution::BrokerOrder part;
            part.brokerId = std::to_string(++m_lastOrder);
            part.externalId = echoesPartIds ? sent.externalId() : "";
            part.intent = sent.intent();
            part.complexId = complexId;
            part.complexTag = std::string(portfolio::toWire(order.kind())) +
                              (hasTrigger && parts.empty() ? "::trigger-order" : "::order");
            part.status = execution::OrderStatus::Contingent;
            part.receivedAt = m_clock.now();
            touch(part);
            book[part.brokerId] = part;
            complexes[complexId].push_back(part.brokerId);
            tell(part);
            parts.push_back(part);
        }
        return parts;
    }
    /// What follows from what has happened to a complex order's parts.
    void stepComplex(const std::string& complexId)
    {
        using execution::OrderStatus;
        const auto set = [this](execution::BrokerOrder& part, OrderStatus status) {
            if (execution::isTerminal(part.status) || part.status == status)
                return;
            part.status = status;
            touch(part);
            tell(part);
        };
        const std::vector<std::string> ids = complexes.at(complexId);
        execution::BrokerOrder& first = book.at(ids.front());
        const bool hasTrigger = first.complexTag.ends_with("trigger-order");
        std::vector<execution::BrokerOrder*> closes;
        for (std::size_t i = hasTrigger ? 1 : 0; i < ids.size(); ++i)
            closes.push_back(&book.at(ids[i]));
        if (hasTrigger && first.status == OrderStatus::Contingent)
            return set(first, OrderStatus::Working);
        const bool isOver =
            std::ranges::any_of(closes, [](const auto* close) { return close->status == OrderStatus::Filled; });
        for (execution::BrokerOrder* const close : closes) {
            if (isOver || (hasTrigger && first.status == OrderStatus::Cancelled))
                set(*close, OrderStatus::Cancelled);
            else if (close->status == OrderStatus::Contingent && (!hasTrigger || first.status == OrderStatus::Filled))
                set(*close, OrderStatus::Working);
        }
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

    std::map<std::string, execution::BrokerOrder> book;
    std::map<std::string, std::vector<std::string>>
        complexes;                              ///< broker ids of the parts, by the broker's id of the whole
    std::map<std::string, base::Quantity> held; ///< positions, as the broker books them

protected:
    /// Something of it has changed.
    virtual void tell(const execution::BrokerOrder& order) = 0;
    void touch(execution::BrokerOrder& order)
    {
        order.updatedAt = m_clock.now() + base::Nanos(++m_sequence); // each report a little younger than the last
    }
    void fillAnyway(execution::BrokerOrder& order, std::int64_t units)
    {
        const base::Quantity all = portfolio::unitCount(order.intent);
        base::Quantity filled = 0;
        for (const portfolio::Fill& fill : order.fills)
            filled += fill.symbol == order.intent.legs.front().symbol ? fill.quantity : 0;
        const std::int64_t ratioOfFirst = order.intent.legs.front().quantity / all;
        units = std::min(units, all.whole() - filled / ratioOfFirst);
        if (units <= 0)
            return;
        for (const portfolio::OrderLeg& leg : order.intent.legs) {
            const base::Quantity quantity = units * (leg.quantity / all);
            // Fill ids are only good together with the order's: every order counts from 1.
            order.fills.push_back({.fillId = std::to_string(order.fills.size() + 1),
                                   .orderId = order.brokerId,
                                   .symbol = leg.symbol,
                                   .action = leg.action,
                                   .quantity = quantity,
                                   .price = base::Decimal::fromInteger(1),
                                   .at = m_clock.now()});
            base::Quantity& position = held[leg.symbol];
            position += portfolio::isBuy(leg.action) ? quantity : -quantity;
            if (position == 0)
                held.erase(leg.symbol);
        }
        if (filled / ratioOfFirst + units == all)
            order.status = execution::OrderStatus::Filled;
        touch(order);
    }

    const base::Clock& m_clock;

private:
    int m_lastOrder = 270'000;
    std::int64_t m_sequence = 0;
};

} // namespace vegadesk::testing
