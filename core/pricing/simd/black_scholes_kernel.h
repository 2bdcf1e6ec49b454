#pragma once

#include "market/instrument.h"

#include <array>
#include <cstddef>

namespace vegadesk::pricing::simd
{

/// The columns that the kernel can write, in this order.
enum class Column : std::size_t {
    Price,
    Delta,
    Gamma,
    Vega,
    Theta,
    Rho,
    Vanna,
    Volga,
    Charm,
    Speed,
    Zomma,
    Color,
    DividendRho,
    Count
};

/// A batch as the kernel sees it. Where the market is shared, its pointers and the side point at one value.
struct BlackScholesBatch {
    std::size_t count = 0;
    bool sharesMarket = false;
    const market::Right* right = nullptr;
    const double* spot = nullptr;
    const double* rate = nullptr;
    const double* dividendYield = nullptr;
    const double* years = nullptr;
    const double* strike = nullptr;
    const double* vol = nullptr;
    std::array<double*, static_cast<std::size_t>(Column::Count)> out{}; ///< null where not wanted

    double*& column(Column which) { return out[static_cast<std::size_t>(which)]; }
};

/// Runs on the calling thread's path. Values, limits and NaN as blackScholes() says.
void blackScholes(const BlackScholesBatch& batch) noexcept;

} // namespace vegadesk::pricing::simd
