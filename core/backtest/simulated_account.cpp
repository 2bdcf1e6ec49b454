#include "backtest/simulated_account.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "portfolio/margin.h"

#include <cmath>
#include <stdexcept>

namespace vegadesk::backtest
{

namespace
{

double midOf(const execution::LegQuote& leg)
{
    return market::isTradable(leg.flags) ? leg.quote.mid() : market::unknown;
}

} // namespace

SimulatedAccount::SimulatedAccount(base::Decimal cash)
{
    m_ledger.start({}, cash);
}

void SimulatedAccount::update(std::shared_ptr<const market::OptionChain> chain, double spot)
{
    const std::string& underlying = chain->underlying;
    m_chains.insert_or_assign(underlying, chain);
    if (spot > 0)
        m_spots.insert_or_assign(underlying, spot);
    for (const portfolio::Position& position : held()) {
        if (position.underlying != underlying)
            continue;
        const auto found =
            lookUp({position.symbol, position.type, portfolio::Action::BuyToOpen, 1}, position.underlying);
        if (const double mid = found ? midOf(found->quote) : market::unknown; std::isfinite(mid))
            m_marks.insert_or_assign(position.symbol, mid);
    }
}

std::optional<LegMarket> SimulatedAccount::lookUp(const portfolio::OrderLeg& leg, std::string_view underlying) const
{
    const auto known = m_chains.find(underlying);
    if (known == m_chains.end())
        return std::nullopt;
    const market::OptionChain& chain = *known->second;
    if (leg.symbol == chain.underlying) {
        const market::Quote& quote = chain.underlyingQuote;
        return LegMarket{
            {quote, market::classify(quote, chain.at, base::Nanos{0}), base::Decimal::cent()}, 1, std::nullopt};
    }
    const auto place = market::find(chain, leg.symbol);
    const auto terms = market::parseOccSymbol(leg.symbol);
    if (!place || !terms)
        return std::nullopt;
    const market::Expiration& expiration = chain.expirations[place->expiration];
    const market::OptionColumns& side = expiration.side(place->right);
    const market::Quote quote = side.quoteAt(place->row);
    const auto price = base::Decimal::fromDouble(portfolio::isBuy(leg.action) ? quote.ask : quote.bid);
    return LegMarket{{quote, side.flags[place->row], market::tickAt(expiration.ticks, price.value_or(base::Decimal{}))},
                     expiration.multiplier,
                     ContractFacts{*terms, expiration.settlement, expiration.expiresAt,
                                   portfolio::isBroadIndex(underlying),
                                   expiration.style == market::ExerciseStyle::American}};
}

portfolio::OrderIntent SimulatedAccount::inShares(const portfolio::OrderIntent& intent) const
{
    if (intent.type != portfolio::OrderType::NotionalMarket || intent.legs.empty())
        return intent;
    const auto listed = lookUp(intent.legs.front(), intent.underlying);
    return portfolio::inShares(intent, listed ? listed->quote.quote : market::Quote{});
}

base::Instant SimulatedAccount::quotedAt(std::string_view underlying) const
{
    const auto known = m_chains.find(underlying);
    return known == m_chains.end() ? base::Instant{} : known->second->at;
}

void SimulatedAccount::book(const portfolio::Fill& fill, const portfolio::OrderLeg& leg, const std::string& underlying,
                            const portfolio::Fees& fees)
{
    const auto listed = lookUp(leg, underlying);
    const portfolio::Position* const before = m_ledger.find(fill.symbol);
    if (!before && !listed && leg.type == market::InstrumentType::EquityOption)
        throw std::logic_error("a simulated fill of an option that is neither held nor listed");
    const int multiplier = before ? before->multiplier : listed ? listed->multiplier : 1;
    const auto booked = m_ledger.book(fill, {underlying, leg.type, multiplier}, fees);
    if (!booked || !booked->isNew) // our own fills, with our own ids
        throw std::logic_error("a simulated fill could not be booked");
    m_unsettled.add(market::newYorkDate(fill.at), leg.type, booked->cash);

    if (m_ledger.quantity(fill.symbol) == 0) {
        m_marks.erase(fill.symbol);
        m_contracts.erase(fill.symbol);
        return;
    }
    if (listed && listed->contract)
        m_contracts.insert_or_assign(fill.symbol, *listed->contract);
    if (const double mid = listed ? midOf(listed->quote) : market::unknown; std::isfinite(mid))
        m_marks.insert_or_assign(fill.symbol, mid);
    else
        m_marks.try_emplace(fill.symbol, fill.price.toDouble());
}

std::vector<portfolio::Position> SimulatedAccount::held() const
{
    std::vector<portfolio::Position> positions = m_ledger.positions();
    std::erase_if(positions, [](const portfolio::Position& position) { return position.quantity == 0; });
    return positions;
}

const ContractFacts* SimulatedAccount::contract(std::string_view symbol) const
{
    const auto known = m_contracts.find(symbol);
    return known == m_contracts.end() ? nullptr : &known->second;
}

double SimulatedAccount::mark(std::string_view symbol, std::string_view underlying) const
{
    if (const auto known = m_marks.find(symbol); known != m_marks.end())
        return known->second;
    const auto type = symbol == underlying ? market::InstrumentType::Equity : market::InstrumentType::EquityOption;
    const auto found = lookUp({std::string(symbol), type, portfolio::Action::BuyToOpen, 1}, underlying);
    return found ? midOf(found->quote) : market::unknown;
}

double SimulatedAccount::spot(std::string_view underlying) const
{
    const auto known = m_spots.find(underlying);
    return known == m_spots.end() ? market::unknown : known->second;
}

double SimulatedAccount::netLiquidation() const
{
    double value = m_ledger.cash().toDouble();
    for (const portfolio::Position& position : held())
        value += (position.quantity * position.multiplier).toDouble() * mark(position.symbol, position.underlying);
    return value;
}

std::map<std::string, SimulatedAccount::Quantities, std::less<>> SimulatedAccount::quantities() const
{
    std::map<std::string, Quantities, std::less<>> byUnderlying;
    for (const portfolio::Position& position : held())
        byUnderlying[position.underlying][position.symbol] = position.quantity;
    return byUnderlying;
}

double SimulatedAccount::requirement(std::span<const portfolio::OrderIntent> filled) const
{
    auto after = quantities();
    for (const portfolio::OrderIntent& intent : filled) {
        for (const portfolio::OrderLeg& leg : intent.legs)
            after[intent.underlying][leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    }
    double total = 0;
    for (const auto& [underlying, held] : after)
        total += requirementOf(underlying, held);
    return total;
}

double SimulatedAccount::worthOf(const portfolio::OrderIntent& intent) const
{
    double worth = 0;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const auto listed = lookUp(leg, intent.underlying);
        if (!listed)
            return market::unknown;
        worth += (portfolio::signedQuantity(leg.action, leg.quantity) * listed->multiplier).toDouble() *
                 mark(leg.symbol, intent.underlying);
    }
    return worth;
}

double SimulatedAccount::requirementOf(const std::string& underlying, const Quantities& quantities) const
{
    std::vector<portfolio::MarginLeg> legs;
    for (const auto& [symbol, quantity] : quantities) {
        if (quantity == 0)
            continue;
        portfolio::MarginLeg& leg = legs.emplace_back();
        leg.quantity = quantity;
        leg.mark = mark(symbol, underlying);
        leg.isOption = symbol != underlying;
        if (!leg.isOption) {
            leg.multiplier = 1;
            continue;
        }
        const auto listed =
            lookUp({symbol, market::InstrumentType::EquityOption, portfolio::Action::BuyToOpen, 1}, underlying);
        const ContractFacts* const facts = listed && listed->contract ? &*listed->contract : contract(symbol);
        const portfolio::Position* const position = m_ledger.find(symbol);
        if (!facts || (!listed && !position))
            return market::unknown;
        leg.right = facts->terms.right;
        leg.strike = facts->terms.strike.toDouble();
        leg.expiry = facts->terms.expiry;
        leg.multiplier = listed ? listed->multiplier : position->multiplier;
    }
    if (legs.empty())
        return 0;
    return portfolio::marginOf(legs, spot(underlying), portfolio::isBroadIndex(underlying)).requirement();
}

} // namespace vegadesk::backtest
