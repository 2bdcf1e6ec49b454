#pragma once

#include "pricing/black_scholes.h"

#include <algorithm>
#include <array>

namespace vegadesk::pricing
{

/// Runs a kernel that takes a volatility for every strike at one volatility, block by block on the stack.
///   kernel  as blackScholesStrip()
template<class Kernel>
void stripAtOneVol(Kernel kernel, Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                   double vol, const GreeksView& out) noexcept
{
    constexpr std::size_t blockSize = 64;
    std::array<double, blockSize> vols;
    vols.fill(vol);
    for (std::size_t start = 0; start < strikes.size(); start += blockSize) {
        const std::size_t count = std::min(blockSize, strikes.size() - start);
        const auto block = [&](std::span<double> column) {
            return column.empty() ? column : column.subspan(start, count);
        };
        kernel(right, market, years, strikes.subspan(start, count), std::span<const double>(vols).first(count),
               GreeksView{block(out.price), block(out.delta), block(out.gamma), block(out.vega), block(out.theta),
                          block(out.rho)});
    }
}

} // namespace vegadesk::pricing
