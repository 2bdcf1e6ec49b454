#pragma once

#include "risk/risk_book.h"

#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <string>

namespace vegadesk::test
{

/// One underlying at 100: rate 4 %, yield 1 %, so that exercising a put early pays.
inline risk::RiskUnderlying riskUnderlying(const std::string& symbol = "ABC")
{
    risk::RiskUnderlying out;
    out.symbol = symbol;
    out.spot = 100;
    out.rate = 0.04;
    out.dividendYield = 0.01;
    out.beta = 1;
    return out;
}

inline risk::RiskPosition sharesOf(double quantity, std::size_t underlying = 0)
{
    risk::RiskPosition out;
    out.symbol = "ABC";
    out.underlying = underlying;
    out.quantity = quantity;
    return out;
}

/// Contracts of 100 shares, a quarter to expiry, at a volatility of 30 %.
inline risk::RiskPosition optionOf(market::Right right, double strike, double quantity,
                                   market::ExerciseStyle style = market::ExerciseStyle::European, double days = 91)
{
    risk::RiskPosition out;
    const char* const side = right == market::Right::Call ? "C" : "P";
    out.symbol = fmt::format("ABC   261218{}{:08d}", side, static_cast<int>(std::lround(strike * 1000)));
    out.quantity = quantity;
    out.multiplier = 100;
    out.option = market::OptionTerms{"ABC", base::Date{std::chrono::year{2026} / 12 / 18}, right,
                                     base::Decimal::fromUnits(std::llround(strike * 1e8))};
    out.style = style;
    out.years = days / 365;
    out.volatility = 0.3;
    return out;
}

inline risk::RiskBook bookOf(std::vector<risk::RiskPosition> positions)
{
    risk::RiskBook book;
    book.netLiquidation = 100'000;
    book.underlyings = {riskUnderlying()};
    book.positions = std::move(positions);
    return book;
}

/// Black-Scholes-Merton as in the textbook, to compare with.
inline double closedForm(market::Right right, double spot, double strike, double years, double vol, double rate,
                         double yield)
{
    const auto cdf = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
    const double deviation = vol * std::sqrt(years);
    const double d1 = (std::log(spot / strike) + (rate - yield) * years) / deviation + 0.5 * deviation;
    const double sign = right == market::Right::Call ? 1 : -1;
    return sign * (spot * std::exp(-yield * years) * cdf(sign * d1) -
                   strike * std::exp(-rate * years) * cdf(sign * (d1 - deviation)));
}

} // namespace vegadesk::test
