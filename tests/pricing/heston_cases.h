#pragma once

#include "base/random.h"
#include "pricing/heston/heston.h"

#include <QString>

#include <cmath>
#include <functional>
#include <string>

namespace heston_cases
{

using namespace vegadesk;
using namespace vegadesk::pricing;

struct Case {
    Right right = Right::Call;
    MarketPoint market{100, 0.03, 0.01};
    double strike = 100, years = 1;
    HestonParameters model{0.04, 1.5, 0.06, 0.6, -0.7};

    HestonValue value() const { return heston(right, market, strike, years, model); }
    double price() const { return hestonPrice(right, market, strike, years, model); }
    double forward() const { return market.spot * std::exp((market.rate - market.dividendYield) * years); }
    double spotLeg() const { return market.spot * std::exp(-market.dividendYield * years); }
    double strikeLeg() const { return strike * std::exp(-market.rate * years); }
    std::string text() const
    {
        return QStringLiteral("%1 S=%2 K=%3 T=%4 r=%5 q=%6 v0=%7 kappa=%8 theta=%9 ")
                   .arg(right == Right::Call ? "call" : "put")
                   .arg(market.spot, 0, 'g', 17)
                   .arg(strike, 0, 'g', 17)
                   .arg(years, 0, 'g', 17)
                   .arg(market.rate, 0, 'g', 17)
                   .arg(market.dividendYield, 0, 'g', 17)
                   .arg(model.v0, 0, 'g', 17)
                   .arg(model.kappa, 0, 'g', 17)
                   .arg(model.theta, 0, 'g', 17)
                   .toStdString() +
               QStringLiteral("sigma=%1 rho=%2").arg(model.sigma, 0, 'g', 17).arg(model.rho, 0, 'g', 17).toStdString();
    }
};

inline double meanVol(const Case& each)
{
    const double decay = each.model.kappa * each.years;
    const double share = decay > 0 ? -std::expm1(-decay) / decay : 1;
    return std::sqrt(each.model.theta + (each.model.v0 - each.model.theta) * share);
}

/// What equity options are fitted with: a week to two years, within three deviations.
inline Case randomCase(base::Generator& generator)
{
    Case out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.market = {generator.uniform(20, 500), generator.uniform(-0.02, 0.08), generator.uniform(-0.01, 0.05)};
    out.years = generator.uniform(7.0 / 365, 2);
    out.model = {generator.uniform(0.01, 0.2), generator.uniform(0.3, 8), generator.uniform(0.01, 0.2),
                 generator.uniform(0.1, 1.5), generator.uniform(-0.9, 0.5)};
    out.strike = out.forward() * std::exp(generator.uniform(-3, 3) * meanVol(out) * std::sqrt(out.years));
    return out;
}

} // namespace heston_cases
