#include "desk/chain_pricer.h"

#include "desk/american_figures.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace vegadesk::desk
{

ChainModel chainModelFromText(const QString& text)
{
    if (text == QLatin1String("broker"))
        return ChainModel::Broker;
    if (text == QLatin1String("surface"))
        return ChainModel::Surface;
    if (text == QLatin1String("merton"))
        return ChainModel::Merton;
    if (text == QLatin1String("heston"))
        return ChainModel::Heston;
    if (text == QLatin1String("american_heston"))
        return ChainModel::AmericanHeston;
    if (text == QLatin1String("neural"))
        return ChainModel::Neural;
    return text == QLatin1String("quantlib") ? ChainModel::Reference : ChainModel::BlackScholes;
}

bool ChainFits::has(ChainModel model) const
{
    switch (model) {
    case ChainModel::Surface:
        return surface.has_value();
    case ChainModel::Merton:
        return merton.has_value();
    case ChainModel::Heston:
        return heston.has_value();
    case ChainModel::AmericanHeston:
        return solved != nullptr;
    case ChainModel::Neural:
        return networks && american;
    case ChainModel::BlackScholes:
    case ChainModel::Broker:
    case ChainModel::Reference:
        break;
    }
    return true;
}

const pricing::SurfaceSlice* ChainFits::sliceAt(double years) const
{
    constexpr double tolerance = 1.0 / (365 * 24); // the fit is some seconds old; expiries lie hours apart at least
    if (!surface)
        return nullptr;
    const auto& slices = surface->slices();
    const auto nearest = std::ranges::min_element(
        slices, {}, [years](const pricing::SurfaceSlice& slice) { return std::abs(slice.years - years); });
    return std::abs(nearest->years - years) < tolerance ? &*nearest : nullptr;
}

namespace
{

constexpr double exercisedWithin = 1e-9; ///< of the intrinsic value

/// Black-Scholes at each strike's volatility, exercised as the analytics say.
pricing::GreeksColumns priceAt(std::span<const double> vols, const market::Expiration& expiration,
                               const pricing::ExpirationAnalytics& analytics, market::Right right,
                               pricing::AmericanBoundaries& boundaries)
{
    pricing::GreeksColumns out;
    out.resize(vols.size());
    if (analytics.style == market::ExerciseStyle::American)
        boundaries.price(right, analytics.market, analytics.years, expiration.strikes, vols, out.view());
    else
        pricing::blackScholesStrip(right, analytics.market, analytics.years, expiration.strikes, vols, out.view());
    return out;
}

/// Greeks by the volatility that the model's price implies, the vega in the model's own variable: as large a part of the model's
/// vega as the American is of the European one. Where an option is worth exercising at once it moves as the exercise does. A
/// strike whose price implies no volatility is worth its intrinsic value at least.
void addEarlyExercise(pricing::GreeksColumns& figures, const market::Expiration& expiration,
                      const pricing::ExpirationAnalytics& analytics, market::Right right,
                      pricing::AmericanBoundaries& boundaries)
{
    std::vector<double> vols(figures.size());
    pricing::impliedVolatilityStrip(right, analytics.market, analytics.years, expiration.strikes, figures.price, vols);
    const pricing::GreeksColumns american = priceAt(vols, expiration, analytics, right, boundaries);
    pricing::GreeksColumns european;
    european.resize(vols.size());
    pricing::blackScholesStrip(right, analytics.market, analytics.years, expiration.strikes, vols, european.view());
    for (std::size_t row = 0; row < vols.size(); ++row) {
        const double gain = expiration.strikes[row] - analytics.market.spot;
        const double intrinsic = right == market::Right::Call ? -gain : gain;
        const double before = figures.price[row];
        if (std::isfinite(american.price[row]))
            figures.price[row] += american.price[row] - european.price[row];
        if (std::isfinite(before) && intrinsic > 0 && figures.price[row] <= intrinsic * (1 + exercisedWithin)) {
            figures.price[row] = intrinsic;
            figures.delta[row] = right == market::Right::Call ? 1 : -1;
            figures.gamma[row] = figures.vega[row] = figures.theta[row] = figures.rho[row] = 0;
        } else if (std::isfinite(american.price[row])) {
            figures.delta[row] += american.delta[row] - european.delta[row];
            figures.gamma[row] += american.gamma[row] - european.gamma[row];
            figures.theta[row] += american.theta[row] - european.theta[row];
            figures.rho[row] += american.rho[row] - european.rho[row];
            if (european.vega[row] > 0)
                figures.vega[row] *= american.vega[row] / european.vega[row];
        }
    }
}

} // namespace

pricing::GreeksColumns priceSide(ChainModel model, const ChainFits& fits, const market::Expiration& expiration,
                                 const pricing::ExpirationAnalytics& analytics, market::Right right,
                                 pricing::AmericanBoundaries& boundaries)
{
    const std::vector<double>& strikes = expiration.strikes;
    pricing::GreeksColumns out;
    out.resize(strikes.size());
    switch (model) {
    case ChainModel::Broker: // not ours to reckon
    case ChainModel::Reference:
        break;
    case ChainModel::AmericanHeston:
        return readSolved(*fits.solved, expiration, analytics, right);
    case ChainModel::Neural:
        return priceByNetworks(fits, expiration, analytics, right).figures;
    case ChainModel::BlackScholes:
        return priceAt(analytics.volatility, expiration, analytics, right, boundaries);
    case ChainModel::Surface: {
        std::vector<double> vols(strikes.size());
        for (std::size_t row = 0; row < strikes.size(); ++row)
            vols[row] = fits.surface->volatility(strikes[row], analytics.years);
        return priceAt(vols, expiration, analytics, right, boundaries);
    }
    case ChainModel::Merton:
        pricing::mertonStrip(right, analytics.market, analytics.years, *fits.merton, strikes,
                             {out.price, out.delta, out.gamma, out.vega, out.theta, out.rho, {}, {}, {}});
        break;
    case ChainModel::Heston: {
        pricing::HestonView view;
        view.price = out.price;
        view.delta = out.delta;
        view.gamma = out.gamma;
        view.theta = out.theta;
        view.rho = out.rho;
        view.byV0 = out.vega;
        pricing::hestonStrip(right, analytics.market, analytics.years, *fits.heston, strikes, view);
        const double toVolatility = 2 * std::sqrt(fits.heston->v0);
        for (double& vega : out.vega)
            vega *= toVolatility;
        break;
    }
    }
    const bool isModel = model == ChainModel::Merton || model == ChainModel::Heston;
    if (isModel && analytics.style == market::ExerciseStyle::American)
        addEarlyExercise(out, expiration, analytics, right, boundaries);
    return out;
}

} // namespace vegadesk::desk
