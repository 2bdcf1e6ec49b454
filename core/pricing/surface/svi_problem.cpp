#include "pricing/surface/svi_problem.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace vegadesk::pricing::svi_detail
{

namespace
{

constexpr double steepestWing = 1.9999; // Lee's bound is 2, and at 2 the density does not vanish far out
constexpr double flattestWing = 1e-6;
constexpr double butterflyMargin = 1e-4; // of g, so that rounding cannot undo what the penalty reached
constexpr double calendarMargin = 1e-4;  // of total variance, relative
constexpr double perButterfly = 100;     // a dip of 0.1 in g weighs as a quote that is one error off
constexpr double perSlope = 30;          // a wing too flat by a thirtieth as well

/// How far w is below (negative) or above what is asked; 0 between.
double outside(double w, const SliceWish& asked)
{
    return w < asked.floor ? w - asked.floor : std::max(0.0, w - asked.ceiling);
}

double flatness(double logSlope, double wanted)
{
    return wanted > flattestWing ? std::max(0.0, perSlope * (std::log(wanted) - logSlope)) : 0;
}

} // namespace

Problem::Problem(const SliceTarget& target, const SliceLimits& limits, const SliceWishes& wishes)
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

/// A wing that grows slower than the earlier slice's, or faster than the later's, crosses it somewhere.
void Problem::boundWings()
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

void Problem::clamp(Vector& p) const
{
    for (std::size_t i = 0; i < dimension; ++i)
        p[i] = std::clamp(p[i], m_low[i], m_high[i]);
}

bool Problem::isHeld(std::size_t i, const Vector& p, const Vector& gradient) const
{
    return (p[i] <= m_low[i] && gradient[i] > 0) || (p[i] >= m_high[i] && gradient[i] < 0);
}

void Problem::addPoint(double k)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    m_grid.push_back({k, m_limits.earlier ? m_limits.earlier->totalVariance(k) + m_margin : -infinity,
                      m_limits.later ? m_limits.later->totalVariance(k) - m_margin : infinity});
    SliceWish& point = m_grid.back();
    if (point.floor > point.ceiling)
        point.floor = point.ceiling = 0.5 * (point.floor + point.ceiling);
}

double Problem::cost(const Vector& p) const
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

Equations Problem::equations(const Vector& p) const
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

} // namespace vegadesk::pricing::svi_detail
