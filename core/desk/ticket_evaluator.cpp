#include "desk/ticket_evaluator.h"

#include "desk/ticket_payoff.h"
#include "portfolio/cover.h"
#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "portfolio/position_change.h"
#include "portfolio/profit_and_loss.h"
#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace vegadesk::desk
{

namespace
{

pricing::ValuationLeg valuationLeg(const risk::InstrumentState& state, double quantity)
{
    pricing::ValuationLeg leg;
    if (state.option) {
        leg.right = state.option->right;
        leg.strike = state.option->strike.toDouble();
        leg.years = state.years;
        leg.vol = state.volatility;
        leg.style = state.style;
    }
    leg.quantity = quantity;
    leg.multiplier = state.multiplier;
    return leg;
}

double markOf(const risk::InstrumentState& state)
{
    return market::markOf(state.quote, state.flags);
}

/// The moment that an option's years count from: an old one's is not now.
QuotedTime timeOf(const risk::InstrumentState& state, const QuotedTime& time)
{
    return state.at == base::Instant{} ? time : QuotedTime{time.basis, state.at};
}

GreekSums sumsOf(const risk::InstrumentState& state, double quantity, const QuotedTime& time)
{
    const pricing::ValuationLeg leg = valuationLeg(state, quantity);
    return greeksOf(std::span(&leg, 1), {state.spot, state.rate, state.dividendYield}, pricing::Scenario{},
                    timeOf(state, time));
}

portfolio::MarginLeg marginLeg(const risk::InstrumentState& state, base::Quantity quantity)
{
    portfolio::MarginLeg leg;
    leg.isOption = state.option.has_value();
    if (state.option) {
        leg.right = state.option->right;
        leg.strike = state.option->strike.toDouble();
        leg.expiry = state.option->expiry;
        leg.settlement = state.settlement;
    }
    leg.quantity = quantity;
    leg.multiplier = state.multiplier;
    leg.mark = markOf(state);
    return leg;
}

/// Working orders that open hold buying power back from the moment they are taken; those that only close free some once they
/// fill, not before. The broker reckons so, and the venue.
void addWorking(std::map<std::string, base::Quantity>& quantities, std::span<const portfolio::OrderIntent> working,
                const std::string& underlying)
{
    for (const portfolio::OrderIntent& order : working) {
        const bool opens = std::ranges::any_of(
            order.legs, [](const portfolio::OrderLeg& leg) { return portfolio::isOpening(leg.action); });
        if (!opens || order.underlying != underlying)
            continue;
        for (const portfolio::OrderLeg& leg : order.legs)
            quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    }
}

/// By how much the margin held for the positions and the working orders rises with the order.
double marginRise(const portfolio::OrderIntent& intent, const InstrumentLookup& lookup, const TicketAccount& account,
                  double spot)
{
    std::map<std::string, base::Quantity> quantities;
    for (const portfolio::Position& position : account.positions)
        quantities[position.symbol] += position.quantity;
    addWorking(quantities, account.workingOrders, intent.underlying);
    const auto marginNow = [&] {
        std::vector<portfolio::MarginLeg> legs;
        for (const auto& [symbol, quantity] : quantities) {
            const auto state = lookup(symbol);
            if (!state)
                return unknown;
            if (quantity != 0)
                legs.push_back(marginLeg(*state, quantity));
        }
        return portfolio::marginOf(legs, spot, portfolio::isBroadIndex(intent.underlying)).held;
    };
    const double before = marginNow();
    for (const portfolio::OrderLeg& leg : intent.legs)
        quantities[leg.symbol] += portfolio::signedQuantity(leg.action, leg.quantity);
    return marginNow() - before;
}

/// What the order's legs say of its price.
struct LegPrices {
    double natural = 0, mid = 0;
    bool hasOptions = false;
    double multiplier = 1; ///< what one unit's price is multiplied by: the options', or a share's
    double spot = unknown;
    std::vector<portfolio::LegFacts> facts;
};

LegPrices priceLegs(TicketView& view, const InstrumentLookup& lookup, base::Quantity units, const QuotedTime& time)
{
    LegPrices prices;
    base::Decimal finestTick;
    for (const portfolio::OrderLeg& leg : view.intent.legs) {
        TicketLeg shown;
        shown.leg = leg;
        const auto state = lookup(leg.symbol);
        const double quantity = portfolio::signedQuantity(leg.action, leg.quantity).toDouble();
        if (!state) {
            prices.natural = prices.mid = unknown;
            prices.facts.emplace_back();
            shown.greeks.unknownCount = 1;
            view.legs.push_back(std::move(shown));
            continue;
        }
        shown.option = state->option;
        shown.bid = state->quote.bid;
        shown.ask = state->quote.ask;
        shown.mid = markOf(*state);
        shown.iv = state->volatility;
        shown.isTradable = market::isTradable(state->flags);
        shown.greeks = sumsOf(*state, quantity, time);
        shown.greeks.unknownCount = std::isfinite(shown.greeks.delta) ? 0 : 1;

        const double ratio = quantity / units.toDouble();
        prices.natural += ratio * market::touchOf(state->quote, quantity > 0);
        prices.mid += ratio * shown.mid;
        prices.spot = state->spot;
        if (state->option) {
            prices.multiplier = state->multiplier;
            prices.hasOptions = true;
        }
        prices.facts.push_back({shown.mid, state->multiplier, state->option});
        const base::Decimal price = base::Decimal::fromDouble(shown.mid).value_or(base::Decimal());
        const base::Decimal tick = market::tickAt(state->ticks, price);
        if (finestTick.isZero() || tick < finestTick)
            finestTick = tick;
        if (view.intent.legs.size() == 1)
            view.ticks = state->ticks;
        view.legs.push_back(std::move(shown));
    }
    view.natural = prices.natural;
    view.mid = prices.mid;
    view.tick = finestTick.isZero() ? 0.01 : finestTick.toDouble();
    view.spot = prices.spot;
    return prices;
}

PricedBook bookOf(std::span<const portfolio::HeldLeg> held, double cost, double spot, const InstrumentLookup& lookup,
                  const QuotedTime& time)
{
    PricedBook book;
    book.cost = cost;
    book.time = time;
    book.market.spot = spot;
    book.greeks = zeroSums();
    book.isComplete = std::isfinite(cost) && std::isfinite(spot);
    double years = std::numeric_limits<double>::infinity();
    double volatilities = 0;
    int options = 0;
    std::vector<portfolio::MarginLeg> covers;
    for (const portfolio::HeldLeg& leg : held) {
        const auto state = lookup(leg.symbol);
        if (!state) {
            book.isComplete = false;
            ++book.greeks.unknownCount;
            continue;
        }
        const double quantity = leg.quantity.toDouble();
        add(book.greeks, sumsOf(*state, quantity, time));
        book.legs.push_back(valuationLeg(*state, quantity));
        covers.push_back(marginLeg(*state, leg.quantity));
        if (!state->option)
            continue;
        book.time = timeOf(*state, time);
        book.market.rate = state->rate;
        book.market.dividendYield = state->dividendYield;
        volatilities += state->volatility;
        years = std::min(years, state->years);
        ++options;
    }
    if (options > 0) {
        book.volatility = volatilities / options;
        book.years = years;
    }
    book.isUncovered = portfolio::uncoveredOf(covers).calls > 0;
    book.isComplete = book.isComplete && std::isfinite(book.volatility);
    return book;
}

/// What a unit is drawn at: the limit, else the trigger that an order waits for, else `market`. Positive is paid.
double netOf(const portfolio::OrderIntent& intent, double market)
{
    if (intent.price)
        return intent.price->toDouble() * (intent.effect == portfolio::PriceEffect::Credit ? -1 : 1);
    if (intent.stopTrigger && intent.legs.size() == 1)
        return intent.stopTrigger->toDouble() * (portfolio::isBuy(intent.legs.front().action) ? 1 : -1);
    return market;
}

/// The order's own legs, as if they were held.
std::vector<portfolio::HeldLeg> legsOf(const portfolio::OrderIntent& intent)
{
    std::vector<portfolio::HeldLeg> legs;
    for (const portfolio::OrderLeg& leg : intent.legs)
        legs.push_back({leg.symbol, portfolio::signedQuantity(leg.action, leg.quantity)});
    return legs;
}

/// An order for a value as what it trades now.
portfolio::OrderIntent sizedNow(const portfolio::OrderIntent& intent, const InstrumentLookup& lookup)
{
    const auto state = intent.value && !intent.legs.empty() ? lookup(intent.legs.front().symbol) : std::nullopt;
    return inShares(intent, state ? state->quote : market::Quote{});
}

/// An order that only opens shows itself, and beside it what it makes of the position.
void showOrder(TicketView& view, const portfolio::PositionChange& change, double cost, const InstrumentLookup& lookup,
               const WhatIf& whatIf, const QuotedTime& time)
{
    const PricedBook book = bookOf(legsOf(view.intent), cost, view.spot, lookup, time);
    view.greeks = book.greeks;
    drawBook(view, book, book, whatIf);
    if (!change.before.empty())
        view.maxLossWithHeld = maxLossOf(bookOf(change.after, change.costAfter, view.spot, lookup, time));
}

/// An order that closes shows the position that it leaves. What the closing legs make is part of the profit: a roll is judged by
/// all that it comes to, not as if the loss it takes had never been.
void showPosition(TicketView& view, const portfolio::PositionChange& change, base::Date today,
                  const InstrumentLookup& lookup, const WhatIf& whatIf, const QuotedTime& time)
{
    portfolio::Fees fees;
    for (const portfolio::OrderLeg& leg : view.intent.legs) {
        if (!portfolio::isOpening(leg.action))
            fees += portfolio::feesFor(leg, view.intent.underlying, today, leg.quantity);
    }
    view.realised = change.realised - fees.total().toDouble();
    view.isFlatAfter = change.after.empty();
    const PricedBook before = bookOf(change.before, change.costBefore, view.spot, lookup, time);
    const PricedBook after = bookOf(change.after, change.costAfter - change.realised, view.spot, lookup, time);
    std::vector<portfolio::HeldLeg> all = change.before;
    all.insert(all.end(), change.after.begin(), change.after.end());
    view.greeks = after.greeks;
    drawBook(view, after, bookOf(all, 0, view.spot, lookup, time), whatIf);
    view.before = profitsAtExpiry(before, view.spots);
}

} // namespace

TicketView evaluateTicket(const portfolio::OrderIntent& asked, const InstrumentLookup& lookup,
                          const TicketAccount& account, base::Date today, const WhatIf& whatIf, const QuotedTime& time)
{
    TicketView view;
    const portfolio::OrderIntent intent = sizedNow(asked, lookup);
    view.intent = intent;
    const base::Quantity units = portfolio::unitCount(intent);
    if (units <= 0)
        return view;
    const LegPrices prices = priceLegs(view, lookup, units, time);
    view.fees = portfolio::feesFor(intent, today).total().toDouble();

    // A market order trades at the natural price.
    const double net = netOf(intent, std::isfinite(prices.natural) ? prices.natural : prices.mid);
    const double cost = net * units.toDouble() * prices.multiplier;
    // Shares are worth what was paid for them and lend against it, so only their requirement counts; an option's premium is gone.
    view.buyingPowerEffect =
        marginRise(intent, lookup, account, prices.spot) + (prices.hasOptions ? cost : 0) + view.fees;

    const portfolio::PositionChange change = portfolio::changeBy(intent, account.positions, prices.facts, cost);
    view.effect = change.effect;
    if (change.effect == portfolio::OrderEffect::Opens)
        showOrder(view, change, cost, lookup, whatIf, time);
    else
        showPosition(view, change, today, lookup, whatIf, time);
    view.intent = asked;
    return view;
}

void addExits(TicketView& view, const portfolio::ComplexIntent& complex, const InstrumentLookup& lookup,
              std::span<const portfolio::Position> held)
{
    view.complex = complex;
    const base::Quantity units = portfolio::unitCount(view.intent);
    if (units <= 0)
        return;
    const LegPrices prices = [&] {
        TicketView scratch;
        scratch.intent = view.intent;
        return priceLegs(scratch, lookup, units, {});
    }();
    const double perUnit = units.toDouble() * prices.multiplier;
    for (const portfolio::OrderIntent& order : complex.orders) {
        const double close = perUnit * netOf(order, unknown);
        double profit = 0;
        if (complex.trigger)
            profit = -(perUnit * netOf(*complex.trigger, std::isfinite(prices.natural) ? prices.natural : prices.mid) +
                       close);
        else
            profit = portfolio::changeBy(order, held, prices.facts, close).realised;
        (order.stopTrigger ? view.stopProfit : view.targetProfit) = profit;
    }
}

PositionRow positionRow(const portfolio::Position& position, const std::optional<risk::InstrumentState>& state,
                        double mark, const QuotedTime& time)
{
    PositionRow row;
    row.position = position;
    row.isStale = true;
    row.mark = mark;
    const portfolio::Profit profit = portfolio::profitOf(position, mark);
    row.openProfit = profit.open;
    row.dayProfit = profit.day;
    if (!state) {
        row.greeks.unknownCount = 1;
        return row;
    }
    row.option = state->option;
    row.bid = state->quote.bid;
    row.ask = state->quote.ask;
    row.iv = state->volatility;
    row.isStale = state->flags.has(market::QuoteFlag::Stale);
    row.greeks = sumsOf(*state, position.quantity.toDouble(), time);
    return row;
}

GreekSums zeroSums()
{
    GreekSums sums;
    sums.delta = sums.dollarDelta = sums.gamma = sums.theta = sums.vega = 0;
    return sums;
}

void add(GreekSums& sums, const GreekSums& one)
{
    sums.unknownCount += one.unknownCount;
    if (!std::isfinite(one.delta + one.gamma + one.theta + one.vega + one.dollarDelta)) {
        sums.unknownCount += one.unknownCount == 0 ? 1 : 0;
        return;
    }
    sums.delta += one.delta;
    sums.dollarDelta += one.dollarDelta;
    sums.gamma += one.gamma;
    sums.theta += one.theta;
    sums.vega += one.vega;
}

} // namespace vegadesk::desk
