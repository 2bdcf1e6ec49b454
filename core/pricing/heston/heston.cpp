#include "pricing/heston/heston.h"

#include "pricing/fourier/strip.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing
{

namespace
{

void fillWithNaN(const HestonView& out)
{
    for (const auto& column : {out.price, out.delta, out.gamma, out.theta, out.rho, out.byV0, out.byKappa, out.byTheta,
                               out.bySigma, out.byRho})
        std::fill(column.begin(), column.end(), std::numeric_limits<double>::quiet_NaN());
}

} // namespace

bool isUsable(const HestonParameters& parameters) noexcept
{
    const auto& [v0, kappa, theta, sigma, rho] = parameters;
    const auto isSize = [](double value) { return std::isfinite(value) && value >= 0; };
    return isSize(v0) && isSize(kappa) && isSize(theta) && isSize(sigma) && std::abs(rho) <= 1;
}

void hestonStrip(Right right, const MarketPoint& market, double years, const HestonParameters& parameters,
                 std::span<const double> strikes, const HestonView& out) noexcept
{
    if (!fourier::isUsable(market, years) || !isUsable(parameters)) {
        fillWithNaN(out);
        return;
    }
    const auto& [v0, kappa, theta, sigma, rho] = parameters;
    const fourier::LogReturn law{years, v0, kappa, theta, sigma, rho, 0, 0, 0};
    const fourier::StripView view{out.price, out.delta,
                                  out.gamma, out.theta,
                                  out.rho,   {out.byV0, out.byKappa, out.byTheta, out.bySigma, out.byRho, {}, {}, {}}};
    fourier::priceStrip(right, market, law, strikes, view);
}

HestonValue heston(Right right, const MarketPoint& market, double strike, double years,
                   const HestonParameters& parameters) noexcept
{
    HestonValue value;
    const auto one = [](double& cell) { return std::span<double>(&cell, 1); };
    hestonStrip(right, market, years, parameters, {&strike, 1},
                {one(value.price), one(value.delta), one(value.gamma), one(value.theta), one(value.rho),
                 one(value.byV0), one(value.byKappa), one(value.byTheta), one(value.bySigma), one(value.byRho)});
    return value;
}

double hestonPrice(Right right, const MarketPoint& market, double strike, double years,
                   const HestonParameters& parameters) noexcept
{
    double price = std::numeric_limits<double>::quiet_NaN();
    HestonView view;
    view.price = {&price, 1};
    hestonStrip(right, market, years, parameters, {&strike, 1}, view);
    return price;
}

base::Result<void> checkInputs(const HestonParameters& parameters)
{
    const auto refuse = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    const auto isSize = [](double value) { return std::isfinite(value) && value >= 0; };
    if (!isSize(parameters.v0))
        return refuse("v0", parameters.v0, "zero or a positive variance, 0.04 for a volatility of 20 %");
    if (!isSize(parameters.kappa))
        return refuse("kappa", parameters.kappa, "zero or a positive speed per year");
    if (!isSize(parameters.theta))
        return refuse("theta", parameters.theta, "zero or a positive variance, 0.04 for a volatility of 20 %");
    if (!isSize(parameters.sigma))
        return refuse("sigma", parameters.sigma, "zero or a positive volatility of the variance");
    if (!(std::abs(parameters.rho) <= 1))
        return refuse("rho", parameters.rho, "a correlation from -1 to 1");
    return {};
}

base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const HestonParameters& parameters)
{
    if (const auto checked = checkInputs(market, strike, years, 0.0); !checked)
        return checked;
    return checkInputs(parameters);
}

} // namespace vegadesk::pricing
