#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

namespace vegadesk::backtest
{

/// The places of the `most` largest of `count` things, whatever their sign, in their own order; what is not finite comes last.
inline std::vector<std::size_t> largest(std::size_t count, std::size_t most,
                                        const std::function<double(std::size_t)>& sizeOf)
{
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), std::size_t{0});
    const auto size = [&](std::size_t place) {
        const double value = std::abs(sizeOf(place));
        return std::isfinite(value) ? value : -1;
    };
    std::ranges::stable_sort(places, std::greater{}, size);
    places.resize(std::min(count, most));
    std::ranges::sort(places);
    return places;
}

} // namespace vegadesk::backtest
