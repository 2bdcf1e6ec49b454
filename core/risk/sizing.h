#pragma once

#include "market/instrument.h"
#include "market/quote.h"

#include <cstdint>
#include <span>

/// How large a position may be. Whatever is not known makes it none, and nothing is ever rounded up.
namespace vegadesk::risk
{

/// Volatility per year of exponentially weighted daily moves of `closes`, oldest first, the newest counting most.
/// Errors  NaN with fewer than 11 closes, one that is not positive, or a decay outside (0, 1).
/// Source  RiskMetrics technical document (1996), section 5.2: zero mean, the first move's square starts the recursion.
double ewmaVolatility(std::span<const double> closes, double decay = 0.94);

struct VolatilityTarget {
    double target = 0.10;       ///< per year, > 0
    double least = 0, most = 2; ///< bounds of the answer, 0 <= least <= most
};
/// Notional over equity that brings a position of volatility `sigma` to the target, within the bounds. 0 where sigma is not
/// known or not positive, or the settings are not in order: the lower bound is no reason to trade blindly.
double sizeForVolatility(double sigma, const VolatilityTarget& settings);

/// Largest part of the growth-optimal bet that is taken: of an edge that is only estimated, a quarter keeps almost half of the
/// growth for a sixteenth of the variance.
inline constexpr double kellyPartMost = 0.25;

/// Growth-optimal part of wealth on a bet that wins `odds` times the stake with probability `win` and loses it otherwise:
/// (b p − q) / b. 0 where the edge is not positive; NaN where win is outside [0, 1] or odds not positive.
/// Source  Kelly (1956).
double kellyBinary(double win, double odds);
/// μ / σ² of a return with that mean above the riskless rate and that volatility, of one horizon. 0 where the mean is not
/// positive; NaN where a figure is not finite or the volatility not positive.
/// Source  Merton (1969) with logarithmic utility.
double kellyContinuous(double excessReturn, double volatility);
/// The mean of `count` returns of mean `mean` and deviation `deviation`, after a prior belief of no edge whose deviation is
/// `priorDeviation`: what is seen, weighed against how often chance alone would show it. NaN where a figure is not positive.
double shrunkMean(double mean, double deviation, double count, double priorDeviation);
/// `part` of a Kelly bet, part held to (0, kellyPartMost], and to the whole of wealth. 0 where either is not known.
double cappedKelly(double kelly, double part = kellyPartMost);
/// Growth of betting `part` of Kelly's size, as a fraction of the optimum's: c (2 − c).
constexpr double kellyGrowth(double part)
{
    return part * (2 - part);
}

/// What one contract may cost, in cash, and what may be spent. A figure that is NaN is not known and allows nothing.
struct ContractRisk {
    double maxLoss = market::unknown;    ///< at expiry, > 0; infinite where it is not limited
    double stressLoss = market::unknown; ///< in the worst cell, >= 0
    double margin = market::unknown;     ///< requirement, >= 0
};
struct RiskBudget {
    double maxLoss = market::unknown, stress = market::unknown, margin = market::unknown; ///< cash, >= 0
    double contracts = market::unknown; ///< that liquidity bears: a share of daily volume and of what is quoted
    double multiplier = 1;              ///< of the market's regime, (0, 1]; scales the three budgets of cash
};

enum class SizeBound : std::uint8_t { None, Unknown, MaxLoss, Stress, Margin, Liquidity, Most };
struct Size {
    std::int64_t contracts = 0;
    SizeBound bound = SizeBound::None; ///< what held it there; Unknown: a figure is missing or makes no sense
};
/// Contracts that fit into every budget, floored, at most `most`. A maximum loss that is not limited fits into none.
Size contractsWithin(const ContractRisk& each, const RiskBudget& budget, std::int64_t most = 1'000'000);

/// Contracts that a market bears: that part of the volume of an average day, and of what is quoted on the side to be taken; the
/// lower of both. NaN where either is not known.
double liquidityBudget(double averageDailyVolume, double quotedSize, double volumePart = 0.01, double quotedPart = 0.5);

/// One standard deviation of the underlying until `days` from now, in its currency: S σ √(days / 365).
double expectedMove(double spot, double volatility, double days);
/// The strike whose Black-Scholes spot delta is `delta` in absolute value, off any grid.
/// Units   delta in (0, e^{−qT}); rates and volatility per year; years ACT/365.
/// Errors  NaN where there is none, or an input is out of its range.
double strikeForDelta(market::Right right, double spot, double volatility, double years, double rate,
                      double dividendYield, double delta);
/// Where implied volatility stands between the lowest and the highest of a year: 0 to 1, clipped. NaN where the year has no range.
double impliedVolatilityRank(double now, double lowest, double highest);

} // namespace vegadesk::risk
