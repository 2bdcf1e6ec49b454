#pragma once

#include "desk/sweep_views.h"

#include <optional>
#include <string_view>
#include <vector>

/// What a sweep's runs say together: which is best, how they lie on a map, and whether the best stands alone.
namespace vegadesk::desk
{

/// Whether less of a figure is better: a drawdown, a loss, what was paid. Figures that are no merit at all (trades, days) count as more.
bool isLessBetter(std::string_view metric);
/// Of `report`'s metrics; empty: it has none of that name.
std::optional<std::size_t> metricPlace(const SweepReport& report, std::string_view id);
/// NaN where the run has no figures.
double figureOf(const SweepRun& run, std::size_t metric);
/// The run with the best figure, the first of equals; empty: none has one. Better than any figure is one that is not known since
/// nothing was lost, see backtest::rankOf().
std::optional<std::size_t> bestRun(const SweepReport& report, std::size_t metric);
/// Whether an axis's values are numbers, which have neighbours; words have none.
bool isOrdered(const SweepAxis& axis);

struct SweepMapChoice {
    std::size_t metric = 0;
    std::size_t across = 0;                          ///< axis
    std::optional<std::size_t> up{};                 ///< axis; empty: one row
    std::vector<std::optional<std::size_t>> fixed{}; ///< value of each other axis; empty: whichever is best in its cell
};
/// One metric over two axes.
struct SweepMap {
    std::size_t across = 0, up = 0;
    std::vector<std::optional<std::size_t>>
        runs; ///< of each cell, rows from below, ranked as bestRun(); empty: no run is there, or it has no figure

    std::optional<std::size_t> run(std::size_t x, std::size_t y) const { return runs[y * across + x]; }
};
SweepMap mapOf(const SweepReport& report, const SweepMapChoice& choice);

/// How a run stands among those one step away: the next value of one number, or another word, all else equal.
struct Neighbourhood {
    std::size_t count = 0;   ///< neighbours with a figure
    double median = unknown; ///< of their figures
    double medianOfAll = unknown;
    /// More than half of what it is ahead of the median run is gone one step away: rather luck than a plateau.
    bool isAlone = false;
};
/// Empty with fewer than neighbourhoodRunsLeast figures or without a neighbour: then nothing can be said.
inline constexpr std::size_t neighbourhoodRunsLeast = 9;
std::optional<Neighbourhood> neighbourhoodOf(const SweepReport& report, std::size_t metric, std::size_t run);

} // namespace vegadesk::desk
