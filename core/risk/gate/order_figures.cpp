#include "risk/gate/order_figures.h"

#include "portfolio/cover.h"
#include "pricing/payoff.h"
#include "risk/exposure.h"
#include "risk/gate/book_cache.h"
#include "risk/gate/order_checks.h"

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

using LegsBySymbol = std::map<std::string, portfolio::MarginLeg, std::less<>>;

void add(Quantities& quantities, const OrderIntent& order)
{
    for (const portfolio::OrderLeg& leg : order.legs)
        quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
}

/// The instruments of positions and orders in one underlying, looked up once; without marks, which cover nothing.
LegsBySymbol legsBySymbol(const OrderIntent& order, const GateState& state, BookCache& book)
{
    LegsBySymbol legs;
    const auto note = [&](const std::string& symbol) {
        const InstrumentState* const instrument = book.instrument(symbol, state);
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
            const base::Quantity quantity = portfolio::signedQuantity(leg.action, leg.quantity);
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
std::int64_t contractsOf(base::Quantity shares, market::Right right, const LegsBySymbol& known)
{
    std::int64_t sharesPerContract = 0;
    for (const auto& [symbol, leg] : known) {
        if (leg.isOption && leg.right == right && leg.multiplier > 0)
            sharesPerContract =
                sharesPerContract == 0 ? leg.multiplier : std::min<std::int64_t>(sharesPerContract, leg.multiplier);
    }
    if (sharesPerContract == 0)
        return shares > 0 ? 1 : 0;
    return shares / sharesPerContract + (shares % sharesPerContract > 0 ? 1 : 0);
}

base::SentenceNumber count(base::Quantity number)
{
    return {number.toDouble(), number.isWhole() ? 0 : 5};
}

/// Cash that options cost at the limit or, without one, at natural.
double premiumOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    if (intent.legs.front().type != market::InstrumentType::EquityOption)
        return 0;
    const double limit = portfolio::signedLimit(intent);
    const double price = std::isfinite(limit) ? limit : netQuoteOf(intent, instruments).natural;
    return price * portfolio::unitCount(intent).toDouble() * instruments.front().multiplier;
}

} // namespace

portfolio::Uncovered uncoveredBy(const OrderIntent& intent, const GateState& state, BookCache& book)
{
    std::vector<const OrderIntent*> working;
    for (const OrderIntent& order : state.workingOrders) {
        if (order.underlying == intent.underlying)
            working.push_back(&order);
    }
    const auto worst = working.size() > workingOrdersMax ? worstOfMany : worstOf;
    const auto known = legsBySymbol(intent, state, book);
    Quantities quantities = book.parts(intent.underlying, state).positions.quantities;
    const portfolio::Uncovered before = worst(quantities, working, known);
    add(quantities, intent);
    const portfolio::Uncovered after = worst(quantities, working, known);
    constexpr base::Quantity none = 0;
    return {std::max(none, after.calls - before.calls), std::max(none, after.puts - before.puts),
            std::max(none, after.stock - before.stock)};
}

std::vector<base::Sentence> uncoveredWarnings(const OrderIntent& intent, const GateState& state, BookCache& book)
{
    std::vector<base::Sentence> warnings;
    portfolio::Uncovered uncovered = uncoveredBy(intent, state, book);
    const bool closes = std::ranges::any_of(
        intent.legs, [](const portfolio::OrderLeg& leg) { return !portfolio::isOpening(leg.action); });
    if (!closes)
        uncovered.puts = uncovered.stock = 0;
    const LegsBySymbol known = legsBySymbol(intent, state, book);
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

Outcome outcomeOf(const OrderIntent& intent, std::span<const InstrumentState> instruments)
{
    const auto hasOtherExpiry = [&](const InstrumentState& instrument) {
        return instrument.option && (instrument.option->expiry != instruments.front().option->expiry ||
                                     instrument.settlement != instruments.front().settlement);
    };
    if (std::ranges::any_of(instruments, hasOtherExpiry))
        return {};
    std::vector<pricing::ValuationLeg> legs;
    for (std::size_t i = 0; i < intent.legs.size(); ++i) {
        const InstrumentState& instrument = instruments[i];
        const double sign = portfolio::isBuy(intent.legs[i].action) ? 1 : -1;
        pricing::ValuationLeg leg;
        leg.quantity = sign * intent.legs[i].quantity.toDouble();
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
    const double cost = price * portfolio::unitCount(intent).toDouble() * first.multiplier;
    const auto payoff = pricing::summarisePayoff(legs, cost, {spot, first.rate, first.dividendYield});
    if (!payoff || !std::isfinite(cost))
        return {};
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return {payoff->maxLoss.value_or(infinite), payoff->maxProfit.value_or(infinite)};
}

double buyingPowerNeeded(const OrderIntent& intent, const GateState& state,
                         std::span<const InstrumentState> instruments)
{
    // Every broker of ours has the working orders taken off its buying power: the real one holds back what an order needs
    // from the moment it takes it, the venue and the simulated broker reckon their balances so.
    BookCache book;
    const double rise =
        heldAloneWith(intent.underlying, state, &intent, book) - book.heldAlone(intent.underlying, state);
    return rise + premiumOf(intent, instruments);
}

double buyingPowerNeeded(const OrderIntent& intent, const GateState& state,
                         std::span<const InstrumentState> instruments, const Measures& measures)
{
    const double needed = measures.heldAfter - measures.heldBefore + premiumOf(intent, instruments);
    if (!state.replaced)
        return needed;
    return needed - std::max(0.0, buyingPowerNeeded(state.replaced->intent, state, instruments));
}

} // namespace vegadesk::risk
