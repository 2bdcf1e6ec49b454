#include "pricing/reference/quantlib.h"

#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <mutex>
#include <ql/exercise.hpp>
#include <ql/instruments/europeanoption.hpp>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/pricingengines/blackscholescalculator.hpp>
#include <ql/pricingengines/vanilla/analyticeuropeanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

namespace ql = QuantLib;

/// Guards everything of QuantLib's, its global evaluation date first of all.
std::mutex& quantLibMutex()
{
    static std::mutex one;
    return one;
}

ql::Option::Type toQuantLib(Right right)
{
    return right == Right::Call ? ql::Option::Call : ql::Option::Put;
}

base::Result<void> checkForQuantLib(const MarketPoint& market, double strike, double years, double vol)
{
    if (const auto checked = checkInputs(market, strike, years, vol); !checked)
        return checked;
    if (years == 0)
        return base::badInput("years", "0", "a positive number: QuantLib has no value at expiry");
    if (vol == 0)
        return base::badInput("volatility", "0", "a positive number: QuantLib has no value without it");
    return {};
}

template<class Call>
auto guarded(Call call) -> base::Result<decltype(call())>
{
    const std::scoped_lock lock(quantLibMutex());
    try {
        return call();
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Internal, "QuantLib", "", "see the log", error.what());
    }
}

const ql::Date& valuationDate()
{
    static const ql::Date fixed(2, ql::January, 2026);
    return fixed;
}

} // namespace

base::Result<Greeks> blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const ql::BlackScholesCalculator calculator(
            ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike), market.spot,
            std::exp(-market.dividendYield * years), vol * std::sqrt(years), std::exp(-market.rate * years));
        return Greeks{calculator.value(),     calculator.delta(),      calculator.gamma(),
                      calculator.vega(years), calculator.theta(years), calculator.rho(years)};
    });
}

base::Result<void> blackFormulaStrip(Right right, const MarketPoint& market, double years,
                                     std::span<const double> strikes, std::span<const double> vols,
                                     std::span<double> prices)
{
    const auto done = guarded([&] {
        const double discount = std::exp(-market.rate * years);
        const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
        const double sqrtYears = std::sqrt(years);
        for (std::size_t row = 0; row < strikes.size(); ++row)
            prices[row] = ql::blackFormula(toQuantLib(right), strikes[row], forward, vols[row] * sqrtYears, discount);
        return true;
    });
    return done ? base::Result<void>() : tl::make_unexpected(done.error());
}

base::Result<void> impliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                          std::span<const double> strikes, std::span<const double> prices,
                                          std::span<double> vols)
{
    const auto done = guarded([&] {
        const double discount = std::exp(-market.rate * years);
        const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
        const double sqrtYears = std::sqrt(years);
        for (std::size_t row = 0; row < strikes.size(); ++row) {
            try {
                vols[row] = ql::blackFormulaImpliedStdDev(toQuantLib(right), strikes[row], forward, prices[row],
                                                          discount, 0.0, ql::Null<ql::Real>(), 1e-12, 200) /
                            sqrtYears;
            } catch (const std::exception&) {
                vols[row] = std::numeric_limits<double>::quiet_NaN(); // one lane without a root must not end
                                                                      // the strip
            }
        }
        return true;
    });
    return done ? base::Result<void>() : tl::make_unexpected(done.error());
}

struct EngineOption::Parts {
    ql::ext::shared_ptr<ql::SimpleQuote> spot, vol;
    ql::ext::shared_ptr<ql::VanillaOption> option;
};

EngineOption::EngineOption(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

EngineOption::EngineOption(EngineOption&&) noexcept = default;

EngineOption::~EngineOption()
{
    const std::scoped_lock lock(quantLibMutex()); // letting go unregisters observers
    m_parts.reset();
}

base::Result<EngineOption> EngineOption::make(Right right, const MarketPoint& market, double strike, int days,
                                              double vol)
{
    if (const auto checked = checkForQuantLib(market, strike, days / 365.0, vol); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = guarded([&] {
        const ql::Date& today = valuationDate();
        ql::Settings::instance().evaluationDate() = today;
        const ql::Actual365Fixed dayCount;
        auto out = std::make_unique<Parts>();
        out->spot = ql::ext::make_shared<ql::SimpleQuote>(market.spot);
        out->vol = ql::ext::make_shared<ql::SimpleQuote>(vol);
        const auto process = ql::ext::make_shared<ql::BlackScholesMertonProcess>(
            ql::Handle<ql::Quote>(out->spot),
            ql::Handle<ql::YieldTermStructure>(
                ql::ext::make_shared<ql::FlatForward>(today, market.dividendYield, dayCount)),
            ql::Handle<ql::YieldTermStructure>(ql::ext::make_shared<ql::FlatForward>(today, market.rate, dayCount)),
            ql::Handle<ql::BlackVolTermStructure>(ql::ext::make_shared<ql::BlackConstantVol>(
                today, ql::NullCalendar(), ql::Handle<ql::Quote>(out->vol), dayCount)));
        out->option = ql::ext::make_shared<ql::EuropeanOption>(
            ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike),
            ql::ext::make_shared<ql::EuropeanExercise>(today + days));
        out->option->setPricingEngine(ql::ext::make_shared<ql::AnalyticEuropeanEngine>(process));
        return out;
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return EngineOption(std::move(*parts));
}

base::Result<Greeks> EngineOption::value(double spot, double vol)
{
    return guarded([&] {
        m_parts->spot->setValue(spot);
        m_parts->vol->setValue(vol);
        const ql::VanillaOption& option = *m_parts->option;
        return Greeks{option.NPV(), option.delta(), option.gamma(), option.vega(), option.theta(), option.rho()};
    });
}

} // namespace vegadesk::pricing::reference
