#include "trading/trade_groups.h"

#include "base/log.h"
#include "trading/origins.h"

#include <algorithm>
#include <cstdlib>

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
    for (const portfolio::Position& position : positions())
        value += static_cast<double>(position.quantity * position.multiplier) * mark(position);
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
        group.underlying = order.intent.underlying;
        group.openedAt = fill.at;
        if (auto reason = m_entryReasons.extract(name))
            group.entryReason = std::move(reason.mapped());
        m_inOrder.push_back(name);
    }
    if (order.intent.origin.starts_with(strategyOrigin) && portfolio::isOpening(fill.action)) {
        const std::int64_t bought = portfolio::signedQuantity(fill.action, fill.quantity) * facts.multiplier;
        group.entryCash -= static_cast<double>(bought) * fill.price.toDouble();
    }
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

void TradeGroups::bookSettlement(const execution::Order& order, const portfolio::Fill& fill,
                                 const portfolio::InstrumentFacts& facts)
{
    std::map<std::string, std::int64_t>& settled = m_settled[order.brokerId];
    const auto bookPart = [&](TradeGroup& group, std::int64_t quantity) {
        portfolio::Fill part = fill;
        part.fillId += "/" + group.name;
        part.quantity = quantity;
        apply(group, order, part, facts, {});
    };

    if (facts.type == market::InstrumentType::EquityOption) {
        std::int64_t left = fill.quantity;
        for (auto& [name, group] : m_groups) {
            const std::int64_t held = group.ledger.quantity(fill.symbol);
            const bool closes = held != 0 && (held < 0) == portfolio::isBuy(fill.action);
            const std::int64_t part = closes ? std::min(left, std::abs(held)) : 0;
            if (part == 0)
                continue;
            left -= part;
            settled[name] += part;
            bookPart(group, part);
        }
        return;
    }
    std::int64_t contracts = 0;
    for (const portfolio::OrderLeg& leg : order.intent.legs)
        contracts += leg.type == market::InstrumentType::EquityOption ? leg.quantity : 0;
    for (const auto& [name, part] : settled) {
        const std::int64_t shares = contracts > 0 ? fill.quantity * part / contracts : 0;
        if (shares > 0)
            bookPart(m_groups.find(name)->second, shares);
    }
}

const TradeGroup* TradeGroups::find(std::string_view name) const
{
    const auto known = m_groups.find(name);
    return known == m_groups.end() ? nullptr : &known->second;
}

const TradeGroup* TradeGroups::openTrade(std::string_view strategy, std::string_view underlying) const
{
    for (const auto& [name, group] : m_groups) {
        if (group.isOpen && group.strategy == strategy && group.underlying == underlying)
            return &group;
    }
    return nullptr;
}

std::vector<const TradeGroup*> TradeGroups::all() const
{
    std::vector<const TradeGroup*> groups;
    for (const std::string& name : m_inOrder)
        groups.push_back(&m_groups.find(name)->second);
    return groups;
}

} // namespace vegadesk::trading
