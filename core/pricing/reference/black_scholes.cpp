#include "pricing/reference/quantlib.h"
#include "pricing/reference/session.h"

#include <cmath>
#include <limits>
#include <ql/pricingengines/blackformula.hpp>
#include <ql/pricingengines/blackscholescalculator.hpp>

namespace vegadesk::pricing::reference
{

namespace
{

ql::BlackScholesCalculator calculatorAt(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    return {ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike), market.spot,
            std::exp(-market.dividendYield * years), vol * std::sqrt(years), std::exp(-market.rate * years)};
}

} // namespace

base::Result<Greeks> blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const ql::BlackScholesCalculator calculator = calculatorAt(right, market, strike, years, vol);
        return Greeks{calculator.value(),     calculator.delta(),      calculator.gamma(),
                      calculator.vega(years), calculator.theta(years), calculator.rho(years)};
    });
}

base::Result<SecondOrder> blackScholesSecondOrder(Right right, const MarketPoint& market, double strike, double years,
                                                  double vol)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const auto deltaAt = [&](double term, double level) {
            return calculatorAt(right, market, strike, term, level).delta();
        };
        const double step = 1e-3;
        SecondOrder out;
        out.rhoYield = calculatorAt(right, market, strike, years, vol).dividendRho(years);
        out.vanna = slope([&](double level) { return deltaAt(years, level); }, vol, step * vol);
        out.volga = slope([&](double level) { return calculatorAt(right, market, strike, years, level).vega(years); },
                          vol, step * vol);
        out.charm = -slope([&](double term) { return deltaAt(term, vol); }, years, step * years);
        return out;
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

} // namespace vegadesk::pricing::reference
