#include "pricing/reference/engine_option.h"

#include "pricing/reference/session.h"

#include <ql/exercise.hpp>
#include <ql/instruments/dividendvanillaoption.hpp>
#include <ql/instruments/europeanoption.hpp>
#include <ql/methods/lattices/binomialtree.hpp>
#include <ql/models/equity/batesmodel.hpp>
#include <ql/models/equity/hestonmodel.hpp>
#include <ql/pricingengines/vanilla/analyticeuropeanengine.hpp>
#include <ql/pricingengines/vanilla/analytichestonengine.hpp>
#include <ql/pricingengines/vanilla/baroneadesiwhaleyengine.hpp>
#include <ql/pricingengines/vanilla/batesengine.hpp>
#include <ql/pricingengines/vanilla/binomialengine.hpp>
#include <ql/pricingengines/vanilla/fdblackscholesvanillaengine.hpp>
#include <ql/pricingengines/vanilla/jumpdiffusionengine.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

constexpr double unusedVol = 1; // where the model brings its own

ql::ext::shared_ptr<ql::QdFpIterationScheme> qdFpScheme(AmericanScheme scheme)
{
    switch (scheme) {
    case AmericanScheme::Fast:
        return ql::QdFpAmericanEngine::fastScheme();
    case AmericanScheme::Accurate:
        return ql::QdFpAmericanEngine::accurateScheme();
    case AmericanScheme::Precise:
        break;
    }
    return preciseScheme();
}

} // namespace

struct EngineOption::Parts {
    ql::ext::shared_ptr<ql::SimpleQuote> spot, vol;
    ql::ext::shared_ptr<ql::OneAssetOption> option;
};

EngineOption::EngineOption(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

EngineOption::EngineOption(EngineOption&&) noexcept = default;

EngineOption::~EngineOption()
{
    const std::scoped_lock lock(quantLibMutex()); // letting go unregisters observers
    m_parts.reset();
}

template<class MakeEngine>
base::Result<EngineOption> EngineOption::assemble(Right right, const MarketPoint& market, double strike, double years,
                                                  double vol, market::ExerciseStyle style, MakeEngine makeEngine)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = guarded([&] {
        const Timeline timeline({years});
        const FlatMarket flat(market, vol, timeline);
        ql::ext::shared_ptr<ql::Exercise> exercise;
        if (style == market::ExerciseStyle::American)
            exercise = ql::ext::make_shared<ql::AmericanExercise>(valuationDate(), timeline.expiry());
        else
            exercise = ql::ext::make_shared<ql::EuropeanExercise>(timeline.expiry());
        auto out = std::make_unique<Parts>();
        out->spot = flat.spot;
        out->vol = flat.vol;
        out->option = ql::ext::make_shared<ql::VanillaOption>(
            ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike), exercise);
        out->option->setPricingEngine(makeEngine(flat));
        return out;
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return EngineOption(std::move(*parts));
}

base::Result<EngineOption> EngineOption::make(Right right, const MarketPoint& market, double strike, double years,
                                              double vol)
{
    return assemble(right, market, strike, years, vol, market::ExerciseStyle::European, [](const FlatMarket& flat) {
        return ql::ext::make_shared<ql::AnalyticEuropeanEngine>(flat.process());
    });
}

base::Result<EngineOption> EngineOption::american(Right right, const MarketPoint& market, double strike, double years,
                                                  double vol, AmericanScheme scheme)
{
    return assemble(right, market, strike, years, vol, market::ExerciseStyle::American, [&](const FlatMarket& flat) {
        return ql::ext::make_shared<ql::QdFpAmericanEngine>(flat.process(), qdFpScheme(scheme));
    });
}

base::Result<EngineOption> EngineOption::american(Right right, const MarketPoint& market, double strike, double years,
                                                  double vol, AmericanMethod method)
{
    const auto engine = [&](const FlatMarket& flat) -> ql::ext::shared_ptr<ql::PricingEngine> {
        switch (method) {
        case AmericanMethod::BaroneAdesiWhaley:
            return ql::ext::make_shared<ql::BaroneAdesiWhaleyApproximationEngine>(flat.process());
        case AmericanMethod::LeisenReimer:
            return ql::ext::make_shared<ql::BinomialVanillaEngine<ql::LeisenReimer>>(flat.process(), 801);
        case AmericanMethod::FiniteDifferences:
            return ql::ext::make_shared<ql::FdBlackScholesVanillaEngine>(flat.process(), 100, 100);
        case AmericanMethod::FineFiniteDifferences:
            break;
        }
        return ql::ext::make_shared<ql::FdBlackScholesVanillaEngine>(flat.process(), 400, 400);
    };
    return assemble(right, market, strike, years, vol, market::ExerciseStyle::American, engine);
}

base::Result<EngineOption> EngineOption::americanWithDividends(Right right, const MarketPoint& market, double strike,
                                                               double years, double vol,
                                                               std::span<const CashDividend> dividends)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = guarded([&] {
        std::vector<double> times, amounts;
        for (const CashDividend& each : dividends) {
            times.push_back(each.years);
            amounts.push_back(each.amount);
        }
        times.push_back(years);
        const Timeline timeline(times);
        std::vector<ql::Date> dates;
        for (std::size_t i = 0; i < dividends.size(); ++i)
            dates.push_back(timeline.date(i));
        const FlatMarket flat(market, vol, timeline);
        auto out = std::make_unique<Parts>();
        out->spot = flat.spot;
        out->vol = flat.vol;
        out->option = ql::ext::make_shared<ql::DividendVanillaOption>(
            ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike),
            ql::ext::make_shared<ql::AmericanExercise>(valuationDate(), timeline.expiry()), dates, amounts);
        out->option->setPricingEngine(ql::MakeFdBlackScholesVanillaEngine(flat.process())
                                          .withTGrid(100)
                                          .withXGrid(200)
                                          .withCashDividendModel(ql::FdBlackScholesVanillaEngine::Spot));
        return out;
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return EngineOption(std::move(*parts));
}

base::Result<EngineOption> EngineOption::merton(Right right, const MarketPoint& market, double strike, double years,
                                                double vol, const JumpParameters& jumps)
{
    return assemble(right, market, strike, years, vol, market::ExerciseStyle::European, [&](const FlatMarket& flat) {
        return ql::ext::make_shared<ql::JumpDiffusionEngine>(ql::ext::make_shared<ql::Merton76Process>(
            ql::Handle<ql::Quote>(flat.spot), flat.yields, flat.rates, flat.vols, quote(jumps.intensity),
            quote(jumps.mean), quote(jumps.deviation)));
    });
}

base::Result<EngineOption> EngineOption::heston(Right right, const MarketPoint& market, double strike, double years,
                                                const HestonParameters& each, HestonIntegration integration)
{
    return assemble(
        right, market, strike, years, unusedVol, market::ExerciseStyle::European, [&](const FlatMarket& flat) {
            using Engine = ql::AnalyticHestonEngine;
            const auto model = ql::ext::make_shared<ql::HestonModel>(
                ql::ext::make_shared<ql::HestonProcess>(flat.rates, flat.yields, ql::Handle<ql::Quote>(flat.spot),
                                                        each.v0, each.kappa, each.theta, each.sigma, each.rho));
            return integration == HestonIntegration::Default
                       ? ql::ext::make_shared<Engine>(model)
                       : ql::ext::make_shared<Engine>(model, Engine::OptimalCV, Engine::Integration::gaussLaguerre(64));
        });
}

base::Result<EngineOption> EngineOption::americanHeston(Right right, const MarketPoint& market, double strike,
                                                        double years, const HestonParameters& each,
                                                        const HestonGrid& grid)
{
    return assemble(right, market, strike, years, unusedVol, market::ExerciseStyle::American,
                    [&](const FlatMarket& flat) { return hestonGridEngine(flat, each, grid); });
}

base::Result<EngineOption> EngineOption::bates(Right right, const MarketPoint& market, double strike, double years,
                                               const HestonParameters& each, const JumpParameters& jumps)
{
    return assemble(right, market, strike, years, unusedVol, market::ExerciseStyle::European,
                    [&](const FlatMarket& flat) {
                        return ql::ext::make_shared<ql::BatesEngine>(
                            ql::ext::make_shared<ql::BatesModel>(ql::ext::make_shared<ql::BatesProcess>(
                                flat.rates, flat.yields, ql::Handle<ql::Quote>(flat.spot), each.v0, each.kappa,
                                each.theta, each.sigma, each.rho, jumps.intensity, jumps.mean, jumps.deviation)));
                    });
}

base::Result<Greeks> EngineOption::value(double spot, double vol)
{
    return guarded([&] {
        m_parts->spot->setValue(spot);
        m_parts->vol->setValue(vol);
        const ql::OneAssetOption& option = *m_parts->option;
        return Greeks{option.NPV(), option.delta(), option.gamma(), option.vega(), option.theta(), option.rho()};
    });
}

base::Result<double> EngineOption::price(double spot)
{
    return guarded([&] {
        m_parts->spot->setValue(spot);
        return m_parts->option->NPV();
    });
}

} // namespace vegadesk::pricing::reference
