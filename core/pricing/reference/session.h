#pragma once

#include "pricing/black_scholes.h"
#include "pricing/reference/quantlib.h"

#include <mutex>
#include <ql/handle.hpp>
#include <ql/option.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/settings.hpp>
#include <span>
#include <vector>

/// What the façade's sources share; nothing outside this folder includes it.
namespace vegadesk::pricing::reference
{

namespace ql = QuantLib;

/// Guards everything of QuantLib's, its global evaluation date first of all.
std::mutex& quantLibMutex();

const ql::Date& valuationDate();

/// Runs `call` alone, on the fixed date, and turns what QuantLib throws into an error.
template<class Call>
auto guarded(Call call) -> base::Result<decltype(call())>
{
    const std::scoped_lock lock(quantLibMutex());
    try {
        ql::Settings::instance().evaluationDate() = valuationDate();
        return call();
    } catch (const std::exception& error) {
        return base::fail(base::ErrorKind::Internal, "QuantLib", "", error.what());
    }
}

inline ql::Option::Type toQuantLib(Right right)
{
    return right == Right::Call ? ql::Option::Call : ql::Option::Put;
}

/// As pricing::checkInputs(), and without the limits years = 0 and vol = 0, which QuantLib's formulas do not take.
base::Result<void> checkForQuantLib(const MarketPoint& market, double strike, double years, double vol);

/// QuantLib counts time in dates. Ours puts given times on dates of its own choice: exactly there, and in proportion
/// between them.
class Timeline
{
public:
    /// Times in years, positive and rising, the last of them the expiry.
    explicit Timeline(const std::vector<double>& times);
    const ql::DayCounter& dayCounter() const { return m_dayCounter; }
    ql::Date date(std::size_t index) const;
    ql::Date expiry() const { return date(m_days.size() - 1); }

private:
    std::vector<int> m_days; ///< after the valuation date
    ql::DayCounter m_dayCounter;
};

/// Flat curves on a timeline, behind quotes that can be moved.
struct FlatMarket {
    FlatMarket(const MarketPoint& market, double vol, const Timeline& timeline);
    ql::ext::shared_ptr<ql::BlackScholesMertonProcess> process() const;

    ql::ext::shared_ptr<ql::SimpleQuote> spot, vol;
    ql::Handle<ql::YieldTermStructure> yields, rates;
    ql::Handle<ql::BlackVolTermStructure> vols;
};

/// For American options. The built-in "high precision" scheme is 1e-5 off for long expiries, this one 3e-7; 40 ms a price.
ql::ext::shared_ptr<ql::QdFpIterationScheme> preciseScheme();

/// FdHestonVanillaEngine by Hundsdorfer and Verwer's scheme with two damping steps.
ql::ext::shared_ptr<ql::PricingEngine> hestonGridEngine(const FlatMarket& flat, const HestonParameters& parameters,
                                                        const HestonGrid& grid);

inline ql::Handle<ql::Quote> quote(double value)
{
    return ql::Handle<ql::Quote>(ql::ext::make_shared<ql::SimpleQuote>(value));
}

/// First derivative of `price` at x by five points a step apart: fourth order.
template<class Price>
double slope(Price price, double x, double step)
{
    return (8 * (price(x + step) - price(x - step)) - (price(x + 2 * step) - price(x - 2 * step))) / (12 * step);
}

/// Greeks of an engine that gives a price alone. `price` takes a market and years.
///   deviation  of the log spot at expiry: the steps in spot are a two-hundredth of it
template<class Price>
Greeks byDifferences(Price price, const MarketPoint& market, double years, double deviation)
{
    const auto atSpot = [&](double spot) { return price(MarketPoint{spot, market.rate, market.dividendYield}, years); };
    const double step = 0.005 * market.spot * (deviation < 1 ? deviation : 1);
    const double far = atSpot(market.spot - 2 * step);
    const double near = atSpot(market.spot - step);
    const double here = atSpot(market.spot);
    const double up = atSpot(market.spot + step);
    const double top = atSpot(market.spot + 2 * step);
    Greeks out;
    out.price = here;
    out.delta = (8 * (up - near) - (top - far)) / (12 * step);
    out.gamma = (16 * (up + near) - (top + far) - 30 * here) / (12 * step * step);
    out.theta = -slope([&](double term) { return price(market, term); }, years, 0.005 * years);
    out.rho = slope([&](double rate) { return price(MarketPoint{market.spot, rate, market.dividendYield}, years); },
                    market.rate, 1e-3);
    return out;
}

} // namespace vegadesk::pricing::reference
