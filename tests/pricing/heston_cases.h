#pragma once

#include "base/random.h"
#include "model_checks.h"
#include "pricing/heston/heston.h"

#include <QString>

#include <cmath>
#include <functional>
#include <string>

namespace heston_cases
{

using namespace vegadesk;
using namespace vegadesk::pricing;

struct Case : model_checks::Contract {
    HestonParameters model{0.04, 1.5, 0.06, 0.6, -0.7};

    HestonValue value() const { return heston(right, market, strike, years, model); }
    double price() const { return hestonPrice(right, market, strike, years, model); }
    std::string text() const
    {
        return Contract::text() + QStringLiteral("v0=%1 kappa=%2 theta=%3 sigma=%4 rho=%5")
                                      .arg(model.v0, 0, 'g', 17)
                                      .arg(model.kappa, 0, 'g', 17)
                                      .arg(model.theta, 0, 'g', 17)
                                      .arg(model.sigma, 0, 'g', 17)
                                      .arg(model.rho, 0, 'g', 17)
                                      .toStdString();
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
    out.randomise(generator);
    out.years = generator.uniform(7.0 / 365, 2);
    out.model = {generator.uniform(0.01, 0.2), generator.uniform(0.3, 8), generator.uniform(0.01, 0.2),
                 generator.uniform(0.1, 1.5), generator.uniform(-0.9, 0.5)};
    out.strike = out.forward() * std::exp(generator.uniform(-3, 3) * meanVol(out) * std::sqrt(out.years));
    return out;
}

} // namespace heston_cases
