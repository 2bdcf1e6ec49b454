#include "pricing/implied_volatility.h"

#include "pricing/normalised_black.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

struct Expiry {
    double spot, carry, spotLeg, strikeDiscount, sqrtYears;
    bool isValid;

    Expiry(const MarketPoint& market, double years)
        : spot(market.spot), carry((market.rate - market.dividendYield) * years),
          spotLeg(spot * std::exp(-market.dividendYield * years)), strikeDiscount(std::exp(-market.rate * years)),
          sqrtYears(std::sqrt(years)), isValid(std::isfinite(spotLeg) && spotLeg > 0 && spot > 0 &&
                                               std::isfinite(strikeDiscount) && std::isfinite(carry) && years > 0)
    {
    }
};

/// ln(S/K) to its own last digit: a quotient near one has lost the digits that its logarithm needs.
double logRatio(double spot, double strike)
{
    const double ratio = spot / strike;
    return ratio > 0.5 && ratio < 2 ? std::log1p((spot - strike) / strike) : std::log(ratio);
}

double solve(Right right, const Expiry& expiry, double strike, double price)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (!expiry.isValid || !std::isfinite(price) || !std::isfinite(strike) || strike <= 0)
        return none;
    const double strikeLeg = strike * expiry.strikeDiscount;
    const double bound = right == Right::Call ? expiry.spotLeg : strikeLeg;
    const double forward = right == Right::Call ? expiry.spotLeg - strikeLeg : strikeLeg - expiry.spotLeg;
    const double timeValue = forward > 0 ? price - forward : price;
    if (timeValue < 0 || price >= bound)
        return none;
    if (timeValue == 0)
        return 0;
    // By parity the out-of-the-money option of the strike has this time value, and the smaller leg as its
    // bound.
    const double x = -std::abs(logRatio(expiry.spot, strike) + expiry.carry);
    const double unit = std::sqrt(expiry.spotLeg) * std::sqrt(strikeLeg);
    return solveNormalisedBlack(x, timeValue / unit, (bound - price) / unit) / expiry.sqrtYears;
}

} // namespace

double impliedVolatility(Right right, const MarketPoint& market, double strike, double years, double price) noexcept
{
    return solve(right, Expiry(market, years), strike, price);
}

void impliedVolatilityStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                            std::span<const double> prices, std::span<double> vols) noexcept
{
    assert(prices.size() == strikes.size() && vols.size() == strikes.size());
    const Expiry expiry(market, years);
    for (std::size_t row = 0; row < strikes.size(); ++row)
        vols[row] = solve(right, expiry, strikes[row], prices[row]);
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
