#include "strategies/volatility/dispersion_basket.h"

#include "pricing/payoff.h"
#include "strategies/candidate_risk.h"
#include "strategies/chain_selection.h"
#include "strategies/implied_level.h"
#include "strategies/orders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

namespace vegadesk::strategies
{

namespace
{

using market::Right;
using portfolio::Action;

constexpr double historyDays = 30; ///< that daily volatilities are of
constexpr std::size_t trackingDays = 63;
constexpr double tradingDaysPerYear = 252;
constexpr double stressMove = 0.10, stressVolatility = 1.5;

const market::Expiration& expirationOf(const StraddleOffer& offer)
{
    return offer.state->chain->expirations[offer.expiration];
}

/// What one straddle gains when its underlying moves by `move` and its volatilities by `factor`, dollars.
double gainOf(const StraddleOffer& offer, double move, double factor)
{
    const pricing::ExpirationAnalytics& figures = offer.state->analytics->expirations[offer.expiration];
    pricing::MarketPoint there = figures.market;
    there.spot *= 1 + move;
    double gain = 0;
    for (const Right right : {Right::Call, Right::Put}) {
        pricing::ValuationLeg leg{.right = right,
                                  .strike = expirationOf(offer).strikes[offer.row],
                                  .years = figures.years,
                                  .vol = figures.volatility[offer.row],
                                  .quantity = static_cast<double>(expirationOf(offer).multiplier),
                                  .style = figures.style};
        gain -= pricing::valueOf({&leg, 1}, figures.market, {});
        leg.vol *= factor;
        gain += pricing::valueOf({&leg, 1}, there, {});
    }
    return gain;
}

double averageVolatility(std::span<const StraddleOffer> names)
{
    double weights = 0, sum = 0;
    for (const StraddleOffer& name : names) {
        weights += name.weight;
        sum += name.weight * name.volatility;
    }
    return sum / weights;
}

double exactCorrelation(double index, const std::vector<BasketMember>& members)
{
    const auto known = impliedCorrelation(index, members);
    return known ? known->exact : market::unknown;
}

/// A figure of today's or of `back` days before the newest.
double dayFrom(std::span<const double> days, std::size_t back)
{
    const double value = back < days.size() ? days[days.size() - 1 - back] : market::unknown;
    return value > 0 ? value : market::unknown;
}

double trackingError(const StrategyState& index, std::span<const BasketName* const> names)
{
    double weights = 0;
    for (const BasketName* const name : names)
        weights += name->weight;
    double squares = 0;
    for (std::size_t back = 0; back < trackingDays; ++back) {
        double apart = -std::log(dayFrom(index.dailyCloses, back) / dayFrom(index.dailyCloses, back + 1));
        for (const BasketName* const name : names)
            apart += name->weight / weights *
                     std::log(dayFrom(name->state.dailyCloses, back) / dayFrom(name->state.dailyCloses, back + 1));
        squares += apart * apart;
    }
    return std::sqrt(squares / trackingDays * tradingDaysPerYear);
}

} // namespace

std::vector<portfolio::OrderLeg> StraddleOffer::legs(Action action) const
{
    std::vector<portfolio::OrderLeg> both;
    for (const Right right : {Right::Call, Right::Put})
        both.push_back(optionLeg(*state, {expiration, row, right}, action, straddles));
    return both;
}

std::optional<StraddleOffer> straddleOffer(const StrategyState& state, Action action, int days, int tolerance,
                                           const LiquidityFloor& floor, double priceRoom)
{
    const auto expiration = nearestExpiration(state, days, tolerance);
    if (!expiration)
        return std::nullopt;
    const pricing::ExpirationAnalytics& figures = state.analytics->expirations[*expiration];
    const auto row = nearestStraddleRow(state, *expiration, figures.forward);
    if (!row)
        return std::nullopt;
    StraddleOffer offer;
    offer.state = &state;
    offer.expiration = *expiration;
    offer.row = *row;
    offer.volatility = figures.atmVolatility;
    offer.openInterest = std::numeric_limits<double>::infinity();
    const double multiplier = expirationOf(offer).multiplier;
    for (const Right right : {Right::Call, Right::Put}) {
        const Contract contract{*expiration, *row, right};
        const market::Quote quote = quoteOf(state, contract);
        offer.vega += multiplier * figures.side(right).vega[*row];
        offer.gamma += figures.side(right).gamma[*row];
        offer.premium += multiplier * quote.mid();
        offer.spread += multiplier * quote.spread();
        const double interest = expirationOf(offer).side(right).openInterest[*row];
        offer.openInterest = std::min(offer.openInterest, std::isnan(interest) ? 0 : interest);
    }
    if (!(offer.vega > 0) || !(offer.volatility > 0) || !(offer.premium > 0) ||
        offer.openInterest < floor.openInterest || offer.spread > floor.spread * offer.premium)
        return std::nullopt;
    offer.straddles = 1;
    const auto candidate = candidateOf(state, offer.legs(action), priceRoom);
    if (!candidate)
        return std::nullopt;
    offer.risk = candidate->each;
    risk::RiskBudget budget = state.budget;
    budget.contracts = std::min(budget.contracts, candidate->quotedUnits);
    offer.most = risk::contractsWithin(offer.risk, budget);
    return offer;
}

CorrelationLevel correlationLevel(const StrategyState& index, std::span<const BasketName* const> names, double days)
{
    CorrelationLevel level;
    std::vector<BasketMember> now, tenor, past;
    std::vector<MemberCloses> closes;
    std::size_t longest = index.dailyVolatilities.size();
    for (const BasketName* const name : names) {
        now.push_back({name->weight, constantMaturityVolatility(*name->state.analytics, historyDays)});
        tenor.push_back({name->weight, constantMaturityVolatility(*name->state.analytics, days)});
        past.push_back({name->weight, market::unknown});
        closes.push_back({name->weight, name->state.dailyCloses});
        longest = std::min(longest, name->state.dailyVolatilities.size());
    }
    if (const auto implied = impliedCorrelation(constantMaturityVolatility(*index.analytics, historyDays), now))
        level.implied = *implied;
    level.impliedTenor = exactCorrelation(constantMaturityVolatility(*index.analytics, days), tenor);
    if (const auto realised = realisedCorrelation(index.dailyCloses, closes, matchedTradingDays(days)))
        level.realised = realised->exact;
    for (std::size_t back = std::min(longest, daysOfYear); back-- > 0;) {
        for (std::size_t i = 0; i < names.size(); ++i)
            past[i].volatility = dayFrom(names[i]->state.dailyVolatilities, back);
        level.history.push_back(exactCorrelation(dayFrom(index.dailyVolatilities, back), past));
    }
    level.percentile = correlationPercentile(level.history, level.implied.exact);
    level.trackingError = trackingError(index, names);
    return level;
}

double stressLoss(const DispersionPlan& plan, CorrelationSide side)
{
    const double average = averageVolatility(plan.names);
    const double index = plan.index.volatility;
    const double sign = side == CorrelationSide::Short ? 1 : -1; // of the members
    const double together = stressVolatility * index / average;
    const auto indexGain = [&](double move, double factor) {
        return -sign * static_cast<double>(plan.index.straddles) * gainOf(plan.index, move, factor);
    };
    double spreads = 0.5 * static_cast<double>(plan.index.straddles) * plan.index.spread;
    double down = indexGain(-stressMove, stressVolatility), up = indexGain(stressMove, stressVolatility), apart = 0;
    for (const StraddleOffer& name : plan.names) {
        const auto count = static_cast<double>(name.straddles);
        const double move = stressMove * name.volatility / average;
        spreads += 0.5 * count * name.spread;
        down += sign * count * gainOf(name, -move, together);
        up += sign * count * gainOf(name, move, together);
        apart += std::min(sign * count * gainOf(name, -move, stressVolatility),
                          sign * count * gainOf(name, move, stressVolatility));
    }
    const double sum = down + up + apart;
    return std::isnan(sum) ? sum : std::max(0.0, -std::min({down, up, apart})) + spreads;
}

namespace
{

/// The names' straddles for so many of the index', which may leave fewer names; false where too few are left.
bool fillNames(DispersionPlan& plan, std::vector<StraddleOffer> from, const DispersionSizing& sizing)
{
    while (from.size() >= sizing.fewestNames && from.size() >= 2) {
        plan.names.assign(from.begin(),
                          from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), sizing.names)));
        double weights = 0;
        for (const StraddleOffer& name : plan.names)
            weights += name.weight;
        const double vega = memberVega(sizing.weighting, plan.index.volatility, averageVolatility(plan.names)) *
                            static_cast<double>(plan.index.straddles) * plan.index.vega;
        std::optional<std::size_t> unfit;
        for (std::size_t i = 0; i < plan.names.size(); ++i) {
            StraddleOffer& name = plan.names[i];
            name.straddles = static_cast<std::int64_t>(std::floor(vega * name.weight / weights / name.vega));
            if (name.straddles < 1 || name.straddles > name.most.contracts)
                unfit = i; // the last one first: it is the least wanted
        }
        if (!unfit)
            return true;
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(*unfit));
    }
    return false;
}

/// What stands behind the trade: margin of what is sold, and what is paid for the rest.
double marginOf(const DispersionPlan& plan, CorrelationSide side)
{
    const auto of = [](const StraddleOffer& offer, bool isBought) {
        return static_cast<double>(offer.straddles) * (isBought ? offer.premium : offer.risk.margin);
    };
    double margin = of(plan.index, side == CorrelationSide::Long);
    for (const StraddleOffer& name : plan.names)
        margin += of(name, side == CorrelationSide::Short);
    return margin;
}

} // namespace

tl::expected<DispersionPlan, NoEntry> planFor(const StraddleOffer& index, std::vector<StraddleOffer> names,
                                              const risk::RiskBudget& budget, const DispersionSizing& sizing)
{
    std::ranges::stable_sort(names, std::greater{},
                             [](const StraddleOffer& name) { return name.weight * name.openInterest; });
    if (index.most.contracts < 1)
        return noEntry("one straddle of the index is more than one trade may lose, or than is quoted");
    std::string why;
    for (std::int64_t count = std::min(index.most.contracts, sizing.most); count >= 1; --count) {
        DispersionPlan plan{index, {}};
        plan.index.straddles = count;
        if (!fillNames(plan, names, sizing)) {
            why = why.empty()
                      ? "too few names have a straddle that fits: their parts are less than one, or more than is "
                        "quoted"
                      : why;
            continue;
        }
        plan.stressLoss = stressLoss(plan, sizing.side);
        if (!(plan.stressLoss <= budget.multiplier * budget.maxLoss))
            why = "at a correlation of one it could lose more than one trade may";
        else if (!(marginOf(plan, sizing.side) <= budget.multiplier * budget.margin))
            why = "it needs more margin than is left of the limits";
        else
            return plan;
    }
    return noEntry(why);
}

} // namespace vegadesk::strategies
