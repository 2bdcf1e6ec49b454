#pragma once

#include "base/error.h"
#include "market/instrument.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/black_scholes.h"
#include "pricing/heston/heston.h"

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

/// QuantLib behind one lock: its settings are global and its observers are not thread-safe in the packaged
/// build. Conventions are pricing's own (vega per 1.00, theta per year, ACT/365 years, any number of them). For checks
/// and comparisons; nothing on a hot path calls it.
///
/// Errors of all: BadInput as pricing::checkInputs(), and years or vol of zero, which QuantLib's formulas do not take;
/// Internal with QuantLib's own words for anything it throws.
namespace vegadesk::pricing::reference
{

/// QuantLib's Black-Scholes calculator.
base::Result<Greeks> blackScholes(Right right, const MarketPoint& market, double strike, double years, double vol);

/// What the calculator knows of the yield, and by differences of its delta and vega what it does not give itself.
struct SecondOrder {
    double rhoYield = 0; ///< d price / d yield: the calculator's
    double vanna = 0;    ///< d delta / d vol: five-point difference
    double volga = 0;    ///< d vega / d vol: five-point difference
    double charm = 0;    ///< d delta per year of time passing: five-point difference
};
base::Result<SecondOrder> blackScholesSecondOrder(Right right, const MarketPoint& market, double strike, double years,
                                                  double vol);

/// QuantLib's blackFormula over a strip, one lock for all. Shapes: vols and prices have the length of
/// strikes.
base::Result<void> blackFormulaStrip(Right right, const MarketPoint& market, double years,
                                     std::span<const double> strikes, std::span<const double> vols,
                                     std::span<double> prices);

/// QuantLib's blackFormulaImpliedStdDev over a strip at accuracy 1e-12; NaN where it finds none.
base::Result<void> impliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                          std::span<const double> strikes, std::span<const double> prices,
                                          std::span<double> vols);

/// Merton's jumps: their logarithm is normal with this mean and deviation.
struct JumpParameters {
    double intensity = 0; ///< jumps a year
    double mean = 0;
    double deviation = 0;
};

/// QuantLib's Black-Scholes calculator and Poisson weights summed over the number of jumps (its JumpDiffusionEngine ends
/// its own sum too early in the wings). Greeks from the same sum, vega to the diffusion's volatility; theta from the
/// pricing equation.
base::Result<Greeks> merton(Right right, const MarketPoint& market, double strike, double years, double vol,
                            const JumpParameters& jumps);

/// Price, Greeks (vega is to the volatility now, with the variance's root: 2 sqrt(v0) d price / d v0) and the
/// derivatives to the five parameters.
struct HestonValue {
    Greeks greeks;
    double byV0 = 0, byKappa = 0, byTheta = 0, bySigma = 0, byRho = 0;
};

/// AnalyticHestonEngine with Andersen and Piterbarg's control variate and 4,000 trapezoids, of its settings the most
/// accurate on values/heston.csv; everything but the price by five-point differences.
base::Result<HestonValue> heston(Right right, const MarketPoint& market, double strike, double years,
                                 const HestonParameters& parameters);

/// Points of QuantLib's finite differences under Heston's model.
struct HestonGrid {
    std::size_t times = 0, spots = 0, variances = 0;
};

/// FdHestonVanillaEngine by Hundsdorfer and Verwer's scheme with two damping steps, on this grid 3e-5 to 7e-5 of the strike
/// too low; delta, gamma and theta are the grid's, vega and rho five-point differences. Half a second a solution, nine of
/// them with Greeks.
inline constexpr HestonGrid referenceHestonGrid{200, 400, 50};
base::Result<Greeks> americanHeston(Right right, const MarketPoint& market, double strike, double years,
                                    const HestonParameters& parameters);
/// The price alone, on a grid of one's own.
base::Result<double> americanHestonPrice(Right right, const MarketPoint& market, double strike, double years,
                                         const HestonParameters& parameters,
                                         const HestonGrid& grid = referenceHestonGrid);

/// BatesEngine with 192 Laguerre nodes; everything but the price by five-point differences. It takes no intensity of 0.
base::Result<Greeks> bates(Right right, const MarketPoint& market, double strike, double years,
                           const HestonParameters& parameters, const JumpParameters& jumps);

/// QdFpAmericanEngine with more nodes and iterations than its own schemes, and finite differences where it does not
/// apply (no or two exercise boundaries). Greeks by five-point differences, in the spot meaningless within a hundredth
/// of a deviation of the boundary.
base::Result<Greeks> american(Right right, const MarketPoint& market, double strike, double years, double vol);

/// Under the spot model by QuantLib's finite differences, 800 by 1,600 points: good to 1e-3. delta, gamma and theta are the
/// grid's, vega and rho five-point differences. Dividends in order of time, none at or after expiry.
base::Result<Greeks> withDividends(Right right, market::ExerciseStyle style, const MarketPoint& market, double strike,
                                   double years, double vol, std::span<const CashDividend> dividends);

} // namespace vegadesk::pricing::reference
