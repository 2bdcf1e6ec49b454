#include "pricing/reference/model_engines.h"

#include <cmath>
#include <fmt/format.h>
#include <map>
#include <mutex>
#include <ql/exercise.hpp>
#include <ql/instruments/europeanoption.hpp>
#include <ql/math/optimization/levenbergmarquardt.hpp>
#include <ql/models/equity/batesmodel.hpp>
#include <ql/models/equity/hestonmodel.hpp>
#include <ql/models/equity/hestonmodelhelper.hpp>
#include <ql/pricingengines/vanilla/analytichestonengine.hpp>
#include <ql/pricingengines/vanilla/batesengine.hpp>
#include <ql/pricingengines/vanilla/jumpdiffusionengine.hpp>
#include <ql/processes/batesprocess.hpp>
#include <ql/processes/hestonprocess.hpp>
#include <ql/processes/merton76process.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/termstructures/yield/zerocurve.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>
#include <vector>

namespace vegadesk::pricing::reference
{

namespace
{

namespace ql = QuantLib;
using Curve = ql::Handle<ql::YieldTermStructure>;

/// Guards QuantLib's globals; an option's pieces are made, priced and let go under it.
std::mutex& engineMutex()
{
    static std::mutex one;
    return one;
}

const ql::Date& today()
{
    static const ql::Date fixed(2, ql::January, 2026);
    return fixed;
}

template<class Call>
auto alone(Call call) -> base::Result<decltype(call())>
{
    const std::scoped_lock lock(engineMutex());
    try {
        ql::Settings::instance().evaluationDate() = today();
        return call();
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Internal, "QuantLib", "", "see the log", error.what());
    }
}

ql::Handle<ql::Quote> quote(double value)
{
    return ql::Handle<ql::Quote>(ql::ext::make_shared<ql::SimpleQuote>(value));
}

Curve flat(double rate)
{
    return Curve(ql::ext::make_shared<ql::FlatForward>(today(), rate, ql::Actual365Fixed()));
}

ql::ext::shared_ptr<ql::VanillaOption> optionOf(Right right, double strike, int days,
                                                const ql::ext::shared_ptr<ql::PricingEngine>& engine)
{
    const auto type = right == Right::Call ? ql::Option::Call : ql::Option::Put;
    auto option = ql::ext::make_shared<ql::EuropeanOption>(ql::ext::make_shared<ql::PlainVanillaPayoff>(type, strike),
                                                           ql::ext::make_shared<ql::EuropeanExercise>(today() + days));
    option->setPricingEngine(engine);
    return option;
}

template<class Parameters>
base::Result<void> check(const MarketPoint& market, double strike, int days, const Parameters& parameters)
{
    if (days < 1)
        return base::badInput("days", fmt::format("{}", days), "one at least: QuantLib has no value at expiry");
    return checkInputs(market, strike, days / 365.0, parameters);
}

} // namespace

struct ModelOption::Parts {
    ql::ext::shared_ptr<ql::VanillaOption> option;
};

ModelOption::ModelOption(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

ModelOption::ModelOption(ModelOption&&) noexcept = default;

ModelOption::~ModelOption()
{
    const std::scoped_lock lock(engineMutex()); // letting go unregisters observers
    m_parts.reset();
}

base::Result<ModelOption> ModelOption::heston(Right right, const MarketPoint& market, double strike, int days,
                                              const pricing::HestonParameters& parameters, HestonQuadrature quadrature)
{
    if (const auto checked = check(market, strike, days, parameters); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = alone([&] {
        using Engine = ql::AnalyticHestonEngine;
        const auto model = ql::ext::make_shared<ql::HestonModel>(ql::ext::make_shared<ql::HestonProcess>(
            flat(market.rate), flat(market.dividendYield), quote(market.spot), parameters.v0, parameters.kappa,
            parameters.theta, parameters.sigma, parameters.rho));
        const auto engine =
            quadrature == HestonQuadrature::Laguerre144
                ? ql::ext::make_shared<Engine>(model, 144)
                : ql::ext::make_shared<Engine>(model, Engine::OptimalCV, Engine::Integration::gaussLaguerre(64));
        return std::make_unique<Parts>(Parts{optionOf(right, strike, days, engine)});
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return ModelOption(std::move(*parts));
}

base::Result<ModelOption> ModelOption::bates(Right right, const MarketPoint& market, double strike, int days,
                                             const pricing::BatesParameters& parameters)
{
    if (const auto checked = check(market, strike, days, parameters); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = alone([&] {
        const pricing::HestonParameters& p = parameters.heston;
        const auto model = ql::ext::make_shared<ql::BatesModel>(ql::ext::make_shared<ql::BatesProcess>(
            flat(market.rate), flat(market.dividendYield), quote(market.spot), p.v0, p.kappa, p.theta, p.sigma, p.rho,
            parameters.intensity, parameters.jumpMean, parameters.jumpDeviation));
        return std::make_unique<Parts>(
            Parts{optionOf(right, strike, days, ql::ext::make_shared<ql::BatesEngine>(model, 144))});
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return ModelOption(std::move(*parts));
}

base::Result<ModelOption> ModelOption::merton(Right right, const MarketPoint& market, double strike, int days,
                                              const pricing::MertonParameters& parameters)
{
    if (const auto checked = check(market, strike, days, parameters); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = alone([&] {
        const ql::Handle<ql::BlackVolTermStructure> vol(ql::ext::make_shared<ql::BlackConstantVol>(
            today(), ql::NullCalendar(), parameters.vol, ql::Actual365Fixed()));
        const auto process = ql::ext::make_shared<ql::Merton76Process>(
            quote(market.spot), flat(market.dividendYield), flat(market.rate), vol, quote(parameters.intensity),
            quote(parameters.jumpMean), quote(parameters.jumpDeviation));
        return std::make_unique<Parts>(
            Parts{optionOf(right, strike, days, ql::ext::make_shared<ql::JumpDiffusionEngine>(process))});
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return ModelOption(std::move(*parts));
}

base::Result<double> ModelOption::value()
{
    return alone([&] {
        m_parts->option->recalculate();
        return m_parts->option->NPV();
    });
}

base::Result<BoardFit> fitHestonBoard(double spot, double dividendYield, std::span<const BoardQuote> quotes)
{
    std::map<int, double> rateByDay;
    for (const BoardQuote& each : quotes) {
        if (const auto checked =
                checkInputs({spot, each.rate, dividendYield}, each.strike, each.days / 365.0, each.vol);
            !checked)
            return tl::make_unexpected(checked.error());
        rateByDay[each.days] = each.rate;
    }
    if (rateByDay.empty())
        return base::badInput("quotes", "none", "one at least");
    return alone([&] {
        std::vector<ql::Date> dates{today()};
        std::vector<double> rates{rateByDay.begin()->second};
        for (const auto& [days, rate] : rateByDay) {
            dates.push_back(today() + days);
            rates.push_back(rate);
        }
        const Curve rateCurve(ql::ext::make_shared<ql::ZeroCurve>(dates, rates, ql::Actual365Fixed()));
        const Curve yieldCurve = flat(dividendYield);
        const auto spotQuote = quote(spot);
        const auto model = ql::ext::make_shared<ql::HestonModel>(
            ql::ext::make_shared<ql::HestonProcess>(rateCurve, yieldCurve, spotQuote, 0.1, 1.0, 0.1, 0.5, -0.5));
        const auto engine = ql::ext::make_shared<ql::AnalyticHestonEngine>(model, 64);
        std::vector<ql::ext::shared_ptr<ql::CalibrationHelper>> helpers;
        for (const BoardQuote& each : quotes) {
            const auto helper = ql::ext::make_shared<ql::HestonModelHelper>(
                ql::Period(each.days, ql::Days), ql::NullCalendar(), spotQuote, each.strike, quote(each.vol), rateCurve,
                yieldCurve, ql::BlackCalibrationHelper::ImpliedVolError);
            helper->setPricingEngine(engine);
            helpers.push_back(helper);
        }
        ql::LevenbergMarquardt method(1e-8, 1e-8, 1e-8);
        model->calibrate(helpers, method, ql::EndCriteria(400, 40, 1e-8, 1e-8, 1e-8));
        BoardFit fit{{model->v0(), model->kappa(), model->theta(), model->sigma(), model->rho()}, 0};
        for (const auto& helper : helpers)
            fit.sumOfSquares += 1e4 * std::pow(helper->calibrationError(), 2);
        return fit;
    });
}

} // namespace vegadesk::pricing::reference
