#include "pricing/american/volatility_search.h"

#include "pricing/american/two_boundaries.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing::american_detail
{

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double accuracy = 1e-10;
constexpr double rounding = 4 * std::numeric_limits<double>::epsilon(); // of the value without volatility, to its scale

struct Bracket {
    double low = 0, high = mostVol;

    double middle() const { return low > 0 ? std::sqrt(low * high) : 0.5 * high; }
    bool contains(double vol) const { return vol > low && vol < high; }
    bool isClosed() const { return high - low < accuracy * (1 + high); }
};

} // namespace

bool hasVolatility(const MarketPoint& market, double strike, double years, double price)
{
    return std::isfinite(market.spot) && market.spot > 0 && std::isfinite(market.rate) &&
           std::isfinite(market.dividendYield) && std::isfinite(strike) && strike > 0 && std::isfinite(years) &&
           years > 0 && std::isfinite(price);
}

double upperBound(const PutInputs& inputs)
{
    return std::max(1.0, std::exp(-inputs.rate * inputs.years));
}

PutValue VolatilitySearch::valueAt(const PutOption& option, double vol)
{
    if (vol < leastVol)
        return option.certain();
    if (m_strip && m_strip->covers(vol))
        return putAbove(m_strip->boundaryAt(vol), option.spot, option.rateGreek());
    PutInputs inputs = option.inputs;
    inputs.vol = vol;
    const Boundary before = m_boundary;
    const bool hasTwo = exerciseOf(inputs.rate, inputs.yield) == Exercise::BetweenTwo;
    m_boundary = hasTwo ? Boundary() : solveBoundary(inputs, option.rateGreek(), &before);
    if (!m_boundary.isSolved)
        return {putPriceOnGrid(inputs, option.spot), 0, 0, 0, 0, 0};
    return putAbove(m_boundary, option.spot, option.rateGreek());
}

/// Newton's method inside a bracket, and bisection wherever that would leave it.
double VolatilitySearch::solve(const PutOption& option, double target, double start)
{
    Bracket bracket;
    double vol = bracket.contains(start) ? start : 0.3;
    for (int count = 0; count < 200; ++count) {
        const PutValue value = valueAt(option, vol);
        if (std::isnan(value.price))
            return none;
        const double excess = value.price - target;
        (excess > 0 ? bracket.high : bracket.low) = vol;
        const double next = value.vega > 0 ? vol - excess / value.vega : bracket.middle();
        if (value.vega > 0 && std::abs(next - vol) < accuracy * (1 + vol))
            return next;
        if (bracket.isClosed())
            return vol;
        // Without an upper end yet, a doubling reaches it sooner than the middle of everything.
        const double fallback = bracket.high == mostVol ? std::min(2 * vol, bracket.middle()) : bracket.middle();
        vol = bracket.contains(next) ? next : fallback;
    }
    return none;
}

double VolatilitySearch::find(Right right, const MarketPoint& market, double strike, double years,
                              double price) noexcept
{
    if (!hasVolatility(market, strike, years, price))
        return none;
    const PutOption option(right, market, strike, years, 0);
    if (exerciseOf(option.inputs.rate, option.inputs.yield) == Exercise::Never)
        return impliedVolatility(right, market, strike, years, price);
    const double floor = option.scale * option.certain().price;
    if (std::abs(price - floor) <= rounding * option.scale)
        return 0;
    if (price < floor || price >= option.scale * upperBound(option.inputs))
        return none;
    // The European volatility of the price is above the American, and hardly so out of the money.
    const double european = impliedVolatility(right, market, strike, years, price);
    const double vol = solve(option, price / option.scale, european > 0 ? european * m_ratio : none);
    if (european > 0 && vol > 0)
        m_ratio = std::clamp(vol / european, 0.1, 1.0);
    return vol;
}

} // namespace vegadesk::pricing::american_detail
