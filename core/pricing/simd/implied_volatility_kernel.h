#pragma once

#include "market/instrument.h"

#include <cstddef>

namespace vegadesk::pricing::simd
{

/// Prices of one expiry and side as the kernel sees them.
struct ImpliedVolatilityStrip {
    std::size_t count = 0;
    market::Right right = market::Right::Call;
    double spot = 0, rate = 0, dividendYield = 0, years = 0;
    const double* strike = nullptr;
    const double* price = nullptr;
    double* vol = nullptr;
};

/// Runs on the calling thread's path. Values and NaN as impliedVolatility() says.
void impliedVolatility(const ImpliedVolatilityStrip& strip) noexcept;

} // namespace vegadesk::pricing::simd
