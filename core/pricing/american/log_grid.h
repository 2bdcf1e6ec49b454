#pragma once

#include "pricing/american/cash_dividends.h"

#include <span>

namespace vegadesk::pricing::american_detail
{

struct GridProblem {
    Right right = Right::Put;
    MarketPoint market;
    double strike = 0, years = 0, vol = 0;
    bool isAmerican = true;
    std::span<const CashDividend> dividends; ///< in order, each inside (0, years), amounts positive
};

struct GridValue {
    double price = 0, delta = 0, gamma = 0;
};

struct GridSize {
    int points; ///< in ln spot; even, at most 4,096
    int steps;  ///< in time, shared out among the intervals between dividends
};

/// Crank-Nicolson in ln spot with four implicit half steps after expiry and after each ex-date, steps that grow
/// quadratically from there (they restore the second order that a moving exercise boundary takes away), and exercise by
/// policy iteration, which needs no guess about where the exercise region lies. Twice with the grid halved, and
/// extrapolated. No allocation. NaN where spot, strike, carry and deviation span more than e^300.
GridValue valueOnGrid(const GridProblem& problem, GridSize size) noexcept;

/// Prices and deltas at many spots from one solution, which is laid about problem.market.spot.
/// Shapes  all of one length.
/// Errors  as valueOnGrid(); NaN for a spot beyond the grid: seven deviations from problem.market.spot and three from the strike.
void valuesOnGrid(const GridProblem& problem, GridSize size, std::span<const double> spots, std::span<double> prices,
                  std::span<double> deltas) noexcept;

} // namespace vegadesk::pricing::american_detail
