#pragma once

#include "pricing/black_scholes.h"

#include <array>
#include <cmath>
#include <cstddef>

/// What networks see of an American option on a lognormal share with a yield and one cash dividend, as formulas over any number.
namespace vegadesk::learning::american_form
{

/// moneyness and dividend over the strike; dividendAt over the life.
template<class T>
struct Inputs {
    T moneyness, years, rate, dividendYield, vol, dividend, dividendAt;
};

inline constexpr std::size_t featureCount = 10;

/// What the dividend takes from the spot now.
template<class T>
T presentDividend(const Inputs<T>& in)
{
    using std::exp;
    return in.dividend * exp(-(in.rate - in.dividendYield) * in.dividendAt * in.years);
}

template<class T>
T logForward(const Inputs<T>& in)
{
    using std::log;
    return log(in.moneyness - presentDividend(in)) + (in.rate - in.dividendYield) * in.years;
}

/// The spot at which the forward is so many deviations from the strike.
inline double moneynessAt(double deviations, const Inputs<double>& in)
{
    return std::exp(deviations * in.vol * std::sqrt(in.years) - (in.rate - in.dividendYield) * in.years) +
           presentDividend(in);
}

/// d moneynessAt / d deviations.
inline double spotByDeviation(const Inputs<double>& in)
{
    return (in.moneyness - presentDividend(in)) * in.vol * std::sqrt(in.years);
}

template<class T>
std::array<T, featureCount> features(const Inputs<T>& in)
{
    using std::log;
    using std::sqrt;
    const T deviation = in.vol * sqrt(in.years);
    const T rate = in.rate * in.years, yield = in.dividendYield * in.years;
    return {logForward(in) / deviation,
            deviation,
            log(deviation),
            rate,
            yield,
            rate / (rate + deviation),
            yield / (yield + deviation),
            in.dividend,
            in.dividend / (in.dividend + 0.1 * deviation),
            in.dividendAt};
}

/// The strike that a part of the dividend is added to, and the spot that the rest is taken from, over the strike.
template<class T>
struct Shared {
    T spot, strike;
};

/// Source  Bos and Vandermark, "Finessing fixed dividends" (2002): what is paid late moves the strike, what is paid early the spot.
template<class T>
Shared<T> shared(const Inputs<T>& in)
{
    using std::exp;
    const T present = presentDividend(in);
    const T carry = exp((in.rate - in.dividendYield) * in.years);
    return {in.moneyness - (1.0 - in.dividendAt) * present, 1.0 + in.dividendAt * present * carry};
}

inline double europeanPrice(pricing::Right right, const Inputs<double>& in)
{
    const auto [spot, strike] = shared(in);
    return pricing::blackScholesPrice(right, {spot, in.rate, in.dividendYield}, strike, in.years, in.vol);
}

/// About what exercise on any day can be worth: the interest on the strike, or what the share pays.
template<class T>
T weight(pricing::Right right, const Inputs<T>& in)
{
    using std::exp;
    if (right == pricing::Right::Put)
        return 1.0 - exp(-in.rate * in.years) + 0.2 * in.dividend;
    return in.moneyness * (1.0 - exp(-in.dividendYield * in.years)) + in.dividend + 0.002;
}

} // namespace vegadesk::learning::american_form
