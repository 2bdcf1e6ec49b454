#include "desk/chain_pricer.h"

#include <algorithm>
#include <cmath>

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

pricing::GreeksColumns priceSide(ChainModel model, const ChainFits& fits, const market::Expiration& expiration,
                                 const pricing::ExpirationAnalytics& analytics, market::Right right)
{
    const std::vector<double>& strikes = expiration.strikes;
    pricing::GreeksColumns out;
    out.resize(strikes.size());
    switch (model) {
    case ChainModel::Broker: // not ours to reckon
    case ChainModel::Reference:
        break;
    case ChainModel::BlackScholes:
        pricing::blackScholesStrip(right, analytics.market, analytics.years, strikes, analytics.volatility, out.view());
        break;
    case ChainModel::Surface: {
        std::vector<double> vols(strikes.size());
        for (std::size_t row = 0; row < strikes.size(); ++row)
            vols[row] = fits.surface->volatility(strikes[row], analytics.years);
        pricing::blackScholesStrip(right, analytics.market, analytics.years, strikes, vols, out.view());
        break;
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
    return out;
}

} // namespace vegadesk::desk
