// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_PRICING_HESTON_ADI_SWEEPS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_PRICING_HESTON_ADI_SWEEPS_INL_H
#undef VEGADESK_PRICING_HESTON_ADI_SWEEPS_INL_H
#else
#define VEGADESK_PRICING_HESTON_ADI_SWEEPS_INL_H
#endif

#include "pricing/heston/adi_kernel.h"
#include "pricing/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();

/// Tridiagonal sweeps. In x every row is a system of its own: rows are transposed so that a vector holds one column of
/// several of them. In the variance all columns share one matrix.
namespace vegadesk::pricing::adi::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;
using pricing::HWY_NAMESPACE::Doubles;
using pricing::HWY_NAMESPACE::Lanes;
using pricing::HWY_NAMESPACE::set;

/// Rows into columns of vectors; its own inverse.
HWY_INLINE void transpose(const double* from, std::size_t fromStride, double* to, std::size_t toStride)
{
    const Doubles d;
    constexpr std::size_t lanes = hn::MaxLanes(Doubles());
    const auto load = [&](std::size_t k) { return hn::LoadU(d, from + k * fromStride); };
    const auto store = [&](Lanes column, std::size_t k) { hn::StoreU(column, d, to + k * toStride); };
    if constexpr (lanes == 2) {
        const Lanes a = load(0), b = load(1);
        store(hn::InterleaveLower(d, a, b), 0);
        store(hn::InterleaveUpper(d, a, b), 1);
    } else if constexpr (lanes == 4) {
        const Lanes a = load(0), b = load(1), c = load(2), e = load(3);
        const Lanes even = hn::InterleaveLower(d, a, b), odd = hn::InterleaveUpper(d, a, b);
        const Lanes evenAfter = hn::InterleaveLower(d, c, e), oddAfter = hn::InterleaveUpper(d, c, e);
        store(hn::ConcatLowerLower(d, evenAfter, even), 0);
        store(hn::ConcatLowerLower(d, oddAfter, odd), 1);
        store(hn::ConcatUpperUpper(d, evenAfter, even), 2);
        store(hn::ConcatUpperUpper(d, oddAfter, odd), 3);
    } else if constexpr (lanes == 8) {
        // Pairs of rows, then blocks of two, then halves.
        Lanes quads[2][4];
        for (std::size_t half = 0; half < 2; ++half) {
            const Lanes a = load(4 * half), b = load(4 * half + 1), c = load(4 * half + 2), e = load(4 * half + 3);
            const Lanes even = hn::InterleaveLower(d, a, b), odd = hn::InterleaveUpper(d, a, b);
            const Lanes evenAfter = hn::InterleaveLower(d, c, e), oddAfter = hn::InterleaveUpper(d, c, e);
            quads[half][0] = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(evenAfter), even);
            quads[half][1] = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(oddAfter), odd);
            quads[half][2] = hn::OddEvenBlocks(evenAfter, hn::SwapAdjacentBlocks(even));
            quads[half][3] = hn::OddEvenBlocks(oddAfter, hn::SwapAdjacentBlocks(odd));
        }
        for (std::size_t k = 0; k < 4; ++k) {
            store(hn::ConcatLowerLower(d, quads[1][k], quads[0][k]), k);
            store(hn::ConcatUpperUpper(d, quads[1][k], quads[0][k]), 4 + k);
        }
    } else {
        for (std::size_t i = 0; i < hn::Lanes(d); ++i) {
            for (std::size_t k = 0; k < hn::Lanes(d); ++k)
                to[i * toStride + k] = from[k * fromStride + i];
        }
    }
}

/// Elimination in x: for every block of rows and column the pivot's inverse, that times the lower band, and the upper
/// band after it. `implicit` is the step's length times its implicit share. In the variance from the highest row down, so that the lowest may have three entries.
inline void factorSweeps(const Grid& grid, double implicit, Workspace& workspace)
{
    const Doubles d;
    const std::size_t lanes = hn::Lanes(d);
    const double own = 1 + implicit * grid.halfRate;
    const Lanes one = set(1), diagonal = set(own);
    for (std::size_t first = 0; first < grid.rows; first += lanes) {
        const Lanes v = hn::LoadU(d, &grid.v[first]);
        const Lanes halfV = hn::Mul(set(-0.5 * implicit), v);
        const Lanes drift = hn::MulAdd(set(0.5 * implicit), v, set(-implicit * grid.carry));
        const std::size_t start = first * grid.stride;
        Lanes before = hn::Zero(d);
        for (std::size_t i = 0; i < grid.columns; ++i) {
            const Lanes lower = hn::MulAdd(halfV, set(grid.curveDown[i]), hn::Mul(drift, set(grid.slopeDown[i])));
            const Lanes upper = hn::MulAdd(halfV, set(grid.curveUp[i]), hn::Mul(drift, set(grid.slopeUp[i])));
            const Lanes middle = hn::Sub(hn::Sub(diagonal, lower), upper);
            const Lanes pivot = hn::Div(one, hn::NegMulAdd(lower, before, middle));
            before = hn::Mul(upper, pivot);
            hn::StoreU(pivot, d, &workspace.pivot[start + i * lanes]);
            hn::StoreU(hn::Mul(lower, pivot), d, &workspace.carried[start + i * lanes]);
            hn::StoreU(before, d, &workspace.above[start + i * lanes]);
        }
    }
    const std::size_t last = grid.rows - 1;
    for (std::size_t j = grid.rows; j-- > 0;) {
        const double lower = -implicit * grid.lower[j], upper = -implicit * grid.upper[j];
        double middle = own - lower - upper;
        double coupling = upper;
        if (j == 0) {
            const double second = -implicit * grid.second;
            middle -= second;
            coupling -= second * workspace.rowLower[2];
        }
        const double pivot = 1 / (j == last ? middle : middle - coupling * workspace.rowLower[j + 1]);
        workspace.rowPivot[j] = pivot;
        workspace.secondPivoted = -implicit * grid.second * pivot; // the lowest row's stays
        workspace.rowUpper[j] = coupling * pivot;
        workspace.rowLower[j] = lower * pivot;
    }
}

inline void sweepX(const Grid& grid, Workspace& workspace, Plane& plane)
{
    const Doubles d;
    const std::size_t lanes = hn::Lanes(d);
    double* const block = workspace.scratch.data();
    for (std::size_t first = 0; first < grid.rows; first += lanes) {
        double* const rows = plane.row(first);
        for (std::size_t i = 0; i < grid.stride; i += lanes)
            transpose(rows + i, grid.stride, block + i * lanes, lanes);
        const std::size_t start = first * grid.stride;
        Lanes running = hn::Zero(d);
        for (std::size_t i = 0; i < grid.columns; ++i) {
            const Lanes scaled =
                hn::Mul(hn::LoadU(d, block + i * lanes), hn::LoadU(d, &workspace.pivot[start + i * lanes]));
            running = hn::NegMulAdd(hn::LoadU(d, &workspace.carried[start + i * lanes]), running, scaled);
            hn::StoreU(running, d, block + i * lanes);
        }
        running = hn::Zero(d);
        for (std::size_t i = grid.columns; i-- > 0;) {
            running = hn::NegMulAdd(hn::LoadU(d, &workspace.above[start + i * lanes]), running,
                                    hn::LoadU(d, block + i * lanes));
            hn::StoreU(running, d, block + i * lanes);
        }
        for (std::size_t i = 0; i < grid.stride; i += lanes)
            transpose(block + i * lanes, lanes, rows + i, grid.stride);
    }
}

/// Solves for plane - across in place.
inline void sweepV(const Grid& grid, Workspace& workspace, Plane& plane)
{
    const Doubles d;
    const std::size_t lanes = hn::Lanes(d), last = grid.rows - 1;
    for (std::size_t j = grid.rows; j-- > 0;) {
        double* const row = plane.row(j);
        const double* const old = workspace.across.row(j);
        const double* const over = plane.row(std::min(j + 1, last));
        const Lanes pivot = set(workspace.rowPivot[j]), upper = set(j == last ? 0.0 : workspace.rowUpper[j]);
        for (std::size_t i = 0; i < grid.stride; i += lanes) {
            const Lanes right = hn::Sub(hn::LoadU(d, row + i), hn::LoadU(d, old + i));
            hn::StoreU(hn::NegMulAdd(upper, hn::LoadU(d, over + i), hn::Mul(pivot, right)), d, row + i);
        }
    }
    double* const lowest = plane.row(0);
    const double* const third = plane.row(2);
    const Lanes second = set(-workspace.secondPivoted);
    for (std::size_t i = 0; i < grid.stride; i += lanes)
        hn::StoreU(hn::MulAdd(second, hn::LoadU(d, third + i), hn::LoadU(d, lowest + i)), d, lowest + i);
    for (std::size_t j = 1; j < grid.rows; ++j) {
        double* const row = plane.row(j);
        const double* const under = plane.row(j - 1);
        const Lanes lower = set(workspace.rowLower[j]);
        for (std::size_t i = 0; i < grid.stride; i += lanes)
            hn::StoreU(hn::NegMulAdd(lower, hn::LoadU(d, under + i), hn::LoadU(d, row + i)), d, row + i);
    }
}

} // namespace vegadesk::pricing::adi::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
