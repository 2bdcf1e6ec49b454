#include "trading/trade_groups.h"

#include "base/log.h"
#include "trading/origins.h"

#include <algorithm>

namespace vegadesk::trading
{

std::vector<portfolio::Position> TradeGroup::positions() const
{
    std::vector<portfolio::Position> held = ledger.positions();
    std::erase_if(held, [](const portfolio::Position& position) { return position.quantity == 0; });
    return held;
}

double TradeGroup::profit(const std::function<double(const portfolio::Position&)>& mark) const
{
    double value = ledger.cash().toDouble();
    if (!isOpen)
        return value;
    for (const portfolio::Position& position : positions())
        value += (position.quantity * position.multiplier).toDouble() * mark(position);
    return value;
}

void TradeGroups::book(const execution::Order& order, const portfolio::Fill& fill,
                       const portfolio::InstrumentFacts& facts, const portfolio::Fees& fees)
{
    const std::string& name = order.intent.group;
    const auto [entry, isNew] = m_groups.try_emplace(name);
    TradeGroup& group = entry->second;
    if (isNew) {
        group.name = name;
        group.strategy = strategyOf(order.intent.origin);
        group.underlying = homeOf(order.intent);
        group.openedAt = fill.at;
        if (auto reason = m_entryReasons.extract(name))
            group.entryReason = std::move(reason.mapped());
        m_inOrder.push_back(&group);
    }
    if (order.intent.origin.starts_with(strategyOrigin) && portfolio::isOpening(fill.action)) {
        const base::Quantity bought = portfolio::signedQuantity(fill.action, fill.quantity) * facts.multiplier;
        group.entryCash -= bought.toDouble() * fill.price.toDouble();
    }
    if (order.intent.origin.starts_with(hedgeOrigin))
        group.lastHedgeAt = fill.at;
    apply(group, order, fill, facts, fees);
}

void TradeGroups::apply(TradeGroup& group, const execution::Order& order, const portfolio::Fill& fill,
                        const portfolio::InstrumentFacts& facts, const portfolio::Fees& fees)
{
    const auto booked = group.ledger.book(fill, facts, fees);
    if (!booked) { // the account's ledger refused it too, and the user hears of it there
        base::log::warning("a fill was not booked in group {}: {}", group.name, booked.error().message());
        return;
    }
    if (!booked->isNew)
        return;
    if (m_counted.emplace(group.name, fill.orderId).second)
        ++group.orders;
    group.isOpen = !group.positions().empty();
    if (group.isOpen)
        m_open.insert_or_assign(group.name, &group);
    else
        m_open.erase(group.name);
    group.closedAt = group.isOpen ? base::Instant{} : fill.at;
    if (!group.isOpen && order.isExternal && group.exitReason.empty())
        group.exitReason = order.intent.origin;
}

void TradeGroups::noteEntry(const std::string& group, std::string_view reason)
{
    m_entryReasons.insert_or_assign(group, std::string(reason));
}

void TradeGroups::noteExit(const std::string& group, std::string_view reason)
{
    if (const auto known = m_groups.find(group); known != m_groups.end())
        known->second.exitReason = reason;
}

void TradeGroups::pay(std::string_view group, base::Decimal amount)
{
    if (const auto known = m_groups.find(group); known != m_groups.end())
        known->second.ledger.moveCash(amount);
}

std::vector<SettledPart> TradeGroups::bookSettlement(const execution::Order& order, const portfolio::Fill& fill,
                                                     const portfolio::InstrumentFacts& facts)
{
    std::vector<SettledPart> parts;
    std::map<std::string, base::Quantity>& settled = m_settled[order.brokerId];
    const auto bookPart = [&](TradeGroup& group, base::Quantity quantity) {
        portfolio::Fill part = fill;
        part.fillId += "/" + group.name;
        part.quantity = quantity;
        apply(group, order, part, facts, {});
        parts.push_back({group.name, std::move(part)});
    };

    if (facts.type == market::InstrumentType::EquityOption) {
        base::Quantity left = fill.quantity;
        for (auto& [name, group] : m_groups) {
            const base::Quantity held = group.ledger.quantity(fill.symbol);
            const bool closes = held != 0 && (held < 0) == portfolio::isBuy(fill.action);
            const base::Quantity part = closes ? std::min(left, held.abs()) : 0;
            if (part == 0)
                continue;
            left -= part;
            settled[name] += part;
            bookPart(group, part);
        }
        return parts;
    }
    base::Quantity contracts = 0;
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        contracts += leg.type == market::InstrumentType::EquityOption ? leg.quantity : 0;
    for (const auto& [name, part] : settled) {
        if (contracts == 0)
            continue;
        // By contract first: all shares times a group's contracts may be more than a quantity can be.
        const base::Quantity shares =
            fill.quantity / contracts * part + fill.quantity % contracts * part.whole() / contracts;
        if (shares > 0)
            bookPart(m_groups.find(name)->second, shares);
    }
    return parts;
}

const TradeGroup* TradeGroups::find(std::string_view name) const
{
    const auto known = m_groups.find(name);
    return known == m_groups.end() ? nullptr : &known->second;
}

const TradeGroup* TradeGroups::openTrade(std::string_view strategy, std::string_view underlying) const
{
    const auto found = std::ranges::find_if(m_open, [&](const auto& entry) {
        return entry.second->strategy == strategy && entry.second->underlying == underlying;
    });
    return found == m_open.end() ? nullptr : found->second;
}

} // namespace vegadesk::trading
