#include "desk/chain_pricer.h"

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

/// A strike whose price implies no volatility stays as it is: too far out for early exercise to be worth a thing.
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
    for (const auto column :
         {&pricing::GreeksColumns::price, &pricing::GreeksColumns::delta, &pricing::GreeksColumns::gamma,
          &pricing::GreeksColumns::vega, &pricing::GreeksColumns::theta, &pricing::GreeksColumns::rho}) {
        for (std::size_t row = 0; row < vols.size(); ++row) {
            const double more = (american.*column)[row] - (european.*column)[row];
            (figures.*column)[row] += std::isfinite(more) ? more : 0;
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
