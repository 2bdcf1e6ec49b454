#include "desk/ticket_evaluator.h"

#include "market/calendar.h"
#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "portfolio/profit_and_loss.h"
#include "pricing/payoff.h"
#include "risk/order_checks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t payoffPoints = 161;
constexpr double payoffSigmas = 3.5;
constexpr double leastHalfWidth = 0.04; ///< of the spot, so that a ticket of the last hour still shows its wings
constexpr double daysPerYear = 365;

double signedQuantity(const portfolio::OrderLeg& leg)
{
    const auto quantity = static_cast<double>(leg.quantity);
    return portfolio::isBuy(leg.action) ? quantity : -quantity;
}

pricing::ValuationLeg valuationLeg(const risk::InstrumentState& state, double quantity)
{
    pricing::ValuationLeg leg;
    if (state.option) {
        leg.right = state.option->right;
        leg.strike = state.option->strike.toDouble();
        leg.years = state.years;
        leg.vol = state.volatility;
    }
    leg.quantity = quantity;
    leg.multiplier = state.multiplier;
    return leg;
}

double markOf(const risk::InstrumentState& state)
{
    return market::markOf(state.quote, state.flags);
}

GreekSums sumsOf(const risk::InstrumentState& state, double quantity)
{
    GreekSums sums;
    const double shares = quantity * state.multiplier;
    if (!state.option) {
        sums.delta = shares;
        sums.gamma = sums.theta = sums.vega = 0;
        sums.dollarDelta = shares * state.spot;
        return sums;
    }
    const pricing::MarketPoint market{state.spot, state.rate, state.dividendYield};
    const pricing::Greeks one = pricing::blackScholes(state.option->right, market, state.option->strike.toDouble(),
                                                      state.years, state.volatility);
    sums.delta = one.delta * shares;
    sums.gamma = one.gamma * shares;
    sums.theta = one.theta * shares / daysPerYear;
    sums.vega = one.vega * shares / 100;
    sums.dollarDelta = sums.delta * state.spot;
    return sums;
}

portfolio::MarginLeg marginLeg(const risk::InstrumentState& state, std::int64_t quantity)
{
    portfolio::MarginLeg leg;
    leg.isOption = state.option.has_value();
    if (state.option) {
        leg.right = state.option->right;
        leg.strike = state.option->strike.toDouble();
        leg.expiry = state.option->expiry;
    }
    leg.quantity = quantity;
    leg.multiplier = state.multiplier;
    leg.mark = markOf(state);
    return leg;
}

/// Margin held for the positions, and with the order on top.
std::pair<double, double> marginAround(const portfolio::OrderIntent& intent, const InstrumentLookup& lookup,
                                       std::span<const portfolio::Position> positions, double spot)
{
    std::map<std::string, std::int64_t> quantities;
    for (const portfolio::Position& position : positions)
        quantities[position.symbol] += position.quantity;
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
        quantities[leg.symbol] += portfolio::isBuy(leg.action) ? leg.quantity : -leg.quantity;
    return {before, marginNow()};
}

void drawPayoff(TicketView& view, std::span<const pricing::ValuationLeg> legs, const pricing::MarketPoint& market,
                double cost, double years, double volatility)
{
    const double sigma = volatility * std::sqrt(years);
    view.oneSigmaLow = market.spot * std::exp(-sigma);
    view.oneSigmaHigh = market.spot * std::exp(sigma);
    view.twoSigmaLow = market.spot * std::exp(-2 * sigma);
    view.twoSigmaHigh = market.spot * std::exp(2 * sigma);
    double low = market.spot * std::min(1 - leastHalfWidth, std::exp(-payoffSigmas * sigma));
    double high = market.spot * std::max(1 + leastHalfWidth, std::exp(payoffSigmas * sigma));
    for (const pricing::ValuationLeg& leg : legs) { // every kink is in the picture
        if (leg.right) {
            low = std::min(low, leg.strike * 0.97);
            high = std::max(high, leg.strike * 1.03);
        }
    }
    view.spots.resize(payoffPoints);
    for (std::size_t i = 0; i < payoffPoints; ++i)
        view.spots[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(payoffPoints - 1);
    for (const pricing::ValuationLeg& leg : legs) {
        if (leg.right)
            view.spots.push_back(leg.strike);
    }
    std::ranges::sort(view.spots);
    view.spots.erase(std::ranges::unique(view.spots).begin(), view.spots.end());

    view.atExpiry.resize(view.spots.size());
    view.today.resize(view.spots.size());
    pricing::valuesOver(view.spots, legs, market, {.yearsElapsed = years}, view.atExpiry);
    pricing::valuesOver(view.spots, legs, market, {}, view.today);
    for (std::size_t i = 0; i < view.spots.size(); ++i) {
        view.atExpiry[i] -= cost;
        view.today[i] -= cost;
    }
}

WhatIfPicture drawWhatIf(const WhatIf& whatIf, std::span<const double> spots,
                         std::span<const pricing::ValuationLeg> legs, const pricing::MarketPoint& market, double cost,
                         double years)
{
    WhatIfPicture picture;
    picture.whatIf = whatIf;
    picture.spot = market.spot * (1 + whatIf.spotChange);
    const pricing::Scenario scenario{.yearsElapsed = std::min(years, whatIf.days / daysPerYear),
                                     .volatilityShift = whatIf.volatilityChange};
    const pricing::MarketPoint there{picture.spot, market.rate, market.dividendYield};
    picture.profit = pricing::valueOf(legs, there, scenario) - cost;
    const pricing::Greeks greeks = pricing::greeksOf(legs, there, scenario);
    picture.greeks.delta = greeks.delta;
    picture.greeks.gamma = greeks.gamma;
    picture.greeks.theta = greeks.theta / daysPerYear;
    picture.greeks.vega = greeks.vega / 100;
    picture.greeks.dollarDelta = greeks.delta * picture.spot;
    picture.profits.resize(spots.size());
    pricing::valuesOver(spots, legs, market, scenario, picture.profits);
    for (double& profit : picture.profits)
        profit -= cost;
    return picture;
}

} // namespace

TicketView evaluateTicket(const portfolio::OrderIntent& intent, const InstrumentLookup& lookup,
                          std::span<const portfolio::Position> positions, base::Date today, const WhatIf& whatIf)
{
    TicketView view;
    view.intent = intent;
    const std::int64_t units = portfolio::unitCount(intent);
    if (units <= 0)
        return view;

    std::vector<pricing::ValuationLeg> legs;
    pricing::MarketPoint market;
    double natural = 0;
    double mid = 0;
    double multiplier = 1;
    double volatilities = 0;
    int options = 0;
    double years = std::numeric_limits<double>::infinity();
    view.greeks = zeroSums();
    base::Decimal finestTick;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        TicketLeg shown;
        shown.leg = leg;
        const auto state = lookup(leg.symbol);
        const double quantity = signedQuantity(leg);
        if (!state) {
            natural = mid = unknown;
            ++view.greeks.unknownCount;
            view.legs.push_back(std::move(shown));
            continue;
        }
        shown.option = state->option;
        shown.bid = state->quote.bid;
        shown.ask = state->quote.ask;
        shown.mid = markOf(*state);
        shown.iv = state->volatility;
        shown.isTradable = market::isTradable(state->flags);
        const GreekSums sums = sumsOf(*state, quantity);
        shown.delta = sums.delta;
        add(view.greeks, sums);

        const double ratio = quantity / static_cast<double>(units);
        natural += ratio * risk::touchOf(state->quote, quantity > 0);
        mid += ratio * shown.mid;
        legs.push_back(valuationLeg(*state, quantity));
        market = {state->spot, state->rate, state->dividendYield};
        if (state->option) {
            multiplier = state->multiplier;
            volatilities += state->volatility;
            ++options;
            years = std::min(years, state->years);
        }
        const base::Decimal price = base::Decimal::fromDouble(shown.mid).value_or(base::Decimal());
        const base::Decimal tick = market::tickAt(state->ticks, price);
        if (finestTick.isZero() || tick < finestTick)
            finestTick = tick;
        view.legs.push_back(std::move(shown));
    }
    view.natural = natural;
    view.mid = mid;
    view.tick = finestTick.isZero() ? 0.01 : finestTick.toDouble();
    view.spot = market.spot;
    view.fees = portfolio::feesFor(intent, today).total().toDouble();

    // A stock leg in the order prices per share, the options per share of the contract: their nets only mix when alone.
    const bool isStockOnly = options == 0;
    double net = mid; // an order without a limit is drawn at the mid
    if (intent.price)
        net = intent.price->toDouble() * (intent.effect == portfolio::PriceEffect::Credit ? -1 : 1);
    const double cost = net * static_cast<double>(units) * (isStockOnly ? 1 : multiplier);

    const auto [marginBefore, marginAfter] = marginAround(intent, lookup, positions, market.spot);
    // Shares are worth what was paid for them and lend against it, so only their requirement counts; an option's premium is gone.
    view.buyingPowerEffect = marginAfter - marginBefore + (isStockOnly ? 0 : cost) + view.fees;

    if (legs.size() != intent.legs.size())
        return view;
    const double volatility = options > 0 ? volatilities / options : 0;
    if (isStockOnly)
        years = 0;
    if (!std::isfinite(market.spot) || !std::isfinite(volatility) || !std::isfinite(cost))
        return view;
    view.daysToExpiry = static_cast<int>(std::ceil(years * daysPerYear));
    drawPayoff(view, legs, market, cost, years, volatility);
    if (!whatIf.isNow())
        view.whatIf = drawWhatIf(whatIf, view.spots, legs, market, cost, years);
    if (const auto summary = pricing::summarisePayoff(legs, cost, market)) {
        constexpr double unlimited = std::numeric_limits<double>::infinity();
        view.maxProfit = summary->maxProfit.value_or(unlimited);
        view.maxLoss = summary->maxLoss.value_or(unlimited);
        view.breakEvens = summary->breakEvens;
    }
    if (const auto probability = pricing::probabilityOfProfit(legs, cost, market, volatility))
        view.probabilityOfProfit = *probability;
    return view;
}

PositionRow positionRow(const portfolio::Position& position, const std::optional<risk::InstrumentState>& state,
                        double mark)
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
    row.greeks = sumsOf(*state, static_cast<double>(position.quantity));
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
