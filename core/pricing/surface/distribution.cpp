#include "pricing/surface/distribution.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing
{

double logDensity(const SviSlice& slice, double k) noexcept
{
    const VarianceAt variance = slice.at(k);
    const double deviation = std::sqrt(variance.value);
    return durrleman(variance, k) * normalDensity(k / deviation + 0.5 * deviation) / deviation;
}

double priceDensity(const SviSlice& slice, double forward, double price) noexcept
{
    return logDensity(slice, std::log(price / forward)) / price;
}

double probabilityBelow(const SviSlice& slice, double k) noexcept
{
    const VarianceAt variance = slice.at(k);
    const double deviation = std::sqrt(variance.value);
    const double d = k / deviation + 0.5 * deviation; // -d2
    return normalCdf(d) + normalDensity(d) * 0.5 * variance.first / deviation;
}

double probabilityInTheMoney(Right right, const SviSlice& slice, double forward, double strike) noexcept
{
    const double below = probabilityBelow(slice, std::log(strike / forward));
    return right == Right::Put ? below : 1 - below;
}

double probabilityOfProfit(const SviSlice& slice, double forward, std::span<const double> breakEvens,
                           bool gainsAtZero) noexcept
{
    double probability = 0, belowLast = 0;
    bool gains = gainsAtZero;
    for (const double price : breakEvens) {
        const double below = price > 0 ? probabilityBelow(slice, std::log(price / forward)) : 0;
        probability += gains ? below - belowLast : 0;
        belowLast = below;
        gains = !gains;
    }
    return probability + (gains ? 1 - belowLast : 0);
}

double probabilityOfTouch(const SviSlice& slice, double spot, double forward, double years, double strike) noexcept
{
    const double volatility = std::sqrt(slice.totalVariance(std::log(strike / forward)) / years);
    return probabilityOfTouch(MarketPoint{spot, std::log(forward / spot) / years, 0}, strike, years, volatility);
}

double probabilityOfTouch(const MarketPoint& market, double barrier, double years, double vol) noexcept
{
    const bool isKnown = market.spot > 0 && barrier > 0 && years >= 0 && vol >= 0 && std::isfinite(market.spot) &&
                         std::isfinite(barrier) && std::isfinite(years) && std::isfinite(vol) &&
                         std::isfinite(market.rate) && std::isfinite(market.dividendYield);
    if (!isKnown)
        return std::numeric_limits<double>::quiet_NaN();
    const double distance = std::log(barrier / market.spot);
    const double side = distance < 0 ? -1 : 1;
    const double away = side * distance;
    const double drift = side * (market.rate - market.dividendYield - 0.5 * vol * vol) * years;
    const double deviation = vol * std::sqrt(years);
    if (away == 0)
        return 1;
    if (deviation == 0)
        return drift >= away ? 1 : 0;
    // The second term is e^(2 drift away / variance) times a tail: with the tail scaled, nothing overflows.
    const double near = (away - drift) / deviation, far = (away + drift) / deviation;
    const double reflected = far > 0 ? 0.5 * erfcx(far * inverseSqrtTwo) * std::exp(-0.5 * near * near)
                                     : std::exp(2 * drift * away / (deviation * deviation)) * normalCdf(-far);
    return std::min(1.0, normalCdf(-near) + reflected);
}

ExpectedMove expectedMove(const SviSlice& slice, double forward) noexcept
{
    const double deviation = std::sqrt(slice.totalVariance(0));
    return {forward * deviation, 2 * forward * (2 * normalCdf(0.5 * deviation) - 1)};
}

} // namespace vegadesk::pricing
