#pragma once

#include <cstddef>
#include <span>

namespace vegadesk::pricing::reference
{

/// Sobol's points `first` and on in the unit cube of that many dimensions, row by row, as many as `out` has room for. Unlike a price
/// they depend on none of QuantLib's settings, so any thread may ask for them.
/// Shapes  `out` is a whole number of points; 1 to 21,200 dimensions.
void sobolPoints(std::size_t dimensions, std::size_t first, std::span<double> out);

} // namespace vegadesk::pricing::reference
