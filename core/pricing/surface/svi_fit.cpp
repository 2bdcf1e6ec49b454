#include "pricing/surface/svi_fit.h"

#include "pricing/surface/slice_arbitrage.h"
#include "pricing/surface/svi_problem.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace vegadesk::pricing
{

using namespace svi_detail;

namespace
{

constexpr int mostRounds = 6;
constexpr int mostIterations = 25;

/// x with (normal + damping diag(normal)) x = -gradient, the held parameters left alone; false when singular.
bool solve(const Equations& equations, double damping, const std::array<bool, dimension>& isHeld, Vector& x)
{
    Matrix lower{};
    for (std::size_t i = 0; i < dimension; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = isHeld[i] || isHeld[j] ? 0 : equations.normal[i][j];
            if (i == j)
                sum = isHeld[i] ? 1 : sum * (1 + damping) + 1e-12;
            for (std::size_t l = 0; l < j; ++l)
                sum -= lower[i][l] * lower[j][l];
            if (i != j)
                lower[i][j] = sum / lower[j][j];
            else if (sum > 0)
                lower[i][i] = std::sqrt(sum);
            else
                return false;
        }
    }
    for (std::size_t i = 0; i < dimension; ++i) {
        double sum = isHeld[i] ? 0 : -equations.gradient[i];
        for (std::size_t l = 0; l < i; ++l)
            sum -= lower[i][l] * x[l];
        x[i] = sum / lower[i][i];
    }
    for (std::size_t i = dimension; i-- > 0;) {
        for (std::size_t l = i + 1; l < dimension; ++l)
            x[i] -= lower[l][i] * x[l];
        x[i] /= lower[i][i];
    }
    return true;
}

Vector toParameters(const SviSlice& slice)
{
    const auto positive = [](double x) { return std::log(std::max(x, 1e-12)); };
    return {positive(slice.leastVariance()), positive(slice.leftSlope()), positive(slice.rightSlope()), slice.m,
            positive(slice.sigma)};
}

void minimise(const Problem& problem, Vector& p)
{
    constexpr double enough = 1e-5; // relative decrease of the cost
    constexpr double longestStep = 1.5;
    problem.clamp(p);
    double damping = 1e-3;
    Equations equations = problem.equations(p);
    for (int iteration = 0; iteration < mostIterations; ++iteration) {
        std::array<bool, dimension> isHeld{};
        for (std::size_t i = 0; i < dimension; ++i)
            isHeld[i] = problem.isHeld(i, p, equations.gradient);
        Vector step{}, next = p;
        double cost = std::numeric_limits<double>::infinity();
        if (solve(equations, damping, isHeld, step)) {
            for (std::size_t i = 0; i < dimension; ++i)
                next[i] += std::clamp(step[i], -longestStep, longestStep);
            problem.clamp(next);
            cost = problem.cost(next);
        }
        if (!(cost < equations.cost)) {
            damping *= 8;
            if (damping > 1e8)
                return;
            continue;
        }
        const double before = equations.cost;
        p = next;
        damping = std::max(1e-9, damping / 6);
        equations = problem.equations(p);
        if (before - equations.cost <= enough * before)
            return;
    }
}

/// Adds the worst point of every breach to the grid.
void addBreaches(Problem& problem, const SviSlice& slice, const SliceLimits& limits)
{
    const auto add = [&](const std::vector<MoneynessInterval>& breaches) {
        for (const MoneynessInterval& breach : breaches)
            problem.addPoint(breach.worstAt);
    };
    add(findButterflies(slice));
    if (limits.earlier)
        add(findCalendarCrossings(*limits.earlier, slice));
    if (limits.later)
        add(findCalendarCrossings(slice, *limits.later));
}

SviSlice between(const SviSlice& safe, const SviSlice& wanted, double share)
{
    const auto mix = [&](double x, double y) { return x + share * (y - x); };
    return {mix(safe.a, wanted.a), mix(safe.b, wanted.b), mix(safe.rho, wanted.rho), mix(safe.m, wanted.m),
            mix(safe.sigma, wanted.sigma)};
}

/// The furthest point found on the line from `safe` to `wanted` that obeys.
SviSlice holdBack(const SviSlice& safe, const SviSlice& wanted, const SliceLimits& limits)
{
    constexpr int steps = 24;
    double good = 0, bad = 1;
    for (int i = 1; i <= steps; ++i) {
        const double share = 1 - static_cast<double>(i) / steps;
        if (obeys(between(safe, wanted, share), limits)) {
            good = share;
            bad = share + 1.0 / steps;
            break;
        }
    }
    for (int i = 0; i < 8; ++i) {
        const double middle = 0.5 * (good + bad);
        (obeys(between(safe, wanted, middle), limits) ? good : bad) = middle;
    }
    return good > 0 ? between(safe, wanted, good) : safe;
}

} // namespace

double costOf(const SliceTarget& target, const SviSlice& slice) noexcept
{
    double sum = 0;
    for (std::size_t i = 0; i < target.k.size(); ++i) {
        const double vol = std::sqrt(std::max(0.0, slice.totalVariance(target.k[i])) / target.years);
        sum += huber((vol - target.vol[i]) / target.error[i]);
    }
    return sum;
}

bool obeys(const SviSlice& slice, const SliceLimits& limits) noexcept
{
    if (!limits.forbidsArbitrage)
        return slice.leastVariance() > 0;
    return isFreeOfButterflies(slice) && (!limits.earlier || isCalendarFree(*limits.earlier, slice)) &&
           (!limits.later || isCalendarFree(slice, *limits.later));
}

SliceFit fitSlice(const SliceTarget& target, const SviSlice& start, const SviSlice& safe, const SliceLimits& limits,
                  const SliceWishes& wishes)
{
    Problem problem(target, limits, wishes);
    Vector p = toParameters(start);
    SliceFit out;
    for (int round = 0; round < mostRounds; ++round) {
        minimise(problem, p);
        out.slice = toSlice(p);
        if (obeys(out.slice, limits)) {
            out.cost = costOf(target, out.slice);
            return out;
        }
        addBreaches(problem, out.slice, limits);
        problem.tighten();
    }
    out.slice = holdBack(safe, out.slice, limits);
    out.cost = costOf(target, out.slice);
    out.isHeldBack = true;
    return out;
}

} // namespace vegadesk::pricing
