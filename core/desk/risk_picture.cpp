#include "desk/risk_picture.h"

#include "market/symbols.h"
#include "portfolio/fees.h"
#include "risk/exposure_parts.h"
#include "risk/stress/revaluation.h"
#include "trading/fill_fees.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace vegadesk::desk
{

namespace
{

/// What is held of it, by trade; the rest, which no trade holds, under no name.
std::map<std::string, base::Quantity> byGroup(const portfolio::Position& position,
                                              const std::vector<const trading::TradeGroup*>& groups)
{
    std::map<std::string, base::Quantity> parts;
    base::Quantity rest = position.quantity;
    for (const trading::TradeGroup* const group : groups) {
        if (!group->isOpen || group->underlying != position.underlying)
            continue;
        const base::Quantity part = group->ledger.quantity(position.symbol);
        if (part == 0)
            continue;
        parts[group->name] = part;
        rest -= part;
    }
    if (rest != 0)
        parts[{}] = rest;
    return parts;
}

/// All but quantity and group.
risk::RiskPosition heldOf(const portfolio::Position& position, std::size_t underlying,
                          const std::optional<risk::InstrumentState>& instrument)
{
    risk::RiskPosition held;
    held.symbol = position.symbol;
    held.underlying = underlying;
    held.multiplier = position.multiplier;
    if (const auto terms = market::parseOccSymbol(position.symbol))
        held.option = *terms;
    if (!instrument)
        return held;
    held.style = instrument->style;
    held.settlement = instrument->settlement;
    held.years = instrument->years;
    held.volatility = instrument->volatility;
    held.mark = market::markOf(instrument->quote, instrument->flags);
    held.bid = instrument->quote.bid;
    held.ask = instrument->quote.ask;
    if (held.option) {
        held.rate = instrument->rate;
        // A forward by parity may ask for a yield a hair below 0; boundaries of early exercise are shared from 0 on.
        held.dividendYield = instrument->dividendYield < 0 ? 0 : instrument->dividendYield;
    }
    return held;
}

} // namespace

portfolio::MarkedPosition markedOf(const risk::RiskPosition& held, base::Quantity quantity,
                                   const risk::RiskUnderlying& underlying)
{
    portfolio::MarkedPosition marked;
    marked.symbol = held.symbol;
    marked.group = held.group;
    marked.underlying = underlying.symbol;
    marked.quantity = quantity;
    marked.multiplier = held.multiplier;
    marked.option = held.option;
    marked.style = held.style;
    marked.mark = held.mark;
    marked.spot = underlying.spot;
    const pricing::MarketPoint market = risk::marketOf(held, underlying);
    marked.rate = market.rate;
    marked.dividendYield = market.dividendYield;
    marked.years = held.years;
    marked.volatility = held.volatility;
    return marked;
}

PicturedTrade tradeOf(const execution::Order& order, const portfolio::Fill& fill, int multiplier)
{
    PicturedTrade out;
    out.trade.symbol = fill.symbol;
    out.trade.group = order.intent.group;
    out.trade.underlying = order.intent.underlying;
    out.trade.multiplier = multiplier;
    out.trade.quantity = portfolio::signedQuantity(fill.action, fill.quantity);
    out.trade.price = fill.price;
    out.trade.fees = trading::feesOf(order, fill).total();
    out.trade.isSettlement = execution::isSettlement(order);
    if (!out.trade.isSettlement)
        return out;
    for (const portfolio::Fill& other : order.fills) {
        if (market::parseOccSymbol(other.symbol))
            out.settled.push_back(other.symbol);
    }
    return out;
}

std::vector<portfolio::AttributedTrade> attributedTrades(const std::vector<PicturedTrade>& trades,
                                                         const portfolio::AttributionState& before)
{
    std::map<std::string, std::map<std::string, base::Quantity>> held; // by symbol and group
    std::map<std::string, std::set<std::string>> holders; // of each symbol, also of what has closed meanwhile
    for (const portfolio::AttributedPosition& position : before.positions)
        held[position.symbol][position.group] += position.held + position.traded + position.settled;
    for (const auto& [symbol, groups] : held) {
        for (const auto& [group, quantity] : groups) {
            if (quantity != 0)
                holders[symbol].insert(group);
        }
    }
    std::vector<portfolio::AttributedTrade> out;
    const auto add = [&](portfolio::AttributedTrade trade, const std::string& group, base::Quantity quantity) {
        trade.group = group;
        trade.quantity = quantity;
        held[trade.symbol][group] += quantity;
        holders[trade.symbol].insert(group);
        out.push_back(std::move(trade));
    };
    for (const auto& [trade, settled] : trades) {
        if (!trade.isSettlement) {
            add(trade, trade.group, trade.quantity);
            continue;
        }
        base::Quantity rest = trade.quantity;
        if (std::ranges::find(settled, trade.symbol) != settled.end()) {
            for (const auto& [group, quantity] : std::map(held[trade.symbol])) {
                // What closes: never more than the trade holds, nor than the fill has left.
                const base::Quantity part = quantity > 0 ? std::max(-quantity, std::min<base::Quantity>(rest, 0))
                                                         : std::min(-quantity, std::max<base::Quantity>(rest, 0));
                if (part != 0)
                    add(trade, group, part);
                rest -= part;
            }
            if (rest != 0)
                add(trade, {}, rest);
            continue;
        }
        std::set<std::string> groups;
        for (const std::string& symbol : settled)
            groups.insert(holders[symbol].begin(), holders[symbol].end());
        add(trade, groups.size() == 1 ? *groups.begin() : std::string(), rest);
    }
    return out;
}

RiskPicture riskPictureOf(const risk::GateState& state, const std::vector<const trading::TradeGroup*>& groups)
{
    RiskPicture picture;
    picture.book.at = picture.marking.at = state.now;
    picture.book.netLiquidation = state.netLiquidation;
    picture.isOld = !state.isFeedAlive;
    std::map<std::string, std::size_t> indices;
    std::vector<base::Quantity> quantities;
    for (const portfolio::Position& position : state.positions) {
        const auto [place, isNew] = indices.emplace(position.underlying, picture.book.underlyings.size());
        if (isNew)
            picture.book.underlyings.push_back(
                {.symbol = position.underlying, .isBroadIndex = portfolio::isBroadIndex(position.underlying)});
        const std::optional<risk::InstrumentState> instrument = state.instrument(position.symbol);
        risk::RiskUnderlying& underlying = picture.book.underlyings[place->second];
        if (instrument) {
            picture.isOld = picture.isOld || instrument->isOld || instrument->isSpotStale;
            if (std::isnan(underlying.spot))
                underlying.spot = risk::spotOf(*instrument);
        }
        risk::RiskPosition held = heldOf(position, place->second, instrument);
        for (const auto& [group, quantity] : byGroup(position, groups)) {
            held.group = group;
            held.quantity = quantity.toDouble();
            picture.book.positions.push_back(held);
            quantities.push_back(quantity);
        }
    }
    for (const portfolio::OrderIntent& working : state.workingOrders) {
        if (working.legs.front().type == market::InstrumentType::Equity)
            picture.workingShares.insert(working.underlying);
    }
    for (const risk::RiskUnderlying& underlying : picture.book.underlyings) {
        const std::optional<risk::InstrumentState> shares = state.instrument(underlying.symbol);
        if (shares && !shares->option && shares->isOpen && market::isTradable(shares->flags))
            picture.quotes[underlying.symbol] = shares->quote;
    }
    for (std::size_t i = 0; i < quantities.size(); ++i) {
        const risk::RiskPosition& held = picture.book.positions[i];
        picture.marking.positions.push_back(markedOf(held, quantities[i], picture.book.underlyings[held.underlying]));
    }
    return picture;
}

} // namespace vegadesk::desk
