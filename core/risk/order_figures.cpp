#include "risk/order_figures.h"

#include "portfolio/cover.h"
#include "pricing/payoff.h"
#include "risk/exposure.h"
#include "risk/order_checks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace vegadesk::risk
{

namespace
{

using base::translatable;
using portfolio::OrderIntent;

using Quantities = std::map<std::string, std::int64_t, std::less<>>;
using LegsBySymbol = std::map<std::string, portfolio::MarginLeg, std::less<>>;

void add(Quantities& quantities, const OrderIntent& order)
{
    for (const portfolio::OrderLeg& leg : order.legs)
        quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
}

/// The instruments of positions and orders in one underlying, looked up once; without marks, which cover nothing.
LegsBySymbol legsBySymbol(const OrderIntent& order, const GateState& state)
{
    LegsBySymbol legs;
    const auto note = [&](const std::string& symbol) {
        const std::optional<InstrumentState> instrument = state.instrument(symbol);
        if (!instrument)
            return;
        portfolio::MarginLeg leg{.isOption = instrument->option.has_value(), .multiplier = instrument->multiplier};
        if (instrument->option) {
            leg.right = instrument->option->right;
            leg.strike = instrument->option->strike.toDouble();
            leg.expiry = instrument->option->expiry;
            leg.settlement = instrument->settlement;
        }
        legs.emplace(symbol, leg);
    };
    for (const portfolio::Position& position : state.positions) {
        if (position.underlying == order.underlying)
            note(position.symbol);
    }
    for (const portfolio::OrderLeg& leg : order.legs)
        note(leg.symbol);
    for (const OrderIntent& working : state.workingOrders) {
        for (const portfolio::OrderLeg& leg : working.legs) {
            if (working.underlying == order.underlying)
                note(leg.symbol);
        }
    }
    return legs;
}

/// The most of each over every choice of working orders that fill: one of them may sell what covers a call, or sell a call.
portfolio::Uncovered worstOf(const Quantities& certain, std::span<const OrderIntent* const> working,
                             const LegsBySymbol& known)
{
    portfolio::Uncovered worst;
    std::vector<portfolio::MarginLeg> legs;
    for (std::size_t filled = 0; filled < (std::size_t{1} << working.size()); ++filled) {
        Quantities quantities = certain;
        for (std::size_t i = 0; i < working.size(); ++i) {
            if ((filled >> i) & 1)
                add(quantities, *working[i]);
        }
        legs.clear();
        for (const auto& [symbol, quantity] : quantities) {
            if (const auto leg = known.find(symbol); leg != known.end()) {
                legs.push_back(leg->second);
                legs.back().quantity = quantity;
            }
        }
        const portfolio::Uncovered found = portfolio::uncoveredOf(legs);
        worst = {std::max(worst.calls, found.calls), std::max(worst.puts, found.puts),
                 std::max(worst.stock, found.stock)};
    }
    return worst;
}

/// Where there are too many working orders for every choice: of all of them only what takes cover away, first from calls and
/// short shares, then from puts.
portfolio::Uncovered worstOfMany(const Quantities& certain, std::span<const OrderIntent* const> working,
                                 const LegsBySymbol& known)
{
    Quantities withoutCalls = certain, withoutPuts = certain;
    for (const OrderIntent* const order : working) {
        for (const portfolio::OrderLeg& leg : order->legs) {
            const auto found = known.find(leg.symbol);
            if (found == known.end())
                continue;
            const std::int64_t quantity = portfolio::signedQuantity(leg.action, leg.quantity);
            const bool isPut = found->second.isOption && found->second.right == market::Right::Put;
            if (quantity < 0)
                (isPut ? withoutPuts : withoutCalls)[leg.symbol] += quantity;
            else if (!found->second.isOption)
                withoutPuts[leg.symbol] += quantity;
        }
    }
    const portfolio::Uncovered calls = worstOf(withoutCalls, {}, known), puts = worstOf(withoutPuts, {}, known);
    return {calls.calls, puts.puts, calls.stock};
}

/// Contracts, begun ones counted: of a contract that is covered in part the rest is open all the same. Where contracts of
/// several sizes are known they are counted in the smallest.
std::int64_t contractsOf(std::int64_t shares, market::Right right, const LegsBySymbol& known)
{
    std::int64_t sharesPerContract = std::numeric_limits<std::int64_t>::max();
    for (const auto& [symbol, leg] : known) {
        if (leg.isOption && leg.right == right && leg.multiplier > 0)
            sharesPerContract = std::min<std::int64_t>(sharesPerContract, leg.multiplier);
    }
    return shares / sharesPerContract + (shares % sharesPerContract > 0 ? 1 : 0);
}

base::SentenceNumber count(std::int64_t number)
{
    return {static_cast<double>(number)};
}

} // namespace

portfolio::Uncovered uncoveredBy(const OrderIntent& intent, const GateState& state)
{
    std::vector<const OrderIntent*> working;
    for (const OrderIntent& order : state.workingOrders) {
        if (order.underlying == intent.underlying)
            working.push_back(&order);
    }
    const auto worst = working.size() > workingOrdersMax ? worstOfMany : worstOf;
    const auto known = legsBySymbol(intent, state);
    const auto held = quantitiesAfter(intent.underlying, state, nullptr);
    Quantities quantities(held.begin(), held.end());
    const portfolio::Uncovered before = worst(quantities, working, known);
    add(quantities, intent);
    const portfolio::Uncovered after = worst(quantities, working, known);
    constexpr std::int64_t none = 0;
    return {std::max(none, after.calls - before.calls), std::max(none, after.puts - before.puts),
            std::max(none, after.stock - before.stock)};
}

std::vector<base::Sentence> uncoveredWarnings(const OrderIntent& intent, const GateState& state)
{
    std::vector<base::Sentence> warnings;
    portfolio::Uncovered uncovered = uncoveredBy(intent, state);
    const bool closes = std::ranges::any_of(
        intent.legs, [](const portfolio::OrderLeg& leg) { return !portfolio::isOpening(leg.action); });
    if (!closes)
        uncovered.puts = uncovered.stock = 0;
    const LegsBySymbol known = legsBySymbol(intent, state);
    if (const std::int64_t calls = contractsOf(uncovered.calls, market::Right::Call, known); calls > 0)
        warnings.push_back({calls == 1 ? translatable("Core", "Leaves %1 short call uncovered: unlimited loss.")
                                       : translatable("Core", "Leaves %1 short calls uncovered: unlimited loss."),
                            {count(calls)}});
    if (uncovered.stock > 0)
        warnings.push_back(
            {translatable("Core", "Leaves %1 short shares uncovered: unlimited loss."), {count(uncovered.stock)}});
    if (const std::int64_t puts = contractsOf(uncovered.puts, market::Right::Put, known); puts > 0)
        warnings.push_back(
            {puts == 1 ? translatable("Core", "Leaves %1 short put uncovered: it loses until the price is 0.")
                       : translatable("Core", "Leaves %1 short puts uncovered: they lose until the price is 0."),
             {count(puts)}});
    return warnings;
}

double maxLossOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    const auto hasOtherExpiry = [&](const InstrumentState& instrument) {
        return instrument.option && (instrument.option->expiry != instruments.front().option->expiry ||
                                     instrument.settlement != instruments.front().settlement);
    };
    if (std::ranges::any_of(instruments, hasOtherExpiry))
        return market::unknown;
    std::vector<pricing::ValuationLeg> legs;
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const InstrumentState& instrument = instruments[i];
        const double sign = portfolio::isBuy(intent.legs[i].action) ? 1 : -1;
        pricing::ValuationLeg leg;
        leg.quantity = sign * static_cast<double>(intent.legs[i].quantity);
        leg.multiplier = instrument.multiplier;
        if (instrument.option) {
            leg.right = instrument.option->right;
            leg.strike = instrument.option->strike.toDouble();
            leg.years = instrument.years;
            leg.vol = instrument.volatility;
        }
        legs.push_back(leg);
    }
    const double limit = portfolio::signedLimit(intent);
    const double price = std::isfinite(limit) ? limit : netQuoteOf(intent, instruments).natural;
    const InstrumentState& first = instruments.front();
    const double spot = std::isfinite(first.spot) ? first.spot : market::markOf(first.quote, first.flags);
    const double cost = price * static_cast<double>(portfolio::unitCount(intent)) * first.multiplier;
    const auto payoff = pricing::summarisePayoff(legs, cost, {spot, first.rate, first.dividendYield});
    if (!payoff || !std::isfinite(cost))
        return market::unknown;
    return payoff->maxLoss.value_or(std::numeric_limits<double>::infinity());
}

double buyingPowerNeeded(const OrderIntent& intent, const GateState& state,
                         std::span<const InstrumentState> instruments)
{
    GateState book = state;
    // Every broker of ours has them taken off its buying power: the real one holds back what an order needs from the
    // moment it takes it, the venue and the simulated broker reckon their balances so.
    book.workingOrders.clear();
    const double rise =
        exposureOf(intent.underlying, book, &intent).held - exposureOf(intent.underlying, book, nullptr).held;
    if (intent.legs.front().type != market::InstrumentType::EquityOption)
        return rise;
    const double limit = portfolio::signedLimit(intent);
    const double price = std::isfinite(limit) ? limit : netQuoteOf(intent, instruments).natural;
    return rise + price * static_cast<double>(portfolio::unitCount(intent)) * instruments.front().multiplier;
}

} // namespace vegadesk::risk
