#include "trading/hedge_recorder.h"

#include "trading/origins.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vegadesk::trading
{

namespace
{

bool hedgesWithShares(std::string_view strategy)
{
    const auto info = strategies::find(strategy);
    return info && (*info)->hedgesWithUnderlying;
}

} // namespace

HedgeRecorder::HedgeRecorder(const Loop& loop, const HedgeRecording& recording) : m_loop(loop), m_recording(recording)
{
    for (const TradeGroup* const group : loop.groups().all()) {
        if (group->isOpen && hedgesWithShares(group->strategy))
            m_toTakeOver.push_back(group->name);
    }
}

portfolio::MarkedPosition HedgeRecorder::marked(const std::string& underlying, const std::string& symbol) const
{
    portfolio::MarkedPosition position;
    position.symbol = symbol;
    position.underlying = underlying;
    position.mark = m_loop.markets().mid(symbol);
    const auto state = m_loop.markets().instrument(symbol, true);
    if (!state)
        return position;
    position.spot = state->spot;
    if (!state->option) {
        // Shares are paid for at the rates that the options are priced with: those of the nearest expiry that has any.
        const UnderlyingMarket* const market = m_loop.markets().find(underlying);
        if (!market || !market->analytics)
            return position;
        const auto& expirations = market->analytics->expirations;
        const auto priced = std::ranges::find_if(
            expirations, [](const pricing::ExpirationAnalytics& each) { return each.forward > 0; });
        if (priced != expirations.end()) {
            position.rate = priced->market.rate;
            position.dividendYield = priced->market.dividendYield;
        }
        return position;
    }
    position.multiplier = state->multiplier;
    position.option = state->option;
    setPricing(position, *state);
    return position;
}

bool HedgeRecorder::takeOver(const TradeGroup& group, base::Instant now)
{
    portfolio::HedgeLedger ledger(group.name, group.underlying);
    for (const portfolio::Position& position : group.positions()) {
        portfolio::HedgeTrade trade;
        trade.traded = marked(group.underlying, position.symbol);
        trade.traded.quantity = position.quantity;
        trade.price = trade.traded.mark;
        trade.reason = "held when the record began";
        if (!std::isfinite(trade.price) || (trade.traded.option && !std::isfinite(trade.traded.volatility)))
            return false;
        ledger.trade(now, trade);
    }
    m_fees[group.name] = group.fees();
    m_takenOver[group.name] = now;
    m_ledgers.push_back(std::move(ledger));
    return true;
}

void HedgeRecorder::mark(base::Instant now)
{
    m_now = now;
    std::erase_if(m_toTakeOver, [&](const std::string& name) {
        const TradeGroup* const group = m_loop.groups().find(name);
        return !group || !group->isOpen || takeOver(*group, now);
    });
    for (portfolio::HedgeLedger& ledger : m_ledgers) {
        if (!ledger.isFlat() && now - ledger.markedAt().value_or(base::Instant{}) >= m_recording.markEvery)
            markAll(ledger, now);
    }
    forget();
}

void HedgeRecorder::markAll(portfolio::HedgeLedger& ledger, base::Instant now) const
{
    std::vector<portfolio::MarkedPosition> market;
    for (const std::string& symbol : ledger.symbols())
        market.push_back(marked(ledger.underlying(), symbol));
    ledger.mark(now, market);
    ledger.keepRows(m_recording.rowsKept);
}

portfolio::HedgeLedger HedgeRecorder::markedNow(const portfolio::HedgeLedger& ledger, base::Instant now) const
{
    portfolio::HedgeLedger shown = ledger;
    if (!shown.isFlat() && shown.markedAt() < now)
        markAll(shown, now);
    return shown;
}

std::optional<base::Instant> HedgeRecorder::takenOverAt(std::string_view group) const
{
    const auto at = m_takenOver.find(group);
    return at == m_takenOver.end() ? std::nullopt : std::optional(at->second);
}

void HedgeRecorder::forget()
{
    auto flat = static_cast<std::size_t>(std::ranges::count_if(m_ledgers, &portfolio::HedgeLedger::isFlat));
    std::erase_if(m_ledgers, [&](const portfolio::HedgeLedger& ledger) {
        if (!ledger.isFlat() || flat <= m_recording.closedKept)
            return false;
        --flat;
        m_takenOver.erase(ledger.group());
        m_asked.erase(ledger.group());
        m_fees.erase(ledger.group());
        return true;
    });
}

void HedgeRecorder::onProposal(std::string_view, const strategies::Proposal& proposal)
{
    if (proposal.kind == strategies::ProposalKind::Hedge)
        m_asked.insert_or_assign(proposal.intent.group, Asked{proposal.bandShares, proposal.reason});
}

void HedgeRecorder::begin(const execution::Order& order)
{
    const std::string& group = order.intent.group;
    if (group.empty() || !hedgesWithShares(strategyOf(order.intent.origin)) ||
        std::ranges::find(m_toTakeOver, group) != m_toTakeOver.end() ||
        std::ranges::find(m_ledgers, group, &portfolio::HedgeLedger::group) != m_ledgers.end())
        return;
    m_ledgers.emplace_back(group, order.intent.underlying);
}

bool HedgeRecorder::isOfNow(base::Instant at) const
{
    return m_recording.markEvery == base::Nanos{} || std::chrono::abs(at - m_now) <= m_recording.markEvery;
}

portfolio::HedgeTrade HedgeRecorder::tradeOf(const execution::Order& order, const portfolio::Fill& fill,
                                             const portfolio::HedgeLedger& ledger) const
{
    portfolio::HedgeTrade trade;
    trade.traded = marked(ledger.underlying(), fill.symbol);
    if (!isOfNow(fill.at) && !execution::isSettlement(order))
        trade.traded.mark = market::unknown;
    trade.price = fill.price.toDouble();
    if (execution::isSettlement(order)) {
        trade.event = portfolio::HedgeEvent::Settlement;
        return trade;
    }
    if (order.intent.origin.starts_with(hedgeOrigin)) {
        trade.event = portfolio::HedgeEvent::Hedge;
        if (const auto asked = m_asked.find(ledger.group()); asked != m_asked.end()) {
            trade.band = asked->second.band;
            trade.reason = asked->second.reason;
        }
        return trade;
    }
    const TradeGroup& group = *m_loop.groups().find(ledger.group());
    trade.reason = group.exitReason.empty() ? group.entryReason : group.exitReason;
    return trade;
}

void HedgeRecorder::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    begin(order);
    for (portfolio::HedgeLedger& ledger : m_ledgers) {
        const TradeGroup* const group = m_loop.groups().find(ledger.group());
        if (!group || ledger.underlying() != order.intent.underlying)
            continue;
        // What the group has of it now says what was its part of a fill: of a settlement all groups share one.
        const base::Quantity moved = group->ledger.quantity(fill.symbol) - ledger.held(fill.symbol);
        if (moved == 0)
            continue;
        if (m_recording.markEvery > base::Nanos{} && isOfNow(fill.at) && ledger.markedAt() < m_now)
            markAll(ledger, m_now);
        portfolio::HedgeTrade trade = tradeOf(order, fill, ledger);
        trade.traded.quantity = moved;
        double& known = m_fees[ledger.group()];
        trade.fees = group->fees() - known;
        known = group->fees();
        ledger.trade(fill.at, trade);
    }
}

} // namespace vegadesk::trading
