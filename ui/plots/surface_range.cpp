#include "ui/plots/surface_range.h"

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
constexpr double highestDrawn = 0.93; ///< of all cells, in order
constexpr double leastSpan = 0.01;
} // namespace

std::pair<double, double> drawnRange(const desk::SurfaceView& view, std::span<const std::size_t> rows)
{
    std::vector<double> all;
    for (const std::size_t row : rows)
        all.insert(all.end(), view.slices[row].fit.begin(), view.slices[row].fit.end());
    if (all.empty())
        return {0, 1};
    std::ranges::sort(all);
    const double low = all.front();
    const double high = all[static_cast<std::size_t>(highestDrawn * static_cast<double>(all.size() - 1))];
    return {low, std::max(high, low + leastSpan)};
}

} // namespace vegadesk::ui
