#include "pricing/surface/svi_fit.h"

#include "pricing/surface/slice_arbitrage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace vegadesk::pricing
{

namespace
{

constexpr std::size_t dimension = 5;
using Vector = std::array<double, dimension>;
using Matrix = std::array<Vector, dimension>;

constexpr double robustErrors = 3;      // beyond, a quote pulls with constant force
constexpr double steepestWing = 1.9999; // Lee's bound is 2, and at 2 the density does not vanish far out
constexpr double flattestWing = 1e-6;
constexpr double butterflyMargin = 1e-4; // of g, so that rounding cannot undo what the penalty reached
constexpr double calendarMargin = 1e-4;  // of total variance, relative
constexpr int mostRounds = 6;
constexpr int mostIterations = 25;

/// ln least variance, ln left slope, ln right slope, m, ln sigma.
enum Parameter : std::size_t { LeastVariance, LeftSlope, RightSlope, Centre, Width };

SviSlice toSlice(const Vector& p)
{
    const double left = std::exp(p[LeftSlope]), right = std::exp(p[RightSlope]), sigma = std::exp(p[Width]);
    const double b = 0.5 * (left + right);
    return {std::exp(p[LeastVariance]) - sigma * std::sqrt(left * right), b, 0.5 * (right - left) / b, p[Centre], sigma};
}

/// A slice with its derivatives by the parameters, at one log-moneyness.
class Model
{
public:
    explicit Model(const Vector& p)
        : m_least(std::exp(p[LeastVariance])), m_left(std::exp(p[LeftSlope])), m_right(std::exp(p[RightSlope])),
          m_centre(p[Centre]), m_sigma(std::exp(p[Width])), m_mean(m_sigma * std::sqrt(m_left * m_right))
    {
    }

    double variance(double k) const
    {
        const double x = k - m_centre;
        const double root = std::sqrt(x * x + m_sigma * m_sigma);
        return m_least - m_mean + 0.5 * (m_right * (root + x) + m_left * (root - x));
    }
    double variance(double k, Vector& by) const
    {
        const double x = k - m_centre;
        const double root = std::sqrt(x * x + m_sigma * m_sigma);
        const double left = 0.5 * m_left * (root - x), right = 0.5 * m_right * (root + x);
        const double b = 0.5 * (m_left + m_right);
        by = {m_least, left - 0.5 * m_mean, right - 0.5 * m_mean, -0.5 * (m_right - m_left) - b * x / root,
              b * m_sigma * m_sigma / root - m_mean};
        return m_least - m_mean + left + right;
    }
    /// durrleman() and its derivatives.
    double butterfly(double k, Vector& by) const
    {
        Vector byW;
        const double w = variance(k, byW);
        const double x = k - m_centre, square = m_sigma * m_sigma;
        const double root = std::sqrt(x * x + square), b = 0.5 * (m_left + m_right);
        const double sine = x / root, cube = 1 / (root * root * root);
        const double w1 = 0.5 * (m_right - m_left) + b * sine, w2 = b * square * cube;
        const double w3 = -3 * x * w2 / (root * root);
        const Vector byW1{0, 0.5 * m_left * (sine - 1), 0.5 * m_right * (sine + 1), -w2, -b * x * square * cube};
        const Vector byW2{0, 0.5 * m_left * square * cube, 0.5 * m_right * square * cube, -w3,
                          w2 * (2 - 3 * square / (root * root))};
        const double level = 1 - 0.5 * k * w1 / w;
        const double gw = level * k * w1 / (w * w) + 0.25 * w1 * w1 / (w * w);
        const double gw1 = -level * k / w - 0.5 * w1 * (1 / w + 0.25);
        for (std::size_t i = 0; i < dimension; ++i)
            by[i] = gw * byW[i] + gw1 * byW1[i] + 0.5 * byW2[i];
        return level * level - 0.25 * w1 * w1 * (1 / w + 0.25) + 0.5 * w2;
    }

private:
    double m_least, m_left, m_right, m_centre, m_sigma, m_mean;
};

/// The part of the cost that a residual beyond robustErrors adds is linear (Huber).
double huber(double residual)
{
    const double size = std::abs(residual);
    return size <= robustErrors ? size * size : robustErrors * (2 * size - robustErrors);
}

/// The weight at which a square pulls as huber() does.
double robust(double residual)
{
    const double size = std::abs(residual);
    return size <= robustErrors ? 1 : robustErrors / size;
}

/// How far w is below (negative) or above what is asked; 0 between.
double outside(double w, const SliceWish& asked)
{
    return w < asked.floor ? w - asked.floor : std::max(0.0, w - asked.ceiling);
}

struct Equations {
    Matrix normal{};
    Vector gradient{};
    double cost = 0;

    void add(double residual, double weight, const Vector& by)
    {
        for (std::size_t i = 0; i < dimension; ++i) {
            gradient[i] += weight * residual * by[i];
            for (std::size_t j = 0; j <= i; ++j)
                normal[i][j] += weight * by[i] * by[j];
        }
    }
};

/// A penalised problem. The grid holds what neighbours ask for at its points.
class Problem
{
public:
    Problem(const SliceTarget& target, const SliceLimits& limits, const SliceWishes& wishes)
        : m_target(target), m_limits(limits), m_wishes(wishes)
    {
        const double low = std::min(0.0, target.k.front()), high = std::max(0.0, target.k.back());
        const double range = std::max(high - low, 1e-3);
        m_low = {-30, std::log(flattestWing), std::log(flattestWing), low - 2 * range, std::log(1e-3 * range)};
        m_high = {3, std::log(steepestWing), std::log(steepestWing), high + 2 * range, std::log(10 * range)};
        double error = 0, vol = 0;
        for (std::size_t i = 0; i < target.k.size(); ++i) {
            error += target.error[i];
            vol += target.vol[i];
        }
        const auto count = static_cast<double>(target.k.size());
        // One unit of the calendar penalty is a typical quote's error, as total variance.
        m_perVariance = count * count / (2 * vol * target.years * error);
        m_margin = calendarMargin * vol * vol / (count * count) * target.years;
        if (!limits.forbidsArbitrage)
            return;
        boundWings();
        constexpr int steps = 20;
        for (int i = -4; i <= steps + 4; ++i)
            addPoint(low + range * i / steps);
        for (const double far : {1.0, 3.0}) {
            addPoint(low - far * range);
            addPoint(high + far * range);
        }
    }

    void clamp(Vector& p) const
    {
        for (std::size_t i = 0; i < dimension; ++i)
            p[i] = std::clamp(p[i], m_low[i], m_high[i]);
    }
    bool isHeld(std::size_t i, const Vector& p, const Vector& gradient) const
    {
        return (p[i] <= m_low[i] && gradient[i] > 0) || (p[i] >= m_high[i] && gradient[i] < 0);
    }

    void addPoint(double k)
    {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        m_grid.push_back({k, m_limits.earlier ? m_limits.earlier->totalVariance(k) + m_margin : -infinity,
                          m_limits.later ? m_limits.later->totalVariance(k) - m_margin : infinity});
        SliceWish& point = m_grid.back();
        if (point.floor > point.ceiling)
            point.floor = point.ceiling = 0.5 * (point.floor + point.ceiling);
    }
    void tighten() { m_penalty *= 10; }

    double cost(const Vector& p) const
    {
        const Model model(p);
        double sum = 0;
        for (std::size_t i = 0; i < m_target.k.size(); ++i) {
            const double vol = std::sqrt(model.variance(m_target.k[i]) / m_target.years);
            sum += huber((vol - m_target.vol[i]) / m_target.error[i]);
        }
        for (const SliceWish& wish : m_wishes.at)
            sum += huber(outside(model.variance(wish.k), wish) * m_perVariance);
        sum += huber(flatness(p[LeftSlope], m_wishes.leftSlope)) + huber(flatness(p[RightSlope], m_wishes.rightSlope));
        Vector by;
        for (const SliceWish& point : m_grid) {
            const double excess = outside(model.variance(point.k), point) * m_perVariance;
            const double dip = butterflyMargin - model.butterfly(point.k, by);
            sum += m_penalty * excess * excess;
            sum += dip > 0 ? m_penalty * perButterfly * dip * dip : 0;
        }
        return sum;
    }

    Equations equations(const Vector& p) const
    {
        const Model model(p);
        Equations out;
        Vector by;
        for (std::size_t i = 0; i < m_target.k.size(); ++i) {
            const double w = model.variance(m_target.k[i], by);
            const double vol = std::sqrt(w / m_target.years);
            const double residual = (vol - m_target.vol[i]) / m_target.error[i];
            const double scale = 0.5 / (vol * m_target.years * m_target.error[i]);
            for (double& each : by)
                each *= scale;
            out.cost += huber(residual);
            out.add(residual, robust(residual), by);
        }
        for (const SliceWish& wish : m_wishes.at) {
            const double residual = outside(model.variance(wish.k, by), wish) * m_perVariance;
            if (residual == 0)
                continue;
            for (double& each : by)
                each *= m_perVariance;
            out.cost += huber(residual);
            out.add(residual, robust(residual), by);
        }
        for (const auto& [slope, wanted] : {std::pair{LeftSlope, m_wishes.leftSlope}, {RightSlope, m_wishes.rightSlope}}) {
            const double residual = flatness(p[slope], wanted);
            by = {};
            by[slope] = -perSlope;
            out.cost += huber(residual);
            if (residual > 0)
                out.add(residual, robust(residual), by);
        }
        for (const SliceWish& point : m_grid) {
            const double g = model.butterfly(point.k, by);
            if (const double dip = butterflyMargin - g; dip > 0) {
                out.cost += m_penalty * perButterfly * dip * dip;
                out.add(-dip, m_penalty * perButterfly, by);
            }
            if (const double excess = outside(model.variance(point.k, by), point); excess != 0) {
                const double weight = m_penalty * m_perVariance * m_perVariance;
                out.cost += weight * excess * excess;
                out.add(excess, weight, by);
            }
        }
        return out;
    }

private:
    static constexpr double perSlope = 30;
    static double flatness(double logSlope, double wanted)
    {
        return wanted > flattestWing ? std::max(0.0, perSlope * (std::log(wanted) - logSlope)) : 0;
    }
    static constexpr double perButterfly = 100; // a dip of 0.1 in g weighs as a quote that is one error off

    /// A wing that grows slower than the earlier slice's, or faster than the later's, crosses it somewhere.
    void boundWings()
    {
        const auto bound = [](double slope) { return std::log(std::clamp(slope, flattestWing, steepestWing)); };
        if (m_limits.earlier) {
            m_low[LeftSlope] = bound(m_limits.earlier->leftSlope());
            m_low[RightSlope] = bound(m_limits.earlier->rightSlope());
        }
        if (m_limits.later) {
            m_high[LeftSlope] = std::max(m_low[LeftSlope], bound(m_limits.later->leftSlope()));
            m_high[RightSlope] = std::max(m_low[RightSlope], bound(m_limits.later->rightSlope()));
        }
    }

    SliceTarget m_target;
    SliceLimits m_limits;
    Vector m_low, m_high;
    const SliceWishes& m_wishes; // borrowed for the length of a fit
    std::vector<SliceWish> m_grid;
    double m_perVariance, m_margin;
    double m_penalty = 10;
};

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
