#pragma once

#include "pricing/black_scholes.h"

#include <array>
#include <cmath>
#include <cstddef>

/// What networks see of an American option under Heston, as formulas over any number: doubles, and numbers that carry derivatives.
namespace vegadesk::learning::american_heston_form
{

/// Spot over strike by its logarithm; the rest as pricing::heston()'s.
template<class T>
struct Inputs {
    T logMoneyness, years, rate, dividendYield, v0, theta, kappa, sigma, rho;
};

inline constexpr std::size_t featureCount = 11;

/// Expected variance of the whole life, the square of a deviation of the log spot but for the correlation's part.
template<class T>
T variance(const Inputs<T>& in)
{
    using std::exp;
    const T pull = in.kappa * in.years;
    const T decay = (1.0 - exp(-pull)) / pull;
    return (in.theta + (in.v0 - in.theta) * decay) * in.years;
}

/// Of the forward from the strike.
template<class T>
T deviations(const Inputs<T>& in)
{
    using std::sqrt;
    return (in.logMoneyness + (in.rate - in.dividendYield) * in.years) / sqrt(variance(in));
}

/// The premium is a function of eight of them, as time can be measured in lives; the others bend these to where they matter. Only the
/// first knows the spot, and is straight in its logarithm.
template<class T>
std::array<T, featureCount> features(const Inputs<T>& in)
{
    using std::log;
    using std::sqrt;
    const T total = variance(in);
    const T deviation = sqrt(total);
    const T rate = in.rate * in.years, yield = in.dividendYield * in.years, pull = in.kappa * in.years;
    const T swing = in.sigma * in.years / deviation; // of the variance over a life, in variances
    return {(in.logMoneyness + rate - yield) / deviation,
            deviation,
            log(deviation),
            rate,
            yield,
            rate / (rate + deviation),
            yield / (yield + deviation),
            log(in.v0 * in.years / total),
            pull / (1.0 + pull),
            swing / (1.0 + swing),
            in.rho};
}

/// What exercise on any day can at most be worth beyond exercise at the end, over the strike: the interest on it, or the dividends.
template<class T>
T weight(pricing::Right right, const Inputs<T>& in)
{
    using std::exp;
    if (right == pricing::Right::Put)
        return 1.0 - exp(-in.rate * in.years);
    return exp(in.logMoneyness) * (1.0 - exp(-in.dividendYield * in.years));
}

} // namespace vegadesk::learning::american_heston_form
