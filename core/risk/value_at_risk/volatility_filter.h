#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vegadesk::risk
{

/// How a day's deviation is forecast from the moves before it.
enum class VolatilityFilter : std::uint8_t {
    Ewma, ///< an average of squares whose weights fall by a constant factor a day
    Garch ///< GARCH(1,1), fitted by likelihood with the moves' own variance as its long-run one
};

/// Forecasts of the deviations of daily moves whose mean is taken to be 0: [day] from the moves before that day alone, and one more,
/// of the day after the last.
///
/// Ewma    starts from the mean square of the first 20 moves, which are therefore no forecast; `decay` in (0, 1).
/// Garch   fitted anew after every `refitEvery` moves (0: once, on all of them, and then the forecasts know the future's parameters,
///         though not its moves); before the first fit as Ewma. On a grid that is refined about its best point, so that a fit
///         neither fails nor hangs.
/// Limits  never below 1e-8, so that moves may be divided by them.
/// Source  RiskMetrics technical document (1996); Bollerslev (1986), variance targeting of Engle and Mezrich (1996).
std::vector<double> forecastDeviations(std::span<const double> moves, VolatilityFilter filter, double decay,
                                       std::size_t refitEvery = 0);

struct GarchParameters {
    double longRun = 0; ///< variance
    double shock = 0;   ///< weight of the last square
    double memory = 0;  ///< weight of the last variance
};
/// With fewer than 60 moves: no shock and no memory, a constant.
GarchParameters fitGarch(std::span<const double> moves);

} // namespace vegadesk::risk
