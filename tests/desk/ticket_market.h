#pragma once

#include "desk/ticket_evaluator.h"
#include "pricing/black_scholes.h"

#include <cmath>
#include <cstdlib>
#include <string>

/// XYZ at 100 with options of one expiry at every strike from 80 to 120, priced by Black-Scholes: "C105", "P95".
namespace vegadesk::testing
{

inline constexpr double spot = 100;
inline constexpr double years = 0.1;
inline constexpr double volatility = 0.25;
inline constexpr base::Date expiry = base::makeDate(2027, 1, 15);
inline constexpr base::Date today = base::makeDate(2026, 12, 9);

inline risk::InstrumentState optionState(market::Right right, int strike)
{
    risk::InstrumentState state;
    state.symbol = std::string(right == market::Right::Call ? "C" : "P") + std::to_string(strike);
    state.underlying = "XYZ";
    state.option = market::OptionTerms{"XYZ", expiry, right, base::Decimal::fromInteger(strike)};
    state.years = years;
    state.spot = spot;
    state.volatility = volatility;
    const double fair = pricing::blackScholesPrice(right, {spot, 0, 0}, strike, years, volatility);
    state.quote = {fair - 0.05, fair + 0.05, 10, 10, {}};
    return state;
}

/// The underlying itself.
inline desk::InstrumentLookup shares()
{
    return [](const std::string& symbol) {
        risk::InstrumentState state;
        state.symbol = state.underlying = symbol;
        state.type = market::InstrumentType::Equity;
        state.multiplier = 1;
        state.spot = spot;
        state.quote = {spot - 0.01, spot + 0.01, 100, 100, {}};
        return std::optional(state);
    };
}

inline portfolio::OrderIntent order(std::initializer_list<portfolio::OrderLeg> legs)
{
    portfolio::OrderIntent intent;
    intent.underlying = "XYZ";
    intent.legs = legs;
    return intent;
}

inline portfolio::OrderLeg leg(const std::string& symbol, portfolio::Action action, std::int64_t quantity)
{
    return {symbol, market::InstrumentType::EquityOption, action, quantity};
}

inline bool near(double actual, double expected, double tolerance)
{
    return std::abs(actual - expected) <= tolerance;
}

inline desk::InstrumentLookup lookup()
{
    return [](const std::string& symbol) -> std::optional<risk::InstrumentState> {
        if (symbol == "XYZ")
            return shares()(symbol);
        const int strike = std::atoi(symbol.c_str() + 1);
        if (strike < 80 || strike > 120)
            return std::nullopt;
        return optionState(symbol.front() == 'C' ? market::Right::Call : market::Right::Put, strike);
    };
}

} // namespace vegadesk::testing
