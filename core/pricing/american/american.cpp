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

PutValue nearlyCertain(const PutOption& option)
{
    const PutInputs& in = option.inputs;
    const Greeks european = blackScholes(Right::Put, {option.spot, in.rate, in.yield}, 1, in.years, in.vol);
    const PutValue certain = option.certain();
    if (certain.price >= european.price)
        return certain;
    return {european.price,
            european.delta,
            european.gamma,
            european.vega,
            european.theta,
            option.rateGreek() == RateGreek::Rate ? european.rho : -in.years * option.spot * european.delta};
}

PutValue whole(const PutOption& option, RateGreek rate)
{
    const PutInputs& in = option.inputs;
    if (in.vol < leastVol)
        return nearlyCertain(option);
    const bool hasTwo = exerciseOf(in.rate, in.yield) == Exercise::BetweenTwo;
    const Boundary boundary = hasTwo ? Boundary() : solveBoundary(in, rate);
    if (!boundary.isSolved)
        return rate == RateGreek::None ? PutValue{putPriceOnGrid(in, option.spot), 0, 0, 0, 0, 0}
                                       : putOnGrid(in, option.spot, rate);
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
