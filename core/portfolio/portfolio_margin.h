#pragma once

#include "base/error.h"
#include "portfolio/margin.h"

#include <span>

namespace vegadesk::portfolio
{

/// How far a price is moved, as a fraction of it: -0.25 and 0.20 are 25 % down and 20 % up.
struct PriceMoves {
    double down = 0; ///< above -1 and below 0
    double up = 0;   ///< above 0

    friend bool operator==(const PriceMoves&, const PriceMoves&) = default;
};

/// The broker's own moves. They are floors: the broker moves what is concentrated or volatile further.
namespace house_moves
{
inline constexpr PriceMoves index{-0.20, 0.15};
inline constexpr PriceMoves equity{-0.25, 0.20};
inline constexpr PriceMoves smallBiotech{-0.50, 1.00};
} // namespace house_moves

/// What the regulator asks of every broker.
namespace regulatory_moves
{
inline constexpr PriceMoves highCapIndex{-0.08, 0.06};
inline constexpr PriceMoves broadIndex{-0.10, 0.10};
inline constexpr PriceMoves equity{-0.15, 0.15};
} // namespace regulatory_moves

/// One instrument of a class, with what its value hangs on.
struct PortfolioMarginLeg {
    MarginLeg leg;                       ///< its mark is not looked at
    double years = 0;                    ///< to expiry, ACT/365, >= 0; options only, as are the next two
    double volatility = market::unknown; ///< implied, per year, >= 0; held while the price moves
    market::ExerciseStyle style =
        market::ExerciseStyle::European; ///< an American option is worth its exercise at least
};

/// One class: an underlying and everything on it.
struct PortfolioMarginClass {
    double spot = market::unknown;      ///< > 0
    double rate = 0, dividendYield = 0; ///< continuous, per year
    PriceMoves moves = house_moves::equity;
    double stress = 1; ///< of the moves, > 0; the broker takes beforeEarnings
    std::span<const PortfolioMarginLeg> legs;
};

/// How much further the broker moves a price that earnings are ahead of.
inline constexpr double beforeEarnings = 1.5;

/// Cash, positive.
struct PortfolioMargin {
    double worstLoss = 0; ///< over the price points; 0 where none of them loses
    double worstMove = 0; ///< the move that it comes of, as a fraction of spot; 0 where there is none
    double minimum = 0;   ///< for short options that nothing covers

    double requirement() const { return worstLoss > minimum ? worstLoss : minimum; }
};

/// An estimate of what a portfolio-margin account must have for one class.
///
/// Method  the worst loss of all legs together over ten prices, five equal steps down and five up, by full revaluation with
///         Black-Scholes at volatilities that do not change; no less than 0.5 % of the underlying's value for each short option
///         that nothing covers (Uncovered). That is TIMS's method with the broker's moves.
/// Limits  losses are measured in model values, now as then. A class gains nothing from another: what a clearing house sets
///         off between correlated classes is not given, so a book asks for the sum of its classes, which is too much for
///         a hedged one. What the broker adds for concentration is not in it either, nor are moves of volatility. The broker's
///         own figures (its margin dry run) go before it.
/// Errors  names the field that is not in its range: a price, a rate, a move, the stress, or a leg's years, volatility or strike.
/// Source  OCC's customer portfolio margin and SEC release 34-46576 for the method and the regulatory moves, the broker's
///         published house rules, as collected in the domain reference, B3, whose computed example is a test.
base::Result<PortfolioMargin> portfolioMarginOf(const PortfolioMarginClass& held);

} // namespace vegadesk::portfolio
