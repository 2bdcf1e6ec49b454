#pragma once

#include "base/random.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

/// What fuzz tests feed to code that takes numbers.
namespace fuzz
{

/// Any bits at all, the numbers where special cases live, or something of an ordinary size.
inline double anyDouble(vegadesk::base::Generator& generator)
{
    constexpr std::array corners{0.0,   -0.0,   1.0,     -1.0,   5e-324, -5e-324,  2.3e-308,
                                 1e-16, 1e-300, 1.7e308, 1e16,   40.0,   HUGE_VAL, -HUGE_VAL,
                                 0.1,   700.0,  750.0,   -750.0, 1e-8,   0.5,      double{NAN}};
    switch (generator.integer(0, 3)) {
    case 0:
        return std::bit_cast<double>(generator.bits());
    case 1:
        return corners[static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(corners.size()) - 1))];
    case 2:
        return std::exp(generator.uniform(-30, 30));
    default:
        return generator.uniform(-1, 3);
    }
}

} // namespace fuzz
