#include "pricing/reference/quantlib_american.h"

#include <ql/exercise.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
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

template<class Call>
auto caught(Call call) -> base::Result<decltype(call())>
{
    try {
        return call();
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Internal, "QuantLib", "", "see the log", error.what());
    }
}

ql::ext::shared_ptr<ql::QdFpIterationScheme> toQuantLib(QdFpScheme scheme)
{
    switch (scheme) {
    case QdFpScheme::Fast:
        return ql::QdFpAmericanEngine::fastScheme();
    case QdFpScheme::Accurate:
        return ql::QdFpAmericanEngine::accurateScheme();
    case QdFpScheme::HighPrecision:
        break;
    }
    return ql::QdFpAmericanEngine::highPrecisionScheme();
}

} // namespace

struct QdFpOption::Parts {
    ql::ext::shared_ptr<ql::SimpleQuote> spot;
    ql::ext::shared_ptr<ql::VanillaOption> option;
};

QdFpOption::QdFpOption(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

QdFpOption::QdFpOption(QdFpOption&&) noexcept = default;

QdFpOption::~QdFpOption() = default;

base::Result<QdFpOption> QdFpOption::make(Right right, const MarketPoint& market, double strike, int days, double vol,
                                          QdFpScheme scheme)
{
    if (const auto checked = checkInputs(market, strike, days / 365.0, vol); !checked)
        return tl::make_unexpected(checked.error());
    auto parts = caught([&] {
        const ql::Date today(2, ql::January, 2026);
        ql::Settings::instance().evaluationDate() = today;
        const ql::Actual365Fixed dayCount;
        const auto flat = [&](double rate) {
            return ql::Handle<ql::YieldTermStructure>(ql::ext::make_shared<ql::FlatForward>(today, rate, dayCount));
        };
        auto out = std::make_unique<Parts>();
        out->spot = ql::ext::make_shared<ql::SimpleQuote>(market.spot);
        const auto process = ql::ext::make_shared<ql::BlackScholesMertonProcess>(
            ql::Handle<ql::Quote>(out->spot), flat(market.dividendYield), flat(market.rate),
            ql::Handle<ql::BlackVolTermStructure>(
                ql::ext::make_shared<ql::BlackConstantVol>(today, ql::NullCalendar(), vol, dayCount)));
        out->option = ql::ext::make_shared<ql::VanillaOption>(
            ql::ext::make_shared<ql::PlainVanillaPayoff>(right == Right::Call ? ql::Option::Call : ql::Option::Put,
                                                         strike),
            ql::ext::make_shared<ql::AmericanExercise>(today, today + days));
        out->option->setPricingEngine(ql::ext::make_shared<ql::QdFpAmericanEngine>(process, toQuantLib(scheme)));
        return out;
    });
    if (!parts)
        return tl::make_unexpected(parts.error());
    return QdFpOption(std::move(*parts));
}

base::Result<double> QdFpOption::price(double spot)
{
    return caught([&] {
        m_parts->spot->setValue(spot);
        return m_parts->option->NPV();
    });
}

} // namespace vegadesk::pricing::reference
