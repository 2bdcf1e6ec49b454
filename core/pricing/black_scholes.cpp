#include "pricing/black_scholes.h"

#include "pricing/simd/black_scholes_kernel.h"

#include <cassert>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

constexpr double* pointerTo(std::span<double> column)
{
    return column.empty() ? nullptr : column.data();
}

void point(simd::BlackScholesBatch& batch, const GreeksView& out, const HigherGreeksView& higher)
{
    using simd::Column;
    batch.column(Column::Price) = pointerTo(out.price);
    batch.column(Column::Delta) = pointerTo(out.delta);
    batch.column(Column::Gamma) = pointerTo(out.gamma);
    batch.column(Column::Vega) = pointerTo(out.vega);
    batch.column(Column::Theta) = pointerTo(out.theta);
    batch.column(Column::Rho) = pointerTo(out.rho);
    batch.column(Column::Vanna) = pointerTo(higher.vanna);
    batch.column(Column::Volga) = pointerTo(higher.volga);
    batch.column(Column::Charm) = pointerTo(higher.charm);
    batch.column(Column::Speed) = pointerTo(higher.speed);
    batch.column(Column::Zomma) = pointerTo(higher.zomma);
    batch.column(Column::Color) = pointerTo(higher.color);
    batch.column(Column::DividendRho) = pointerTo(higher.dividendRho);
}

std::span<double> one(double& value)
{
    return {&value, 1};
}

} // namespace

void GreeksColumns::resize(std::size_t count)
{
    for (auto* column : {&price, &delta, &gamma, &vega, &theta, &rho})
        column->resize(count, std::numeric_limits<double>::quiet_NaN());
}

Greeks blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    Greeks out;
    blackScholesStrip(right, market, years, {&strike, 1}, {&vol, 1},
                      {one(out.price), one(out.delta), one(out.gamma), one(out.vega), one(out.theta), one(out.rho)});
    return out;
}

HigherGreeks higherGreeks(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    HigherGreeks out;
    blackScholesStrip(right, market, years, {&strike, 1}, {&vol, 1}, {},
                      {one(out.vanna), one(out.volga), one(out.charm), one(out.speed), one(out.zomma), one(out.color),
                       one(out.dividendRho)});
    return out;
}

double blackScholesPrice(Right right, const MarketPoint& market, double strike, double years, double vol) noexcept
{
    double price = 0;
    GreeksView out;
    out.price = one(price);
    blackScholesStrip(right, market, years, {&strike, 1}, {&vol, 1}, out);
    return price;
}

void blackScholesStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                       std::span<const double> vols, const GreeksView& out, const HigherGreeksView& higher) noexcept
{
    assert(vols.size() == strikes.size());
    simd::BlackScholesBatch batch;
    batch.count = strikes.size();
    batch.sharesMarket = true;
    batch.right = &right;
    batch.spot = &market.spot;
    batch.rate = &market.rate;
    batch.dividendYield = &market.dividendYield;
    batch.years = &years;
    batch.strike = strikes.data();
    batch.vol = vols.data();
    point(batch, out, higher);
    simd::blackScholes(batch);
}

void blackScholesBatch(const OptionsView& options, const GreeksView& out, const HigherGreeksView& higher) noexcept
{
    const std::size_t count = options.strikes.size();
    assert(options.rights.size() == count && options.spots.size() == count && options.rates.size() == count);
    assert(options.dividendYields.size() == count && options.years.size() == count && options.vols.size() == count);
    simd::BlackScholesBatch batch;
    batch.count = count;
    batch.right = options.rights.data();
    batch.spot = options.spots.data();
    batch.rate = options.rates.data();
    batch.dividendYield = options.dividendYields.data();
    batch.years = options.years.data();
    batch.strike = options.strikes.data();
    batch.vol = options.vols.data();
    point(batch, out, higher);
    simd::blackScholes(batch);
}

base::Result<void> checkInputs(const MarketPoint& market, double strike, double years, double vol)
{
    const auto refuse = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    const auto isPositive = [](double value) { return std::isfinite(value) && value > 0; };
    if (!isPositive(market.spot))
        return refuse("spot", market.spot, "a positive number");
    if (!isPositive(strike))
        return refuse("strike", strike, "a positive number");
    if (!std::isfinite(years) || years < 0)
        return refuse("years", years, "zero or a positive number of years");
    if (!std::isfinite(vol) || vol < 0)
        return refuse("volatility", vol, "zero or a positive number, 0.2 for 20 %");
    if (!std::isfinite(market.rate))
        return refuse("rate", market.rate, "a finite number, 0.05 for 5 %");
    if (!std::isfinite(market.dividendYield))
        return refuse("dividend yield", market.dividendYield, "a finite number, 0.02 for 2 %");
    return {};
}

} // namespace vegadesk::pricing
