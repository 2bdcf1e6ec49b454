#include "pricing/reference/quantlib.h"
#include "pricing/reference/session.h"

#include <cmath>
#include <ql/math/distributions/poissondistribution.hpp>
#include <ql/pricingengines/blackscholescalculator.hpp>

namespace vegadesk::pricing::reference
{

// JumpDiffusionEngine stops summing where a term adds nothing, which before the first jump of an option far out of the
// money is at once; so the sum is made here.
base::Result<Greeks> merton(Right right, const MarketPoint& market, double strike, double years, double vol,
                            const JumpParameters& jumps)
{
    if (const auto checked = checkForQuantLib(market, strike, years, vol); !checked)
        return tl::make_unexpected(checked.error());
    return guarded([&] {
        const double jumpVariance = jumps.deviation * jumps.deviation;
        const double logGrowth = jumps.mean + 0.5 * jumpVariance; // of the expected share, a jump
        const double compensator = std::expm1(logGrowth);
        const double expected = jumps.intensity * years;
        const auto termCount = static_cast<unsigned>(std::ceil(expected + 12 * std::sqrt(expected) + 30));
        const auto payoff = ql::ext::make_shared<ql::PlainVanillaPayoff>(toQuantLib(right), strike);
        const ql::PoissonDistribution chance(expected);
        Greeks out{0, 0, 0, 0, 0, 0};
        double afterOneJump = 0; // expected value if a jump came now
        for (unsigned jumpCount = 0; jumpCount <= termCount; ++jumpCount) {
            const double growth = std::exp(jumpCount * logGrowth - expected * compensator);
            const double deviation = std::sqrt(vol * vol * years + jumpCount * jumpVariance);
            const ql::BlackScholesCalculator term(payoff, market.spot * growth, std::exp(-market.dividendYield * years),
                                                  deviation, std::exp(-market.rate * years));
            const double weight = chance(jumpCount);
            out.price += weight * term.value();
            out.delta += weight * growth * term.delta();
            out.gamma += weight * growth * growth * term.gamma();
            out.vega += weight * term.vega(years) * vol * std::sqrt(years) / deviation;
            if (jumpCount > 0)
                afterOneJump += chance(jumpCount - 1) * term.value();
        }
        const double drift = market.rate - market.dividendYield - jumps.intensity * compensator;
        out.theta = market.rate * out.price - drift * market.spot * out.delta -
                    0.5 * vol * vol * market.spot * market.spot * out.gamma -
                    jumps.intensity * (afterOneJump - out.price);
        out.rho = years * (market.spot * out.delta - out.price);
        return out;
    });
}

} // namespace vegadesk::pricing::reference
