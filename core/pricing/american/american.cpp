#include "pricing/american/american.h"

#include "pricing/american/boundary.h"
#include "pricing/american/put_option.h"
#include "pricing/american/two_boundaries.h"
#include "pricing/american/volatility_strip.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace vegadesk::pricing
{

using namespace american_detail;

namespace
{

bool isUsable(const MarketPoint& market, double strike, double years, double vol)
{
    return std::isfinite(market.spot) && market.spot > 0 && std::isfinite(market.rate) &&
           std::isfinite(market.dividendYield) && std::isfinite(strike) && strike > 0 && std::isfinite(years) &&
           years >= 0 && std::isfinite(vol) && vol >= 0;
}

/// Without volatility the put of strike 1 is the best of exp(-rt) - spot exp(-qt) over exercise times t.
PutValue certain(const PutOption& option)
{
    const PutInputs& in = option.inputs;
    const auto valueAt = [&](double t) {
        return std::exp(-in.rate * t) - option.spot * std::exp(-in.yield * t);
    };
    double best = valueAt(in.years) > valueAt(0) ? in.years : 0;
    // Between the ends the value turns where r e^-rt = q spot e^-qt.
    if (const double ratio = in.rate / (in.yield * option.spot); ratio > 0 && in.rate != in.yield) {
        const double turn = std::log(ratio) / (in.rate - in.yield);
        if (turn > 0 && turn < in.years && valueAt(turn) > valueAt(best))
            best = turn;
    }
    const double value = valueAt(best);
    if (value <= 0)
        return {};
    const double strikeLeg = std::exp(-in.rate * best), spotLeg = option.spot * std::exp(-in.yield * best);
    PutValue out;
    out.price = value;
    out.delta = -spotLeg / option.spot;
    out.theta = best == in.years ? in.rate * strikeLeg - in.yield * spotLeg : 0;
    out.rho = option.rateGreek() == RateGreek::Rate ? -best * strikeLeg : best * spotLeg;
    return out;
}

/// Volatilities below this, over the whole term, move the forward by less than a double's last digits.
constexpr double leastDeviation = 1e-9;

PutValue whole(const PutOption& option, RateGreek rate)
{
    if (option.inputs.vol * std::sqrt(option.inputs.years) < leastDeviation)
        return certain(option);
    if (exerciseOf(option.inputs.rate, option.inputs.yield) == Exercise::BetweenTwo)
        return rate == RateGreek::None ? PutValue{putPriceBetween(option.inputs, option.spot), 0, 0, 0, 0, 0}
                                       : putBetween(option.inputs, option.spot, rate);
    const Boundary boundary = solveBoundary(option.inputs, rate);
    if (!boundary.isSolved) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none, none, none, none, none};
    }
    if (rate == RateGreek::None)
        return {putPriceAbove(boundary, option.spot), 0, 0, 0, 0, 0};
    return putAbove(boundary, option.spot, rate);
}

bool isEuropean(const PutOption& option)
{
    return option.inputs.years == 0 || exerciseOf(option.inputs.rate, option.inputs.yield) == Exercise::Never;
}

} // namespace

Greeks american(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    if (!isUsable(market, strike, years, vol))
        return {};
    const PutOption option(right, market, strike, years, vol);
    return isEuropean(option) ? blackScholes(right, market, strike, years, vol)
                              : option.greeks(whole(option, option.rateGreek()));
}

double americanPrice(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    if (!isUsable(market, strike, years, vol))
        return std::numeric_limits<double>::quiet_NaN();
    const PutOption option(right, market, strike, years, vol);
    return isEuropean(option) ? blackScholesPrice(right, market, strike, years, vol)
                              : option.scale * whole(option, RateGreek::None).price;
}

void americanStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                   std::span<const double> vols, const GreeksView& out) noexcept
{
    assert(vols.size() == strikes.size());
    const bool priceAlone =
        out.delta.empty() && out.gamma.empty() && out.vega.empty() && out.theta.empty() && out.rho.empty();
    const bool isShared = isUsable(market, market.spot, years, 0) && years > 0;
    const VolatilityStrip shared =
        isShared ? VolatilityStrip::make(PutOption(right, market, market.spot, years, 0), vols, priceAlone)
                 : VolatilityStrip();
    const auto put = [](std::span<double> column, std::size_t row, double value) {
        if (!column.empty())
            column[row] = value;
    };
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const double strike = strikes[row], vol = vols[row];
        Greeks greeks;
        if (isUsable(market, strike, years, vol) && shared.covers(vol)) {
            const PutOption option(right, market, strike, years, vol);
            const Boundary boundary = shared.boundaryAt(vol);
            greeks = priceAlone ? Greeks{option.scale * putPriceAbove(boundary, option.spot)}
                                : option.greeks(putAbove(boundary, option.spot, option.rateGreek()));
        } else if (priceAlone) {
            greeks.price = americanPrice(right, market, strike, years, vol);
        } else {
            greeks = american(right, market, strike, years, vol);
        }
        put(out.price, row, greeks.price);
        put(out.delta, row, greeks.delta);
        put(out.gamma, row, greeks.gamma);
        put(out.vega, row, greeks.vega);
        put(out.theta, row, greeks.theta);
        put(out.rho, row, greeks.rho);
    }
}

} // namespace vegadesk::pricing
