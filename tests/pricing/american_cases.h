#pragma once

#include "base/random.h"
#include "pricing/american/american.h"

#include <QString>

#include <cmath>
#include <string>

/// Random American options for the property tests.
namespace american_cases
{

namespace pricing = vegadesk::pricing;

struct Case {
    pricing::Right right = pricing::Right::Put;
    pricing::MarketPoint market;
    double strike = 0, years = 0, vol = 0;

    pricing::Greeks value() const { return pricing::american(right, market, strike, years, vol); }
    double price() const { return pricing::americanPrice(right, market, strike, years, vol); }
    double european() const { return pricing::blackScholesPrice(right, market, strike, years, vol); }
    double intrinsic() const
    {
        return std::max(0.0, right == pricing::Right::Call ? market.spot - strike : strike - market.spot);
    }
    /// Where exercise lies between two boundaries and prices come from a grid.
    bool isBetweenTwo() const
    {
        return right == pricing::Right::Put ? market.rate < 0 && market.dividendYield < market.rate
                                            : market.dividendYield < 0 && market.rate < market.dividendYield;
    }
    std::string text() const
    {
        return QStringLiteral("%1 S=%2 K=%3 T=%4 r=%5 q=%6 vol=%7")
            .arg(right == pricing::Right::Call ? "call" : "put")
            .arg(market.spot, 0, 'g', 17)
            .arg(strike, 0, 'g', 17)
            .arg(years, 0, 'g', 17)
            .arg(market.rate, 0, 'g', 17)
            .arg(market.dividendYield, 0, 'g', 17)
            .arg(vol, 0, 'g', 17)
            .toStdString();
    }
};

/// A day to 30 years, 5 % to 200 %, rates -2 % to 15 %, S/K 0.3 to 3: the ranges that american() states.
inline Case randomCase(vegadesk::base::Generator& generator)
{
    Case out;
    do {
        out.right = generator.integer(0, 1) == 0 ? pricing::Right::Call : pricing::Right::Put;
        out.market = {generator.uniform(5, 500), generator.uniform(-0.02, 0.15), generator.uniform(-0.02, 0.15)};
        out.years = std::exp(generator.uniform(std::log(1.0 / 365), std::log(30)));
        out.vol = std::exp(generator.uniform(std::log(0.05), std::log(2)));
        out.strike = out.market.spot * std::exp(generator.uniform(-std::log(3), std::log(3)));
    } while (out.isBetweenTwo());
    return out;
}

/// The largest size of each Greek over the spot, to judge errors by. Gamma has a second peak at the boundary, where it
/// jumps to what the pricing equation leaves for it: the value itself then counts.
struct Scales {
    double delta = 1, gamma, vega, theta, rho;

    explicit Scales(const Case& one)
        : gamma(0.4 / (one.market.spot * one.vol * std::sqrt(one.years))),
          vega(0.4 * one.strike * std::sqrt(one.years)),
          theta(one.strike * (0.2 * one.vol / std::sqrt(one.years) + std::abs(one.market.rate) +
                              std::abs(one.market.dividendYield))),
          rho(one.strike * one.years * std::exp(-std::abs(one.market.rate) * one.years))
    {
    }
};

} // namespace american_cases
