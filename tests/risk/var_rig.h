#pragma once

#include "base/random.h"
#include "risk/risk_book.h"
#include "risk/value_at_risk/factor_history.h"
#include "risk/value_at_risk/var_parametric.h"

#include <cmath>
#include <string>

/// Books and histories that are small enough to reason about.
namespace vegadesk::testing
{

/// Moves of normal distribution with constant deviations: spots share half of their variance, volatilities fall with their spot.
inline risk::FactorHistory normalHistory(std::size_t underlyings, std::size_t days, std::uint64_t seed,
                                         double deviation = 0.01, double volatilityNoise = 0.03)
{
    base::Generator generator(seed);
    risk::FactorHistory history;
    history.columns.resize(underlyings);
    for (std::size_t u = 0; u < underlyings; ++u)
        history.columns[u].underlying = "U" + std::to_string(u);
    for (std::size_t day = 0; day < days; ++day) {
        history.dates.push_back(base::makeDate(2015, 1, 1) + std::chrono::days(day));
        const double common = generator.normal();
        for (risk::FactorColumn& column : history.columns) {
            const double move = deviation * std::sqrt(0.5) * (common + generator.normal());
            column.spotReturns.push_back(move);
            column.volatilityReturns.push_back(-3 * move + volatilityNoise * generator.normal());
        }
    }
    return history;
}

inline risk::RiskBook emptyBook(std::size_t underlyings)
{
    risk::RiskBook book;
    for (std::size_t u = 0; u < underlyings; ++u) {
        risk::RiskUnderlying underlying;
        underlying.symbol = "U" + std::to_string(u);
        underlying.spot = 100;
        underlying.rate = 0.04;
        underlying.dividendYield = 0.01;
        book.underlyings.push_back(underlying);
    }
    return book;
}

inline void addShares(risk::RiskBook& book, std::size_t underlying, double quantity)
{
    risk::RiskPosition position;
    position.symbol = book.underlyings[underlying].symbol;
    position.underlying = underlying;
    position.quantity = quantity;
    book.positions.push_back(position);
}

inline void addOption(risk::RiskBook& book, std::size_t underlying, double contracts, market::Right right,
                      double strike, double days, double volatility = 0.2,
                      market::ExerciseStyle style = market::ExerciseStyle::American)
{
    risk::RiskPosition position;
    position.symbol = "option " + std::to_string(book.positions.size());
    position.underlying = underlying;
    position.quantity = contracts;
    position.multiplier = 100;
    market::OptionTerms terms;
    terms.root = book.underlyings[underlying].symbol;
    terms.right = right;
    terms.strike = base::Decimal::fromDouble(strike).value();
    position.option = terms;
    position.style = style;
    position.years = days / 365;
    position.volatility = volatility;
    book.positions.push_back(position);
}

/// By as many shares as its delta wants.
inline risk::RiskBook hedgedShortStraddle()
{
    risk::RiskBook book = emptyBook(1);
    addOption(book, 0, -10, market::Right::Call, 100, 30);
    addOption(book, 0, -10, market::Right::Put, 100, 30);
    const double delta = risk::deltaGammaOf(book).gradient(0) / 100;
    addShares(book, 0, -delta);
    return book;
}

/// Spreads, single legs of both styles and shares, in three underlyings.
inline risk::RiskBook mixedBook()
{
    risk::RiskBook book = emptyBook(3);
    addOption(book, 0, -5, market::Right::Put, 95, 30);
    addOption(book, 0, 5, market::Right::Put, 90, 30);
    addOption(book, 1, 4, market::Right::Call, 105, 9);
    addOption(book, 1, -3, market::Right::Put, 110, 180, 0.3);
    addOption(book, 2, 2, market::Right::Call, 100, 60, 0.25, market::ExerciseStyle::European);
    addShares(book, 2, -150);
    return book;
}

} // namespace vegadesk::testing
