#pragma once

#include "portfolio/marking.h"
#include "pricing/american/american.h"

#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

using portfolio::MarkedPosition;
using portfolio::Marking;

inline base::Decimal dollars(double value)
{
    return base::Decimal::fromDouble(value).value();
}

inline MarkedPosition option(market::Right right, double strike, int quantity,
                             base::Date expiry = base::makeDate(2024, 4, 19))
{
    MarkedPosition held;
    held.option = market::OptionTerms{"XYZ", expiry, right, dollars(strike)};
    held.symbol = (right == market::Right::Call ? "C" : "P") + std::to_string(strike) + base::formatDate(expiry);
    held.underlying = "XYZ";
    held.quantity = quantity;
    held.multiplier = 100;
    held.style = market::ExerciseStyle::European;
    return held;
}

inline MarkedPosition shares(int quantity)
{
    MarkedPosition held;
    held.symbol = held.underlying = "XYZ";
    held.quantity = quantity;
    return held;
}

/// At its model's price, in the market given.
inline MarkedPosition priced(MarkedPosition held, double spot, double volatility, double years, double rate = 0.03,
                             double dividendYield = 0.01)
{
    held.spot = spot;
    held.rate = rate;
    held.dividendYield = dividendYield;
    held.mark = spot;
    if (held.option) {
        held.years = years;
        held.volatility = volatility;
        const pricing::MarketPoint market{spot, rate, dividendYield};
        const double strike = held.option->strike.toDouble();
        held.mark = held.style == market::ExerciseStyle::American
                        ? pricing::americanPrice(held.option->right, market, strike, years, volatility)
                        : pricing::blackScholesPrice(held.option->right, market, strike, years, volatility);
    }
    return held;
}

inline Marking marking(std::vector<MarkedPosition> positions, int minute)
{
    return {base::fromUnixMillis(60'000LL * (minute + 1)), std::move(positions)};
}

} // namespace vegadesk::tests
