#include "risk/hedging/hedge_planner.h"

#include "pricing/payoff.h"
#include "risk/hedging/hedge_band.h"
#include "risk/stress/revaluation.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

constexpr std::size_t fewestSamples = 30;

bool isPositive(double value)
{
    return value > 0 && std::isfinite(value);
}

} // namespace

std::vector<UnderlyingDelta> netDeltas(const RiskBook& book)
{
    std::vector<UnderlyingDelta> deltas;
    for (const RiskUnderlying& underlying : book.underlyings)
        deltas.push_back({.symbol = underlying.symbol});
    for (const RiskPosition& position : book.positions) {
        UnderlyingDelta& sum = deltas[position.underlying];
        if (!position.option) {
            sum.shares += position.shares();
            continue;
        }
        const pricing::ValuationLeg leg{.right = position.option->right,
                                        .strike = position.option->strike.toDouble(),
                                        .years = position.years,
                                        .vol = position.volatility,
                                        .quantity = position.shares(),
                                        .style = position.style};
        const pricing::Greeks greeks =
            pricing::greeksOf({&leg, 1}, marketOf(position, book.underlyings[position.underlying]), {});
        sum.shares += greeks.delta;
        sum.gamma += greeks.gamma;
    }
    for (std::size_t at = 0; at < deltas.size(); ++at) {
        deltas[at].dollars = deltas[at].shares * book.underlyings[at].spot;
        deltas[at].betaDollars = deltas[at].dollars * book.underlyings[at].beta;
    }
    return deltas;
}

double betaWeightedShares(const std::vector<UnderlyingDelta>& deltas, double price)
{
    double dollars = 0;
    for (const UnderlyingDelta& delta : deltas)
        dollars += delta.betaDollars;
    return isPositive(price) ? dollars / price : market::unknown;
}

double hedgeHalfWidth(const HedgeSettings& settings, const HedgeState& state)
{
    const double unitGamma = state.gamma / state.units;
    switch (settings.policy) {
    case HedgePolicy::FixedTime:
        return 0;
    case HedgePolicy::FixedBand:
        return settings.band >= 0 ? settings.band : market::unknown;
    case HedgePolicy::WhalleyWilmott:
        return whalleyWilmottHalfWidth(state.spot, state.years, state.rate, unitGamma, settings.cost,
                                       settings.riskAversion);
    case HedgePolicy::Zakamouline:
        break;
    }
    const ZakamoulineBand band = zakamoulineBand(state.spot, state.years, state.rate, state.volatility, unitGamma,
                                                 settings.cost, settings.riskAversion);
    return band.staticPart + band.gammaPart;
}

HedgeDecision planHedge(const HedgeSettings& settings, const HedgeState& state)
{
    HedgeDecision decision;
    if (!isPositive(state.units) || settings.lot < 1)
        return decision;
    decision.halfWidth = hedgeHalfWidth(settings, state);
    decision.boundShares = decision.halfWidth * state.units;
    const double delta = settings.policy == HedgePolicy::Zakamouline ? state.deltaAtHedgeVolatility : state.delta;
    if (!std::isfinite(delta) || !std::isfinite(state.target) || !std::isfinite(decision.halfWidth))
        return decision;
    const double trade = tradeToBandEdge(delta / state.units, state.target, decision.halfWidth) * state.units;
    const double lots = trade / static_cast<double>(settings.lot);
    if (trade == 0)
        decision.verdict = HedgeVerdict::Inside;
    else if (!(std::abs(lots) < 1e12)) // no such number of shares is a hedge
        decision.verdict = HedgeVerdict::Unknown;
    else if (state.isHedgeWorking)
        decision.verdict = HedgeVerdict::Working;
    else if (!state.isQuoteUsable)
        decision.verdict = HedgeVerdict::Quote;
    else if (state.sessionClose && state.now > *state.sessionClose - settings.quietBeforeClose)
        decision.verdict = HedgeVerdict::NearClose;
    else if (settings.policy == HedgePolicy::FixedTime && state.lastHedge &&
             state.now < *state.lastHedge + settings.interval)
        decision.verdict = HedgeVerdict::NotDue;
    else if (std::llround(lots) == 0)
        decision.verdict = HedgeVerdict::BelowLot;
    else {
        decision.verdict = HedgeVerdict::Trade;
        decision.shares = std::llround(lots) * settings.lot;
    }
    return decision;
}

std::optional<portfolio::OrderIntent> hedgeIntent(const HedgeDecision& decision, std::string_view underlying,
                                                  base::Quantity held, const market::Quote& quote, double room,
                                                  std::string_view origin)
{
    using portfolio::Action;
    const bool buys = decision.shares > 0;
    const double touch = market::touchOf(quote, buys);
    if (decision.verdict != HedgeVerdict::Trade || !isPositive(touch) || !(room >= 0 && room < 1))
        return std::nullopt;
    const auto limit = base::Decimal::fromDouble(touch * (buys ? 1 + room : 1 - room));
    if (!limit)
        return std::nullopt;
    const bool reduces = held != 0 && (held > 0) != buys;
    const base::Quantity wanted = std::abs(decision.shares);
    portfolio::OrderLeg leg;
    leg.symbol = underlying;
    leg.type = market::InstrumentType::Equity;
    leg.action = buys ? (reduces ? Action::BuyToClose : Action::BuyToOpen)
                      : (reduces ? Action::SellToClose : Action::SellToOpen);
    leg.quantity = reduces ? std::min(held.abs(), wanted) : wanted;
    portfolio::OrderIntent intent;
    intent.underlying = underlying;
    intent.legs.push_back(std::move(leg));
    // Towards the fill: up to buy, down to sell, which is up for what is received with its sign.
    intent.price = (buys ? *limit : -*limit).ceiledTo(base::Decimal::cent()).abs();
    intent.effect = buys ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    intent.origin = origin;
    if (intent.price->isZero())
        return std::nullopt;
    return intent;
}

base::Result<MinimumVariance> fitMinimumVariance(const std::vector<HedgeSample>& samples)
{
    if (samples.size() < fewestSamples)
        return base::badInput("hedge samples", std::to_string(samples.size()), "30 or more");
    const auto rows = static_cast<Eigen::Index>(samples.size());
    Eigen::MatrixX3d known(rows, 3);
    Eigen::VectorXd left(rows);
    for (Eigen::Index row = 0; row < rows; ++row) {
        const HedgeSample& sample = samples[static_cast<std::size_t>(row)];
        const double unit = sample.vega / std::sqrt(sample.years) * sample.spotMove / sample.spot;
        left(row) = sample.valueMove - sample.delta * sample.spotMove;
        known.row(row) << unit, unit * sample.delta, unit * sample.delta * sample.delta;
        if (!isPositive(sample.spot) || !isPositive(sample.years) || !known.row(row).allFinite() ||
            !std::isfinite(left(row)))
            return base::badInput("hedge sample " + std::to_string(row), std::to_string(sample.spot),
                                  "finite figures, with spot and years above 0");
    }
    const Eigen::ColPivHouseholderQR<Eigen::MatrixX3d> factor(known);
    if (factor.rank() < 3)
        return base::badInput("deltas of the samples", std::to_string(samples.front().delta),
                              "different enough to tell three coefficients apart");
    const Eigen::Vector3d found = factor.solve(left);
    return MinimumVariance{found(0), found(1), found(2)};
}

double minimumVarianceDelta(const MinimumVariance& fit, double delta, double vega, double spot, double years)
{
    if (!isPositive(spot) || !isPositive(years))
        return market::unknown;
    return delta + vega / (spot * std::sqrt(years)) * (fit.a + fit.b * delta + fit.c * delta * delta);
}

} // namespace vegadesk::risk
