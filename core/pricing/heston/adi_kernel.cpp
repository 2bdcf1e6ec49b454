#include "pricing/heston/adi_kernel.h"

#include <algorithm>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/heston/adi_kernel.cpp"
#include <hwy/foreach_target.h>

#include "pricing/heston/adi_sweeps-inl.h"
#include "pricing/simd/dispatch.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::adi::HWY_NAMESPACE
{

/// The three parts of the operator at some points: mixed, by x, by the variance.
struct Parts {
    Lanes mixed, x, v;
    HWY_INLINE Lanes sum() const { return hn::Add(hn::Add(mixed, x), v); }
};

/// The operator on one row.
struct RowOperator {
    const Grid& grid;
    std::size_t stride;
    Lanes halfV, drift, halfRate, mixed, lower, upper, second;
    std::ptrdiff_t below, above; // distances to the neighbours' rows
    bool isLowest;

    RowOperator(const Grid& of, std::size_t j)
        : grid(of), stride(of.stride), halfV(set(0.5 * of.v[j])), drift(set(of.carry - 0.5 * of.v[j])),
          halfRate(set(of.halfRate)), mixed(set(of.mixed[j])), lower(set(of.lower[j])), upper(set(of.upper[j])),
          second(set(of.second)), below(j == 0 ? 0 : -static_cast<std::ptrdiff_t>(of.stride)),
          above(j + 1 == of.rows ? 0 : static_cast<std::ptrdiff_t>(of.stride)), isLowest(j == 0)
    {
    }

    HWY_INLINE Parts at(const double* here, std::size_t i) const
    {
        const Doubles d;
        const Lanes centre = hn::LoadU(d, here);
        const Lanes half = hn::Mul(halfRate, centre);
        const Lanes left = hn::Sub(hn::LoadU(d, here - 1), centre), right = hn::Sub(hn::LoadU(d, here + 1), centre);
        const Lanes down =
            hn::MulAdd(halfV, hn::LoadU(d, &grid.curveDown[i]), hn::Mul(drift, hn::LoadU(d, &grid.slopeDown[i])));
        const Lanes up =
            hn::MulAdd(halfV, hn::LoadU(d, &grid.curveUp[i]), hn::Mul(drift, hn::LoadU(d, &grid.slopeUp[i])));
        Parts out;
        out.x = hn::MulAdd(down, left, hn::MulSub(up, right, half));
        const double* const under = here + below;
        const double* const over = here + above;
        out.v = hn::MulSub(lower, hn::Sub(hn::LoadU(d, under), centre), half);
        out.v = hn::MulAdd(upper, hn::Sub(hn::LoadU(d, over), centre), out.v);
        if (isLowest)
            out.v = hn::MulAdd(second, hn::Sub(hn::LoadU(d, over + above), centre), out.v);
        const Lanes corners = hn::Sub(hn::Sub(hn::LoadU(d, over + 1), hn::LoadU(d, over - 1)),
                                      hn::Sub(hn::LoadU(d, under + 1), hn::LoadU(d, under - 1)));
        out.mixed = hn::Mul(hn::Mul(mixed, hn::LoadU(d, &grid.cross[i])), corners);
        return out;
    }
};

/// What a step's stages weigh their parts with.
struct Stage {
    double length, implicit, rest;
    Stage(double of, Scheme scheme)
        : length(of), implicit(scheme == Scheme::CraigSneyd ? of / 3 : of), rest(0.5 * of - implicit)
    {
    }
};

/// The right-hand side of the first sweep in x, and what the later ones need of the old values.
inline void predict(const Grid& grid, const Stage& stage, Scheme scheme, Workspace& workspace, const Option& option)
{
    const Doubles d;
    const Lanes length = set(stage.length), implicit = set(stage.implicit), rest = set(stage.rest);
    for (std::size_t j = 0; j < grid.rows; ++j) {
        const RowOperator row(grid, j);
        const double* const value = option.value.row(j);
        const double* const push = option.push.row(j);
        double* const work = workspace.work.row(j);
        double* const base = workspace.base.row(j);
        double* const across = workspace.across.row(j);
        for (std::size_t i = 0; i < grid.stride; i += hn::Lanes(d)) {
            const Parts parts = row.at(value + i, i);
            const Lanes sum = parts.sum();
            const Lanes whole = hn::MulAdd(length, hn::Add(sum, hn::LoadU(d, push + i)), hn::LoadU(d, value + i));
            const Lanes right = hn::NegMulAdd(implicit, parts.x, whole);
            hn::StoreU(right, d, work + i);
            hn::StoreU(hn::Mul(implicit, parts.v), d, across + i);
            if (scheme == Scheme::CraigSneyd)
                hn::StoreU(hn::NegMulAdd(implicit, parts.mixed, hn::NegMulAdd(rest, sum, right)), d, base + i);
        }
    }
}

/// The right-hand side of the second sweep in x, into a plane of its own: neighbours are still read.
inline void correct(const Grid& grid, const Stage& stage, Workspace& workspace)
{
    const Doubles d;
    const Lanes implicit = set(stage.implicit), rest = set(stage.rest);
    for (std::size_t j = 0; j < grid.rows; ++j) {
        const RowOperator row(grid, j);
        const double* const work = workspace.work.row(j);
        double* const base = workspace.base.row(j);
        for (std::size_t i = 0; i < grid.stride; i += hn::Lanes(d)) {
            const Parts parts = row.at(work + i, i);
            hn::StoreU(hn::MulAdd(implicit, parts.mixed, hn::MulAdd(rest, parts.sum(), hn::LoadU(d, base + i))), d,
                       base + i);
        }
    }
}

inline void setEnds(const Grid& grid, double atLeft, double scale, Plane& plane)
{
    for (std::size_t j = 0; j < grid.rows; ++j) {
        double* const row = plane.row(j);
        row[0] = atLeft * scale;
        row[grid.columns - 1] = 0;
    }
}

/// Ikonen and Toivanen's split: the sweeps have taken the push that was expected, here it is exchanged for the one that
/// keeps the value at what exercise gives. Expected is the straight continuation: the push of the step before would cost
/// an order in time, as it is late wherever the boundary moves.
inline void exercise(const Grid& grid, double length, const Plane& solved, Option& option)
{
    const Doubles d;
    const Lanes span = set(length), inverse = set(1 / length), zero = hn::Zero(d);
    for (std::size_t j = 0; j < grid.rows; ++j) {
        const double* const from = solved.row(j);
        double* const value = option.value.row(j);
        double* const push = option.push.row(j);
        double* const last = option.lastPush.row(j);
        for (std::size_t i = 0; i < grid.stride; i += hn::Lanes(d)) {
            const Lanes least = hn::LoadU(d, &grid.exercise[i]);
            const Lanes free = hn::NegMulAdd(span, hn::LoadU(d, push + i), hn::LoadU(d, from + i));
            const Lanes needed = hn::Max(zero, hn::Mul(inverse, hn::Sub(least, free)));
            const Lanes next = hn::Sub(hn::Add(needed, needed), hn::LoadU(d, last + i));
            hn::StoreU(hn::Max(free, least), d, value + i);
            hn::StoreU(needed, d, last + i);
            hn::StoreU(hn::Min(hn::Max(zero, next), hn::LoadU(d, &grid.mostPush[i])), d, push + i);
        }
    }
}

inline void advance(const Grid& grid, double length, Scheme scheme, double atLeft, Workspace& workspace, Option& option)
{
    const Stage stage(length, scheme);
    factorSweeps(grid, stage.implicit, workspace);
    const double endScale = 1 + stage.implicit * grid.halfRate;
    predict(grid, stage, scheme, workspace, option);
    setEnds(grid, atLeft, endScale, workspace.work);
    sweepX(grid, workspace, workspace.work);
    sweepV(grid, workspace, workspace.work);
    setEnds(grid, atLeft, 1, workspace.work);
    Plane* solved = &workspace.work;
    if (scheme == Scheme::CraigSneyd) {
        correct(grid, stage, workspace);
        setEnds(grid, atLeft, endScale, workspace.base);
        sweepX(grid, workspace, workspace.base);
        sweepV(grid, workspace, workspace.base);
        setEnds(grid, atLeft, 1, workspace.base);
        solved = &workspace.base;
    }
    if (option.isAmerican)
        exercise(grid, length, *solved, option);
    else
        std::swap(option.value, *solved);
}

inline void timeSlope(const Grid& grid, const Plane& value, Plane& out)
{
    const Doubles d;
    for (std::size_t j = 0; j < grid.rows; ++j) {
        const RowOperator row(grid, j);
        for (std::size_t i = 0; i < grid.stride; i += hn::Lanes(d))
            hn::StoreU(row.at(value.row(j) + i, i).sum(), d, out.row(j) + i);
    }
}

} // namespace vegadesk::pricing::adi::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::adi
{

void Option::start(const Grid& grid, bool american)
{
    isAmerican = american;
    for (Plane* each : {&value, &push, &lastPush})
        each->resize(grid);
    for (std::size_t j = 0; j < grid.rows; ++j)
        std::ranges::copy(grid.payoff, value.row(j));
}

void Workspace::resize(const Grid& grid)
{
    for (Plane* each : {&work, &base, &across})
        each->resize(grid);
    for (std::vector<double>* each : {&pivot, &carried, &above})
        each->assign(grid.stride * grid.rows, 0.0);
    scratch.assign(grid.stride * rowBlock, 0.0);
    for (std::vector<double>* each : {&rowPivot, &rowUpper, &rowLower})
        each->assign(grid.rows, 0.0);
}

void step(const Grid& grid, double length, Scheme scheme, double atLeft, Workspace& workspace, Option& option) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(advance);
    simd::chosen(paths)(grid, length, scheme, atLeft, workspace, option);
}

void slopeInTime(const Grid& grid, const Plane& value, Plane& out) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(timeSlope);
    simd::chosen(paths)(grid, value, out);
}

} // namespace vegadesk::pricing::adi
#endif
