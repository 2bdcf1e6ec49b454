#include "pricing/american/american_implied_volatility.h"

#include "pricing/american/american_boundaries.h"
#include "pricing/american/put_option.h"
#include "pricing/american/volatility_search.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::pricing
{

using namespace american_detail;

namespace
{

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Smallest volatility at which a rising price reaches `target`, by false position with halved ends (Illinois).
template<class Price>
double solveRising(const Price& priceAt, double target, double start)
{
    double low = 0, high = start, atLow = -target, atHigh = priceAt(start) - target;
    while (atHigh < 0) {
        if (high >= mostVol)
            return none;
        low = high;
        atLow = atHigh;
        high *= 1.5;
        atHigh = priceAt(high) - target;
    }
    if (low == 0) { // an end with a price of its own
        low = 0.5 * high;
        while ((atLow = priceAt(low) - target) > 0) {
            high = low;
            atHigh = atLow;
            low *= 0.5;
            if (low < 1e-4)
                return none;
        }
    }
    int side = 0;
    for (int count = 0; count < 100 && high - low > 1e-7; ++count) {
        const double middle = atHigh > atLow ? (low * atHigh - high * atLow) / (atHigh - atLow) : 0.5 * (low + high);
        const double at = priceAt(middle) - target;
        if (std::abs(at) < 1e-10 * (1 + target))
            return middle;
        const bool isHigh = at > 0;
        (isHigh ? high : low) = middle;
        (isHigh ? atHigh : atLow) = at;
        if (isHigh && side == 1)
            atLow *= 0.5;
        if (!isHigh && side == -1)
            atHigh *= 0.5;
        side = isHigh ? 1 : -1;
    }
    return 0.5 * (low + high);
}

} // namespace

double americanImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                 double price) noexcept
{
    VolatilitySearch search;
    return search.find(right, market, strike, years, price);
}

void americanImpliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                    std::span<const double> strikes, std::span<const double> prices,
                                    std::span<double> vols) noexcept
{
    assert(prices.size() == strikes.size() && vols.size() == strikes.size());
    VolatilitySearch search;
    for (std::size_t row = 0; row < strikes.size(); ++row)
        vols[row] = search.find(right, market, strikes[row], years, prices[row]);
}

base::Result<double> solveAmericanImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                                    double price)
{
    if (const auto checked = checkInputs(market, strike, years, 0); !checked)
        return tl::make_unexpected(checked.error());
    if (years == 0)
        return base::badInput("years", "0", "a positive number of years: at expiry every volatility gives one price");
    if (const double vol = americanImpliedVolatility(right, market, strike, years, price); !std::isnan(vol))
        return vol;
    const PutOption option(right, market, strike, years, 0);
    if (exerciseOf(option.inputs.rate, option.inputs.yield) == Exercise::Never)
        return solveImpliedVolatility(right, market, strike, years, price);
    return base::badInput("price", fmt::format("{}", price),
                          fmt::format("from {} (without volatility) to below {}", option.scale * option.certain().price,
                                      option.scale * upperBound(option.inputs)));
}

double americanImpliedVolatilityWithDividends(Right right, const MarketPoint& market,
                                              std::span<const CashDividend> dividends, double strike, double years,
                                              double price)
{
    if (!hasVolatility(market, strike, years, price) || !checkDividends(dividends))
        return none;
    const double intrinsic = std::max(0.0, right == Right::Call ? market.spot - strike : strike - market.spot);
    const PutOption option(right, market, strike, years, 0);
    if (price < intrinsic || price >= option.scale * upperBound(option.inputs))
        return none;
    if (price == intrinsic)
        return 0;
    const auto priceAt = [&](double vol) {
        return americanPriceWithDividends(right, market, dividends, strike, years, vol);
    };
    return solveRising(priceAt, price, 0.3);
}

double deAmericanise(Right right, const MarketPoint& market, double strike, double years, double price) noexcept
{
    return blackScholesPrice(right, market, strike, years,
                             americanImpliedVolatility(right, market, strike, years, price));
}

void deAmericaniseStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                        std::span<const double> americanPrices, std::span<double> europeanPrices) noexcept
{
    AmericanBoundaries().withoutEarlyExercise(right, market, years, strikes, americanPrices, europeanPrices);
}

double deAmericaniseWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double price)
{
    return europeanPriceWithDividends(
        right, market, dividends, strike, years,
        americanImpliedVolatilityWithDividends(right, market, dividends, strike, years, price));
}

} // namespace vegadesk::pricing
