#pragma once

#include "market/instrument.h"
#include "pricing/black_scholes.h"

#include <optional>
#include <span>
#include <vector>

namespace vegadesk::pricing
{

/// A position in one option or in the underlying itself, as far as its value is concerned.
struct ValuationLeg {
    std::optional<Right> right; ///< none: the underlying
    double strike = 0;          ///< options only, as are the next two
    double years = 0;           ///< from now to expiry, ACT/365
    double vol = 0;
    double quantity = 0;                                           ///< contracts or shares, negative when short
    double multiplier = 1;                                         ///< shares or index dollars per contract
    market::ExerciseStyle style = market::ExerciseStyle::European; ///< of its value before expiry, and so of its vol
};

/// A changed world: time has passed and volatilities have moved.
struct Scenario {
    double yearsElapsed = 0;
    double volatilityFactor = 1; ///< vol becomes max(0, vol * factor + shift)
    double volatilityShift = 0;
};
/// That. NaN stays NaN.
double volatilityUnder(const Scenario& scenario, double vol) noexcept;

/// Value of the legs in dollars under a scenario; legs past their expiry are worth their intrinsic value at
/// the scenario's spot. Black-Scholes with the market's rates, american() for legs of that style. Errors  NaN when an
/// input is outside blackScholes()' ranges.
double valueOf(std::span<const ValuationLeg> legs, const MarketPoint& market, const Scenario& scenario) noexcept;

/// The same at other spots (`market.spot` is not used). Shapes: values has the length of spots.
void valuesOver(std::span<const double> spots, std::span<const ValuationLeg> legs, const MarketPoint& market,
                const Scenario& scenario, std::span<double> values);

/// Position Greeks in dollars: each leg's per-share figure times quantity and multiplier, summed. Errors  as valueOf().
Greeks greeksOf(std::span<const ValuationLeg> legs, const MarketPoint& market, const Scenario& scenario) noexcept;

/// What a position can make and lose at its first expiry.
struct PayoffSummary {
    std::optional<double> maxProfit; ///< dollars; none: unlimited. Negative when every outcome loses
    std::optional<double> maxLoss;   ///< dollars lost, positive; none: unlimited. Negative when every outcome gains
    std::vector<double> breakEvens;  ///< spots where profit changes sign, ascending
    double years = 0;                ///< from now to that expiry
    bool isExact = true;             ///< false when a leg lives on: its value then is the model's and the figures are
                                     ///< searched for
};

/// `cost` is what the position cost in dollars, negative for a credit; profit is value at the first expiry
/// less cost. Exact for legs of one expiry: a piecewise linear payoff has its extremes at strikes, at zero
/// and at infinity. Errors  BadInput naming the field for an empty position or a leg outside its range.
base::Result<PayoffSummary> summarisePayoff(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market);

/// Probability that the profit at the first expiry is positive when the spot is lognormal about its forward
/// with volatility `vol` until then. Errors as summarisePayoff(), and vol <= 0.
base::Result<double> probabilityOfProfit(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market,
                                         double vol);

} // namespace vegadesk::pricing
