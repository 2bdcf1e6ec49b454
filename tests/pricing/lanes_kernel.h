#pragma once

#include <span>

/// The lanes' elementary functions over columns whose lengths are multiples of eight, on the calling thread's path.
namespace lanes_kernel
{

void exponential(std::span<const double> x, std::span<double> out);
void logRatio(std::span<const double> a, std::span<const double> b, std::span<double> out);
void scaledNormalTail(std::span<const double> u, std::span<double> out);

} // namespace lanes_kernel
