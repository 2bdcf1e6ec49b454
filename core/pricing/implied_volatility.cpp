#include "pricing/implied_volatility.h"

#include "pricing/simd/implied_volatility_kernel.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

double impliedVolatility(Right right, const MarketPoint& market, double strike, double years, double price) noexcept
{
    double vol = 0;
    impliedVolatilityStrip(right, market, years, {&strike, 1}, {&price, 1}, {&vol, 1});
    return vol;
}

void impliedVolatilityStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                            std::span<const double> prices, std::span<double> vols) noexcept
{
    assert(prices.size() == strikes.size() && vols.size() == strikes.size());
    simd::impliedVolatility({strikes.size(), right, market.spot, market.rate, market.dividendYield, years,
                             strikes.data(), prices.data(), vols.data()});
}

base::Result<double> solveImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                            double price)
{
    if (const auto checked = checkInputs(market, strike, years, 0); !checked)
        return tl::make_unexpected(checked.error());
    if (years == 0)
        return base::badInput("years", "0", "a positive number of years: at expiry every volatility gives one price");
    if (const double vol = impliedVolatility(right, market, strike, years, price); !std::isnan(vol))
        return vol;
    const double spotLeg = market.spot * std::exp(-market.dividendYield * years);
    const double strikeLeg = strike * std::exp(-market.rate * years);
    const double forward = right == Right::Call ? spotLeg - strikeLeg : strikeLeg - spotLeg;
    return base::badInput("price", fmt::format("{}", price),
                          fmt::format("from {} (intrinsic) to below {}", std::max(0.0, forward),
                                      right == Right::Call ? spotLeg : strikeLeg));
}

} // namespace vegadesk::pricing
