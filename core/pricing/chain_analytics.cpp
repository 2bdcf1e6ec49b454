#include "pricing/chain_analytics.h"

#include "market/calendar.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace vegadesk::pricing
{

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Beyond this the gap between spot and forward is a dividend or a borrow fee; below it may be two clocks or a tick.
constexpr double noiseOfSpot = 0.001;

/// A market that gives the estimate's forward and discount. A gap that the given yield leaves between `spot` and the
/// forward becomes a yield if it is real, else it moves the spot: as a yield, a tick on the last day would be tens of
/// percent a year, and theta would pay it.
MarketPoint marketOf(const ForwardEstimate& estimate, double spot, const Rates& rates)
{
    MarketPoint out;
    out.rate = -std::log(estimate.discount) / estimate.years;
    out.dividendYield = rates.dividendYield;
    out.spot = estimate.forward * std::exp(-(out.rate - out.dividendYield) * estimate.years);
    if (spot > 0 && std::abs(std::log(out.spot / spot)) > noiseOfSpot) {
        out.spot = spot;
        out.dividendYield = out.rate - std::log(estimate.forward / spot) / estimate.years;
    }
    return out;
}

bool hasMid(const market::OptionColumns& side, std::size_t row)
{
    return market::isTradable(side.flags[row]) && !side.flags[row].has(market::QuoteFlag::ZeroBid);
}

/// A mid whose quote can tell a volatility; NaN elsewhere.
double usableMid(Right right, const market::Expiration& expiration, std::size_t row,
                 const ExpirationAnalytics& analytics)
{
    const market::OptionColumns& side = expiration.side(right);
    const double strike = expiration.strikes[row];
    const double sign = right == Right::Call ? 1 : -1;
    double intrinsic = std::max(0.0, sign * analytics.discount * (analytics.forward - strike));
    if (analytics.style == market::ExerciseStyle::American)
        intrinsic = std::max(intrinsic, sign * (analytics.market.spot - strike));
    return hasMid(side, row) && side.bid[row] > intrinsic ? side.quoteAt(row).mid() : none;
}

Right outOfTheMoneySide(double strike, double forward)
{
    return strike >= forward ? Right::Call : Right::Put;
}

/// Volatilities of some strikes' mids, both sides.
void solveVolatilities(const market::Expiration& expiration, std::span<const std::size_t> rows,
                       ExpirationAnalytics& out, AmericanBoundaries& boundaries)
{
    std::vector<double> strikes(rows.size()), mids(rows.size()), vols(rows.size());
    for (const Right right : {Right::Call, Right::Put}) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            strikes[i] = expiration.strikes[rows[i]];
            mids[i] = usableMid(right, expiration, rows[i], out);
        }
        if (out.style == market::ExerciseStyle::American) {
            boundaries.impliedVolatilities(right, out.market, out.years, strikes, mids, vols);
            // The price of an option to be exercised at once: a volatility from 0 up, so none.
            std::ranges::replace(vols, 0.0, none);
        } else {
            impliedVolatilityStrip(right, out.market, out.years, strikes, mids, vols);
        }
        for (std::size_t i = 0; i < rows.size(); ++i)
            out.side(right).iv[rows[i]] = vols[i];
    }
}

/// One volatility a strike from the out-of-the-money sides', and everything's Greeks.
void followSmile(const market::Expiration& expiration, ExpirationAnalytics& out, AmericanBoundaries& boundaries)
{
    const std::size_t count = expiration.strikes.size();
    std::vector<Smile::Node> nodes;
    for (std::size_t row = 0; row < count; ++row) {
        const double strike = expiration.strikes[row];
        const double vol = out.side(outOfTheMoneySide(strike, out.forward)).iv[row];
        if (vol > 0)
            nodes.push_back({std::log(strike / out.forward), vol});
    }
    const Smile smile(std::move(nodes));
    out.atmVolatility = smile.at(0).volatility;
    for (std::size_t row = 0; row < count; ++row) {
        const Smile::Value value = smile.at(std::log(expiration.strikes[row] / out.forward));
        out.volatility[row] = value.volatility;
        out.origin[row] = value.origin;
    }
    for (const Right right : {Right::Call, Right::Put}) {
        SideAnalytics& side = out.side(right);
        const GreeksView view{side.price, side.delta, side.gamma, side.vega, side.theta, side.rho};
        if (out.style == market::ExerciseStyle::American)
            boundaries.price(right, out.market, out.years, expiration.strikes, out.volatility, view);
        else
            blackScholesStrip(right, out.market, out.years, expiration.strikes, out.volatility, view);
    }
}

ExpirationAnalytics analyseAs(market::ExerciseStyle style, const market::Expiration& expiration, base::Instant now,
                              double spot, const Rates& rates, AmericanBoundaries& boundaries)
{
    const std::size_t count = expiration.strikes.size();
    ExpirationAnalytics out;
    out.style = style;
    out.at = now;
    out.volatility.assign(count, none);
    out.origin.assign(count, VolatilityOrigin::None);
    out.calls.resize(count);
    out.puts.resize(count);

    const WithoutEarlyExercise withoutEarlyExercise =
        [&boundaries](Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                      std::span<const double> americanPrices, std::span<double> europeanPrices) {
            boundaries.withoutEarlyExercise(right, market, years, strikes, americanPrices, europeanPrices);
        };
    const ForwardEstimate estimate = style == market::ExerciseStyle::American
                                         ? estimateAmericanForward(expiration, now, spot, rates, withoutEarlyExercise)
                                         : estimateForward(expiration, now, spot, rates);
    out.years = estimate.years;
    out.forward = estimate.forward;
    out.discount = estimate.discount;
    out.forwardOrigin = estimate.origin;
    if (estimate.origin == ForwardOrigin::None)
        return out;
    out.market = marketOf(estimate, spot, rates);

    std::vector<std::size_t> rows(count);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    solveVolatilities(expiration, rows, out, boundaries);
    followSmile(expiration, out, boundaries);
    return out;
}

ChainAnalytics withoutExpirations(const market::OptionChain& chain, base::Instant now, const Rates& rates)
{
    ChainAnalytics out;
    out.at = now;
    out.spot = spotOf(chain, now, rates);
    out.isSpotImplied = std::isfinite(out.spot) && !(chain.spot() > 0);
    return out;
}

} // namespace

void SideAnalytics::resize(std::size_t count)
{
    for (auto* column : {&iv, &price, &delta, &gamma, &vega, &theta, &rho})
        column->resize(count, none);
}

bool ExpirationList::hasOld() const
{
    return std::ranges::any_of(m_figures, &ExpirationAnalytics::isOld);
}

void ExpirationList::make(std::size_t index) const
{
    m_figures[index] = m_make(index);
    m_isDue[index] = 0;
}

std::vector<ExpirationAnalytics>& ExpirationList::makeAll() const
{
    for (std::size_t index = 0; index < m_isDue.size(); ++index)
        made(index);
    return m_figures;
}

double ExpirationAnalytics::expectedMove() const
{
    return market.spot * atmVolatility * std::sqrt(years);
}

ExpirationAnalytics analyse(const market::Expiration& expiration, base::Instant now, double spot, const Rates& rates,
                            EarlyExercise earlyExercise)
{
    AmericanBoundaries boundaries;
    const auto style = earlyExercise == EarlyExercise::AsListed ? expiration.style : market::ExerciseStyle::European;
    return analyseAs(style, expiration, now, spot, rates, boundaries);
}

ExpirationAnalytics analyse(const market::Expiration& expiration, base::Instant now, double spot, const Rates& rates,
                            AmericanBoundaries& boundaries)
{
    return analyseAs(expiration.style, expiration, now, spot, rates, boundaries);
}

bool refresh(ExpirationAnalytics& analytics, const market::Expiration& expiration, base::Instant now, double spotRatio,
             std::span<const std::size_t> rows, AmericanBoundaries& boundaries)
{
    const double years = market::yearsUntil(now, expiration.expiresAt);
    if (analytics.forwardOrigin == ForwardOrigin::None || !(years > 0) || !(spotRatio > 0) || !std::isfinite(spotRatio))
        return false;
    assert(analytics.volatility.size() == expiration.strikes.size());
    MarketPoint& market = analytics.market;
    market.spot *= spotRatio;
    analytics.years = years;
    analytics.at = now;
    analytics.discount = std::exp(-market.rate * years);
    analytics.forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
    solveVolatilities(expiration, rows, analytics, boundaries);
    followSmile(expiration, analytics, boundaries);
    return true;
}

double spotOf(const market::OptionChain& chain, base::Instant now, const Rates& rates)
{
    const double spot = chain.spot();
    return std::isfinite(spot) && spot > 0 ? spot : impliedSpot(chain, now, rates);
}

ChainAnalytics analyse(const market::OptionChain& chain, base::Instant now, const Rates& rates,
                       EarlyExercise earlyExercise)
{
    ChainAnalytics out = withoutExpirations(chain, now, rates);
    out.expirations.reserve(chain.expirations.size());
    for (const market::Expiration& expiration : chain.expirations)
        out.expirations.push_back(analyse(expiration, now, out.spot, rates, earlyExercise));
    return out;
}

ChainAnalytics analyseOnDemand(std::shared_ptr<const market::OptionChain> chain, base::Instant now, const Rates& rates)
{
    ChainAnalytics out = withoutExpirations(*chain, now, rates);
    const std::size_t count = chain->expirations.size();
    out.expirations = ExpirationList(count, [chain = std::move(chain), now, spot = out.spot, rates](std::size_t index) {
        return analyse(chain->expirations[index], now, spot, rates);
    });
    return out;
}

} // namespace vegadesk::pricing
