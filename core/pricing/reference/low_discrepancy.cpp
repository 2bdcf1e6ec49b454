#include "pricing/reference/low_discrepancy.h"

#include <ql/math/randomnumbers/sobolrsg.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace vegadesk::pricing::reference
{

void sobolPoints(std::size_t dimensions, std::size_t first, std::span<double> out)
{
    QuantLib::SobolRsg points(dimensions);
    points.skipTo(static_cast<std::uint_least32_t>(first));
    for (std::size_t at = 0; at < out.size(); at += dimensions)
        std::ranges::copy(points.nextSequence().value, out.begin() + static_cast<std::ptrdiff_t>(at));
}

} // namespace vegadesk::pricing::reference
