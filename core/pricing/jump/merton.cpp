#include "pricing/jump/merton.h"

#include "pricing/fourier/strip.h"
#include "pricing/jump/poisson_series.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

constexpr double manyJumps = 60;

void fillWithNaN(const MertonView& out, std::size_t row, std::size_t count)
{
    for (const auto& column : {out.price, out.delta, out.gamma, out.vega, out.theta, out.rho, out.byIntensity,
                               out.byJumpMean, out.byJumpDeviation}) {
        if (!column.empty())
            std::fill_n(column.begin() + static_cast<std::ptrdiff_t>(row), count,
                        std::numeric_limits<double>::quiet_NaN());
    }
}

/// Whether the transform dies for good before the turn at which jumps of one size are in phase again.
bool suitsFourier(const MertonParameters& p, double years)
{
    if (p.intensity * years <= manyJumps)
        return false;
    const double turn = 6.283185307179586 / std::max(std::abs(p.jumpMean), 1e-12);
    const double dying = -p.intensity * years * std::expm1(-0.5 * p.jumpDeviation * p.jumpDeviation * turn * turn) +
                         0.5 * p.vol * p.vol * years * turn * turn;
    return dying > 40;
}

void put(std::span<double> column, std::size_t row, double value)
{
    if (!column.empty())
        column[row] = value;
}

void byFourier(Right right, const MarketPoint& market, double years, const MertonParameters& p,
               std::span<const double> strikes, const MertonView& out)
{
    fourier::LogReturn law;
    law.years = years;
    law.v0 = p.vol * p.vol;
    law.intensity = p.intensity;
    law.jumpMean = p.jumpMean;
    law.jumpDeviation = p.jumpDeviation;
    fourier::StripView view{out.price, out.delta, out.gamma, out.theta, out.rho, {}};
    view.gradient = {out.vega, {}, {}, {}, {}, out.byIntensity, out.byJumpMean, out.byJumpDeviation};
    fourier::priceStrip(right, market, law, strikes, view);
    for (double& vega : out.vega) // of the variance so far
        vega *= 2 * p.vol;
}

void bySeries(Right right, const MarketPoint& market, double years, const MertonParameters& p,
              std::span<const double> strikes, const jump::PoissonSeries& series, const MertonView& out)
{
    const double spotLeg = market.spot * std::exp(-market.dividendYield * years);
    const double strikeDiscount = std::exp(-market.rate * years);
    const double forward = spotLeg / strikeDiscount;
    const double compensator = series.compensator;
    const double intensity = std::max(p.intensity, 1e-250);
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const double strike = strikes[row];
        if (!(std::isfinite(strike) && strike > 0)) {
            fillWithNaN(out, row, 1);
            continue;
        }
        const jump::SeriesSums sums = jump::sumSeries(series, strike / forward);
        const double strikeLeg = strike * strikeDiscount;
        const bool isCall = right == Right::Call;
        // In-the-money options are the others and a forward; out of the money these legs are 0.
        const double legs = isCall == (strike / forward >= 1) ? 0 : isCall ? 1 : -1;
        const double value = spotLeg * sums.value;
        const double asset = spotLeg * sums.asset;
        const double density = spotLeg * sums.density;
        put(out.price, row, value + legs * (spotLeg - strikeLeg));
        put(out.delta, row, (asset + legs * spotLeg) / market.spot);
        put(out.gamma, row, density / (market.spot * market.spot));
        put(out.vega, row, p.vol * years * density);
        // Time moves the weights, w_n' = w_n (n / T - lambda), the forward, and the variance.
        const double byTime = (market.rate - market.dividendYield - intensity * compensator) * asset +
                              0.5 * p.vol * p.vol * density + spotLeg * sums.valueByCount / years -
                              (intensity + market.rate) * value;
        put(out.theta, row, -byTime + legs * (market.dividendYield * spotLeg - market.rate * strikeLeg));
        put(out.rho, row, years * (asset - value + legs * strikeLeg));
        put(out.byIntensity, row, spotLeg * sums.valueByCount / intensity - years * (value + compensator * asset));
        const double byMean = spotLeg * sums.assetByCount - intensity * years * (1 + compensator) * asset;
        put(out.byJumpMean, row, byMean);
        put(out.byJumpDeviation, row, p.jumpDeviation * (byMean + spotLeg * sums.densityByCount));
    }
}

} // namespace

bool isUsable(const MertonParameters& parameters) noexcept
{
    const auto& [vol, intensity, jumpMean, jumpDeviation] = parameters;
    const auto isSize = [](double value) { return std::isfinite(value) && value >= 0; };
    return isSize(vol) && isSize(intensity) && std::isfinite(jumpMean) && isSize(jumpDeviation) &&
           jumpMean + 0.5 * jumpDeviation * jumpDeviation < 500;
}

void mertonStrip(Right right, const MarketPoint& market, double years, const MertonParameters& parameters,
                 std::span<const double> strikes, const MertonView& out) noexcept
{
    if (!fourier::isUsable(market, years) || !isUsable(parameters)) {
        fillWithNaN(out, 0, strikes.size());
        return;
    }
    if (years == 0 || suitsFourier(parameters, years)) {
        byFourier(right, market, years, parameters, strikes, out);
        return;
    }
    jump::PoissonSeries series;
    jump::fillSeries(parameters, years, series);
    if (series.count == 0)
        byFourier(right, market, years, parameters, strikes, out);
    else
        bySeries(right, market, years, parameters, strikes, series, out);
}

MertonValue merton(Right right, const MarketPoint& market, double strike, double years,
                   const MertonParameters& parameters) noexcept
{
    MertonValue value;
    const auto one = [](double& cell) { return std::span<double>(&cell, 1); };
    mertonStrip(right, market, years, parameters, {&strike, 1},
                {one(value.price), one(value.delta), one(value.gamma), one(value.vega), one(value.theta),
                 one(value.rho), one(value.byIntensity), one(value.byJumpMean), one(value.byJumpDeviation)});
    return value;
}

double mertonPrice(Right right, const MarketPoint& market, double strike, double years,
                   const MertonParameters& parameters) noexcept
{
    double price = std::numeric_limits<double>::quiet_NaN();
    MertonView view;
    view.price = {&price, 1};
    mertonStrip(right, market, years, parameters, {&strike, 1}, view);
    return price;
}

base::Result<void> checkInputs(const MertonParameters& parameters)
{
    const auto refuse = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    const auto isSize = [](double value) { return std::isfinite(value) && value >= 0; };
    if (!isSize(parameters.vol))
        return refuse("volatility", parameters.vol, "zero or a positive number, 0.2 for 20 %");
    if (!isSize(parameters.intensity))
        return refuse("jump intensity", parameters.intensity, "zero or a positive number of jumps a year");
    if (!std::isfinite(parameters.jumpMean))
        return refuse("jump mean", parameters.jumpMean, "a finite number, -0.1 for jumps of about -10 %");
    if (!isSize(parameters.jumpDeviation))
        return refuse("jump deviation", parameters.jumpDeviation, "zero or a positive number");
    if (!isUsable(parameters))
        return refuse("jump mean", parameters.jumpMean, "small enough for the mean jump to be a finite number");
    return {};
}

base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const MertonParameters& parameters)
{
    if (const auto checked = checkInputs(market, strike, years, 0.0); !checked)
        return checked;
    return checkInputs(parameters);
}

} // namespace vegadesk::pricing
