#include "strategies/candidate_risk.h"

#include "portfolio/cover.h"
#include "portfolio/fees.h"
#include "portfolio/margin.h"
#include "risk/exposure.h"
#include "strategies/orders.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::strategies
{

namespace
{

/// A leg as the rules of risk see it.
struct RiskLeg {
    portfolio::MarginLeg margin;
    double years = 0, volatility = market::unknown;
    pricing::MarketPoint market;
    bool isExercisedEarly = true;
};

std::optional<RiskLeg> riskLegOf(const StrategyState& state, const portfolio::OrderLeg& leg)
{
    RiskLeg out;
    out.margin.quantity = portfolio::signedQuantity(leg.action, leg.quantity);
    if (leg.type != market::InstrumentType::EquityOption) {
        out.margin.isOption = false;
        out.margin.multiplier = 1;
        out.margin.mark = state.analytics->spot;
        out.market.spot = state.analytics->spot;
        return out;
    }
    const auto place = market::find(*state.chain, leg.symbol);
    if (!place)
        return std::nullopt;
    const market::Expiration& expiration = state.chain->expirations[place->expiration];
    const pricing::ExpirationAnalytics& figures = state.analytics->expirations[place->expiration];
    out.margin.right = place->right;
    out.margin.strike = expiration.strikes[place->row];
    out.margin.expiry = expiration.date;
    out.margin.settlement = expiration.settlement;
    out.margin.multiplier = expiration.multiplier;
    out.margin.mark = expiration.side(place->right).quoteAt(place->row).mid();
    out.years = figures.years;
    out.volatility = figures.volatility[place->row];
    out.market = {state.analytics->spot, figures.market.rate, figures.market.dividendYield};
    out.isExercisedEarly = expiration.style == market::ExerciseStyle::American;
    return out;
}

double valueOf(const RiskLeg& leg, const risk::StressCell& cell)
{
    const double spot = leg.market.spot * (1 + cell.spotMove);
    if (!leg.margin.isOption)
        return spot;
    const double model =
        pricing::blackScholesPrice(leg.margin.right, {spot, leg.market.rate, leg.market.dividendYield},
                                   leg.margin.strike, std::max(0.0, leg.years), leg.volatility * cell.volatilityFactor);
    if (!leg.isExercisedEarly || std::isnan(model))
        return model;
    const double byExercise =
        leg.margin.right == market::Right::Call ? spot - leg.margin.strike : leg.margin.strike - spot;
    return std::max({model, byExercise, 0.0});
}

double stressLossOf(std::span<const RiskLeg> legs, double costAgainstMid)
{
    constexpr risk::StressCell noMove{0, 1};
    double worst = 0;
    for (const risk::StressCell& cell : risk::sizeCells) {
        double profit = 0;
        for (const RiskLeg& leg : legs)
            profit += leg.margin.shares() * (valueOf(leg, cell) - valueOf(leg, noMove));
        if (std::isnan(profit))
            return profit;
        worst = std::min(worst, profit);
    }
    return -worst + std::max(0.0, costAgainstMid);
}

double maxLossOf(std::span<const portfolio::MarginLeg> legs, double paid, double stressLoss)
{
    const bool isCovered = std::ranges::all_of(legs, &portfolio::MarginLeg::isOption) &&
                           portfolio::uncoveredOf(legs) == portfolio::Uncovered{};
    if (!isCovered)
        return stressLoss;
    const bool isOneExpiry =
        std::ranges::all_of(legs, [&](const portfolio::MarginLeg& leg) { return leg.ends() == legs.front().ends(); });
    if (isOneExpiry)
        return portfolio::worstLossAtExpiry(legs) + paid;
    return std::isnan(paid) ? paid : std::max(paid, stressLoss);
}

} // namespace

risk::ContractRisk riskOf(const StrategyState& state, std::span<const portfolio::OrderLeg> legs, double net)
{
    std::vector<RiskLeg> all;
    std::vector<portfolio::MarginLeg> margins;
    double mid = 0;
    for (const portfolio::OrderLeg& leg : legs) {
        auto known = riskLegOf(state, leg);
        if (!known)
            return {};
        mid += known->margin.shares() * known->margin.mark;
        margins.push_back(known->margin);
        all.push_back(std::move(*known));
    }
    if (all.empty())
        return {};
    const double paid = net * all.front().margin.multiplier * portfolio::unitCount(legs).toDouble();
    risk::ContractRisk each;
    each.stressLoss = stressLossOf(all, paid - mid);
    each.maxLoss = maxLossOf(margins, paid, each.stressLoss);
    each.margin = portfolio::marginOf(margins, state.analytics->spot, portfolio::isBroadIndex(state.chain->underlying))
                      .requirement();
    return each;
}

double quotedUnits(const StrategyState& state, std::span<const portfolio::OrderLeg> legs)
{
    double units = std::numeric_limits<double>::infinity();
    for (const portfolio::OrderLeg& leg : legs) {
        const auto place = market::find(*state.chain, leg.symbol);
        const market::Quote quote =
            place ? quoteOf(state, {place->expiration, place->row, place->right}) : state.chain->underlyingQuote;
        const double size = portfolio::isBuy(leg.action) ? quote.askSize : quote.bidSize;
        if (size > 0) // 0 and NaN: not told
            units = std::min(units, std::floor(size / leg.quantity.toDouble()));
    }
    return units;
}

std::optional<Candidate> candidateOf(const StrategyState& state, std::vector<portfolio::OrderLeg> legs,
                                     double priceRoom)
{
    const auto intent = marketable(state, legs, priceRoom);
    if (!intent)
        return std::nullopt;
    Candidate candidate;
    candidate.each = riskOf(state, legs, portfolio::signedLimit(*intent));
    candidate.quotedUnits = quotedUnits(state, legs);
    candidate.legs = std::move(legs);
    candidate.priceRoom = priceRoom;
    return candidate;
}

} // namespace vegadesk::strategies
