#include "pricing/american/american_implied_volatility.h"

#include "pricing/american/american.h"
#include "pricing/american/put_option.h"
#include "pricing/american/two_boundaries.h"
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
constexpr double mostVol = 100; // 10,000 %
constexpr double accuracy = 1e-10;
constexpr double rounding = 4 * std::numeric_limits<double>::epsilon(); // of the value without volatility, to its scale

bool isUsable(const MarketPoint& market, double strike, double years, double price)
{
    return std::isfinite(market.spot) && market.spot > 0 && std::isfinite(market.rate) &&
           std::isfinite(market.dividendYield) && std::isfinite(strike) && strike > 0 && std::isfinite(years) &&
           years > 0 && std::isfinite(price);
}

/// What a put of strike 1 stays below: at infinite volatility it is worth its strike, or the strike's present value
/// where that is more and waiting for it pays.
double upperBound(const PutInputs& inputs)
{
    return std::max(1.0, std::exp(-inputs.rate * inputs.years));
}

struct Bracket {
    double low = 0, high = mostVol;

    double middle() const { return low > 0 ? std::sqrt(low * high) : 0.5 * high; }
    bool contains(double vol) const { return vol > low && vol < high; }
    bool isClosed() const { return high - low < accuracy * (1 + high); }
};

/// One option's search; keeps its boundary as the next one's start.
class Search
{
public:
    double solve(const PutOption& option, double target, double start);

private:
    PutValue valueAt(const PutOption& option, double vol);

    Boundary m_boundary;
};

PutValue Search::valueAt(const PutOption& option, double vol)
{
    PutInputs inputs = option.inputs;
    inputs.vol = vol;
    if (vol < leastVol)
        return option.certain();
    const Boundary before = m_boundary;
    const bool hasTwo = exerciseOf(inputs.rate, inputs.yield) == Exercise::BetweenTwo;
    m_boundary = hasTwo ? Boundary() : solveBoundary(inputs, option.rateGreek(), &before);
    if (!m_boundary.isSolved)
        return {putPriceOnGrid(inputs, option.spot), 0, 0, 0, 0, 0};
    return putAbove(m_boundary, option.spot, option.rateGreek());
}

/// Newton's method inside a bracket, and bisection wherever that would leave it.
double Search::solve(const PutOption& option, double target, double start)
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

/// Prices as fractions of the put of strike 1. NaN or 0 where no search is needed.
double solveOne(Search& search, const MarketPoint& market, double strike, double years, double price, Right right,
                double startRatio, double* ratio)
{
    if (!isUsable(market, strike, years, price))
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
    const double vol = search.solve(option, price / option.scale, european > 0 ? european * startRatio : none);
    if (ratio && european > 0 && vol > 0)
        *ratio = std::clamp(vol / european, 0.1, 1.0);
    return vol;
}

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
    Search search;
    return solveOne(search, market, strike, years, price, right, 1, nullptr);
}

void americanImpliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                    std::span<const double> strikes, std::span<const double> prices,
                                    std::span<double> vols) noexcept
{
    assert(prices.size() == strikes.size() && vols.size() == strikes.size());
    Search search;
    double ratio = 1;
    for (std::size_t row = 0; row < strikes.size(); ++row)
        vols[row] = solveOne(search, market, strikes[row], years, prices[row], right, ratio, &ratio);
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
    if (!isUsable(market, strike, years, price) || !checkDividends(dividends))
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
    americanImpliedVolatilityStrip(right, market, years, strikes, americanPrices, europeanPrices);
    for (std::size_t row = 0; row < strikes.size(); ++row)
        europeanPrices[row] = blackScholesPrice(right, market, strikes[row], years, europeanPrices[row]);
}

double deAmericaniseWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double price)
{
    return europeanPriceWithDividends(
        right, market, dividends, strike, years,
        americanImpliedVolatilityWithDividends(right, market, dividends, strike, years, price));
}

} // namespace vegadesk::pricing
