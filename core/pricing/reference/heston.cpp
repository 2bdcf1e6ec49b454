#include "pricing/reference/quantlib.h"
#include "pricing/reference/session.h"

#include <cmath>
#include <ql/exercise.hpp>
#include <ql/instruments/europeanoption.hpp>
#include <ql/models/equity/batesmodel.hpp>
#include <ql/pricingengines/vanilla/analytichestonengine.hpp>
#include <ql/pricingengines/vanilla/batesengine.hpp>
#include <ql/pricingengines/vanilla/fdhestonvanillaengine.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

using Engine = ql::AnalyticHestonEngine;

double priceBy(const ql::ext::shared_ptr<ql::PricingEngine>& engine, Right right, double strike, ql::Date expiry)
{
    ql::EuropeanOption option(ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike),
                              ql::ext::make_shared<ql::EuropeanExercise>(expiry));
    option.setPricingEngine(engine);
    return option.NPV();
}

double hestonNpv(Right right, const MarketPoint& market, double strike, double years, const HestonParameters& each)
{
    const Timeline timeline({years});
    const FlatMarket flat(market, 1, timeline);
    const auto model = ql::ext::make_shared<ql::HestonModel>(
        ql::ext::make_shared<ql::HestonProcess>(flat.rates, flat.yields, ql::Handle<ql::Quote>(flat.spot), each.v0,
                                                each.kappa, each.theta, each.sigma, each.rho));
    constexpr ql::Size trapezoids = 4000;
    constexpr double leftOut = 1e-25; // of the integral's tail
    return priceBy(ql::ext::make_shared<Engine>(model, Engine::AndersenPiterbargOptCV,
                                                Engine::Integration::discreteTrapezoid(trapezoids), leftOut),
                   right, strike, timeline.expiry());
}

ql::ext::shared_ptr<ql::VanillaOption> gridOption(Right right, const MarketPoint& market, double strike, double years,
                                                  const HestonParameters& each, const HestonGrid& grid)
{
    const Timeline timeline({years});
    const FlatMarket flat(market, 1, timeline);
    auto option = ql::ext::make_shared<ql::VanillaOption>(
        ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike),
        ql::ext::make_shared<ql::AmericanExercise>(valuationDate(), timeline.expiry()));
    option->setPricingEngine(hestonGridEngine(flat, each, grid));
    return option;
}

double batesNpv(Right right, const MarketPoint& market, double strike, double years, const HestonParameters& each,
                const JumpParameters& jumps)
{
    const Timeline timeline({years});
    const FlatMarket flat(market, 1, timeline);
    const auto model = ql::ext::make_shared<ql::BatesModel>(ql::ext::make_shared<ql::BatesProcess>(
        flat.rates, flat.yields, ql::Handle<ql::Quote>(flat.spot), each.v0, each.kappa, each.theta, each.sigma,
        each.rho, jumps.intensity, jumps.mean, jumps.deviation));
    constexpr ql::Size nodes = 192;
    return priceBy(ql::ext::make_shared<ql::BatesEngine>(model, nodes), right, strike, timeline.expiry());
}

base::Result<void> check(const MarketPoint& market, double strike, double years, const HestonParameters& each)
{
    return checkForQuantLib(market, strike, years, std::sqrt(each.v0));
}

/// Of the log spot at expiry, without the variance's own randomness.
double deviationOf(const HestonParameters& each, double years)
{
    const double weight = each.kappa > 0 ? -std::expm1(-each.kappa * years) / (each.kappa * years) : 1;
    return std::sqrt((each.theta + (each.v0 - each.theta) * weight) * years);
}

/// The price's derivative to one parameter; steps are a thousandth of it, and of one for a correlation.
template<class Price>
double byParameter(Price price, const HestonParameters& at, double HestonParameters::* member, double step)
{
    return slope(
        [&](double value) {
            HestonParameters moved = at;
            moved.*member = value;
            return price(moved);
        },
        at.*member, step);
}

} // namespace

ql::ext::shared_ptr<ql::PricingEngine> hestonGridEngine(const FlatMarket& flat, const HestonParameters& each,
                                                        const HestonGrid& grid)
{
    const auto model = ql::ext::make_shared<ql::HestonModel>(
        ql::ext::make_shared<ql::HestonProcess>(flat.rates, flat.yields, ql::Handle<ql::Quote>(flat.spot), each.v0,
                                                each.kappa, each.theta, each.sigma, each.rho));
    constexpr ql::Size dampingSteps = 2;
    return ql::ext::make_shared<ql::FdHestonVanillaEngine>(model, grid.times, grid.spots, grid.variances, dampingSteps,
                                                           ql::FdmSchemeDesc::Hundsdorfer());
}

base::Result<HestonValue> heston(Right right, const MarketPoint& market, double strike, double years,
                                 const HestonParameters& parameters)
{
    if (const auto checked = check(market, strike, years, parameters); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        HestonValue out;
        out.greeks = byDifferences(
            [&](const MarketPoint& point, double term) { return hestonNpv(right, point, strike, term, parameters); },
            market, years, deviationOf(parameters, years));
        const auto price = [&](const HestonParameters& each) { return hestonNpv(right, market, strike, years, each); };
        constexpr double step = 2e-3;
        out.byV0 = byParameter(price, parameters, &HestonParameters::v0, step * parameters.v0);
        out.byKappa = byParameter(price, parameters, &HestonParameters::kappa, step * parameters.kappa);
        out.byTheta = byParameter(price, parameters, &HestonParameters::theta, step * parameters.theta);
        out.bySigma = byParameter(price, parameters, &HestonParameters::sigma, step * parameters.sigma);
        out.byRho = byParameter(price, parameters, &HestonParameters::rho, step * (1 - std::abs(parameters.rho)));
        out.greeks.vega = 2 * std::sqrt(parameters.v0) * out.byV0;
        return out;
    });
}

base::Result<Greeks> americanHeston(Right right, const MarketPoint& market, double strike, double years,
                                    const HestonParameters& parameters)
{
    if (const auto checked = check(market, strike, years, parameters); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const auto price = [&](const MarketPoint& point, const HestonParameters& each) {
            return gridOption(right, point, strike, years, each, referenceHestonGrid)->NPV();
        };
        const auto option = gridOption(right, market, strike, years, parameters, referenceHestonGrid);
        Greeks out{option->NPV(), option->delta(), option->gamma(), 0, option->theta(), 0};
        out.vega = 2 * std::sqrt(parameters.v0) *
                   byParameter([&](const HestonParameters& each) { return price(market, each); }, parameters,
                               &HestonParameters::v0, 0.02 * parameters.v0);
        out.rho = slope([&](double rate) { return price({market.spot, rate, market.dividendYield}, parameters); },
                        market.rate, 2e-3);
        return out;
    });
}

base::Result<double> americanHestonPrice(Right right, const MarketPoint& market, double strike, double years,
                                         const HestonParameters& parameters, const HestonGrid& grid)
{
    if (const auto checked = check(market, strike, years, parameters); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] { return gridOption(right, market, strike, years, parameters, grid)->NPV(); });
}

base::Result<Greeks> bates(Right right, const MarketPoint& market, double strike, double years,
                           const HestonParameters& parameters, const JumpParameters& jumps)
{
    if (const auto checked = check(market, strike, years, parameters); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const double jumpVariance = jumps.intensity * (jumps.mean * jumps.mean + jumps.deviation * jumps.deviation);
        Greeks out =
            byDifferences([&](const MarketPoint& point,
                              double term) { return batesNpv(right, point, strike, term, parameters, jumps); },
                          market, years, std::hypot(deviationOf(parameters, years), std::sqrt(jumpVariance * years)));
        const auto price = [&](const HestonParameters& each) {
            return batesNpv(right, market, strike, years, each, jumps);
        };
        out.vega =
            2 * std::sqrt(parameters.v0) * byParameter(price, parameters, &HestonParameters::v0, 2e-3 * parameters.v0);
        return out;
    });
}

} // namespace vegadesk::pricing::reference
