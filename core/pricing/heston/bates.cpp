#include "pricing/heston/bates.h"

#include "pricing/fourier/strip.h"
#include "pricing/jump/merton.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::pricing
{

namespace
{

MertonParameters jumpsOf(const BatesParameters& p)
{
    return {std::sqrt(std::max(0.0, p.heston.v0)), p.intensity, p.jumpMean, p.jumpDeviation};
}

void fillWithNaN(const BatesView& out)
{
    for (const auto& column : {out.price, out.delta, out.gamma, out.theta, out.rho, out.byV0, out.byKappa, out.byTheta,
                               out.bySigma, out.byRho, out.byIntensity, out.byJumpMean, out.byJumpDeviation})
        std::fill(column.begin(), column.end(), std::numeric_limits<double>::quiet_NaN());
}

} // namespace

void batesStrip(Right right, const MarketPoint& market, double years, const BatesParameters& parameters,
                std::span<const double> strikes, const BatesView& out) noexcept
{
    const HestonParameters& p = parameters.heston;
    if (!fourier::isUsable(market, years) || !isUsable(p) || !isUsable(jumpsOf(parameters))) {
        fillWithNaN(out);
        return;
    }
    const fourier::LogReturn law{years,
                                 p.v0,
                                 p.kappa,
                                 p.theta,
                                 p.sigma,
                                 p.rho,
                                 std::max(parameters.intensity, 1e-250), // 0 is the limit, with derivatives
                                 parameters.jumpMean,
                                 parameters.jumpDeviation};
    const fourier::StripView view{out.price,
                                  out.delta,
                                  out.gamma,
                                  out.theta,
                                  out.rho,
                                  {out.byV0, out.byKappa, out.byTheta, out.bySigma, out.byRho, out.byIntensity,
                                   out.byJumpMean, out.byJumpDeviation}};
    fourier::priceStrip(right, market, law, strikes, view);
}

BatesValue bates(Right right, const MarketPoint& market, double strike, double years,
                 const BatesParameters& parameters) noexcept
{
    BatesValue value;
    const auto one = [](double& cell) { return std::span<double>(&cell, 1); };
    BatesView view;
    view.price = one(value.price);
    view.delta = one(value.delta);
    view.gamma = one(value.gamma);
    view.theta = one(value.theta);
    view.rho = one(value.rho);
    view.byV0 = one(value.byV0);
    view.byKappa = one(value.byKappa);
    view.byTheta = one(value.byTheta);
    view.bySigma = one(value.bySigma);
    view.byRho = one(value.byRho);
    view.byIntensity = one(value.byIntensity);
    view.byJumpMean = one(value.byJumpMean);
    view.byJumpDeviation = one(value.byJumpDeviation);
    batesStrip(right, market, years, parameters, {&strike, 1}, view);
    return value;
}

double batesPrice(Right right, const MarketPoint& market, double strike, double years,
                  const BatesParameters& parameters) noexcept
{
    double price = std::numeric_limits<double>::quiet_NaN();
    BatesView view;
    view.price = {&price, 1};
    batesStrip(right, market, years, parameters, {&strike, 1}, view);
    return price;
}

base::Result<void> checkInputs(const BatesParameters& parameters)
{
    if (const auto checked = checkInputs(parameters.heston); !checked)
        return checked;
    return checkInputs(jumpsOf(parameters));
}

base::Result<void> checkInputs(const MarketPoint& market, double strike, double years,
                               const BatesParameters& parameters)
{
    if (const auto checked = checkInputs(market, strike, years, 0.0); !checked)
        return checked;
    return checkInputs(parameters);
}

} // namespace vegadesk::pricing
