#include "pricing/surface/slice_target.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace vegadesk::pricing
{

namespace
{

/// Sums of weight times products of (1, k - m, root) and w: the normal equations of the linear part.
struct LinearSums {
    double one = 0, x = 0, root = 0, xx = 0, xRoot = 0, rootRoot = 0, w = 0, xw = 0, rootW = 0, ww = 0;
};

/// At most this many quotes, evenly taken: a start need not see more.
constexpr std::size_t mostQuotes = 40;

struct Linear {
    double a, slope, b; // w = a + slope x + b root
};

double residualOf(const LinearSums& s, const Linear& p)
{
    return s.ww - 2 * (p.a * s.w + p.slope * s.xw + p.b * s.rootW) + p.a * p.a * s.one + p.slope * p.slope * s.xx +
           p.b * p.b * s.rootRoot + 2 * (p.a * p.slope * s.x + p.a * p.b * s.root + p.slope * p.b * s.xRoot);
}

/// The best (a, b) when slope = rho b.
Linear solveAlong(const LinearSums& s, double rho)
{
    const double arm = rho * s.x + s.root;
    const double square = rho * rho * s.xx + 2 * rho * s.xRoot + s.rootRoot;
    const double product = rho * s.xw + s.rootW;
    const double determinant = s.one * square - arm * arm;
    const double b = determinant > 0 ? std::max(0.0, (s.one * product - arm * s.w) / determinant) : 0.0;
    return {(s.w - b * arm) / s.one, rho * b, b};
}

Linear solveLinear(const LinearSums& s)
{
    const double xx = s.xx - s.x * s.x / s.one, rootRoot = s.rootRoot - s.root * s.root / s.one;
    const double xRoot = s.xRoot - s.x * s.root / s.one;
    const double xw = s.xw - s.x * s.w / s.one, rootW = s.rootW - s.root * s.w / s.one;
    const double determinant = xx * rootRoot - xRoot * xRoot;
    if (determinant > 1e-12 * xx * rootRoot) {
        const double slope = (xw * rootRoot - rootW * xRoot) / determinant;
        const double b = (rootW * xx - xw * xRoot) / determinant;
        if (b >= std::abs(slope))
            return {(s.w - slope * s.x - b * s.root) / s.one, slope, b};
    }
    // Outside |rho| <= 1 the best lies on the border.
    const Linear left = solveAlong(s, -0.999), right = solveAlong(s, 0.999);
    return residualOf(s, left) < residualOf(s, right) ? left : right;
}

SviSlice toSlice(const Linear& linear, double m, double sigma)
{
    const double b = std::min(linear.b, 1.0);
    const double rho = b > 0 ? std::clamp(linear.slope / linear.b, -0.999, 0.999) : 0;
    const double least = b * sigma * std::sqrt((1 - rho) * (1 + rho));
    return {std::max(linear.a, 1e-8 - least), b, rho, m, sigma};
}

} // namespace

double varianceAtTheMoney(const SliceTarget& target) noexcept
{
    double nearest = std::numeric_limits<double>::infinity();
    std::size_t at = 0;
    for (std::size_t i = 0; i < target.k.size(); ++i) {
        if (std::abs(target.k[i]) < nearest) {
            nearest = std::abs(target.k[i]);
            at = i;
        }
    }
    const double deviation = target.vol[at] * std::sqrt(target.years);
    const double reach = 0.5 * deviation + 2 * nearest;
    double sum = 0, x = 0, xx = 0, w = 0, xw = 0;
    for (std::size_t i = 0; i < target.k.size(); ++i) {
        const double k = target.k[i], near = k / reach;
        if (std::abs(near) > 3)
            continue;
        const double variance = target.vol[i] * target.vol[i] * target.years;
        const double error = 2 * target.vol[i] * target.years * target.error[i];
        const double weight = std::exp(-near * near) / (error * error);
        sum += weight;
        x += weight * k;
        xx += weight * k * k;
        w += weight * variance;
        xw += weight * k * variance;
    }
    const double determinant = sum * xx - x * x;
    const double line = (xx * w - x * xw) / determinant;
    // A line through quotes of one side only may end anywhere.
    const double own = deviation * deviation;
    return determinant > 1e-9 * sum * xx && line > 0.5 * own && line < 2 * own ? line : own;
}

SviSlice quasiExplicitStart(const SliceTarget& target) noexcept
{
    const double least = varianceAtTheMoney(target);
    const double deviation = std::sqrt(least);
    const std::size_t step = 1 + (target.k.size() - 1) / mostQuotes;
    std::array<double, mostQuotes> k, w, weight;
    std::size_t count = 0;
    for (std::size_t i = 0; i < target.k.size(); i += step) {
        const double error = 2 * target.vol[i] * target.years * target.error[i];
        k[count] = target.k[i];
        w[count] = target.vol[i] * target.vol[i] * target.years;
        weight[count++] = 1 / (error * error);
    }
    SviSlice best = flatSlice(least);
    double bestResidual = std::numeric_limits<double>::infinity();
    for (const double width : {0.1, 0.35, 1.0, 3.0}) {
        for (const double shift : {-1.5, -0.5, 0.0, 0.3, 0.8, 1.6}) {
            const double m = shift * deviation, sigma = width * deviation;
            LinearSums s;
            for (std::size_t i = 0; i < count; ++i) {
                const double x = k[i] - m, root = std::sqrt(x * x + sigma * sigma), each = weight[i];
                s.one += each;
                s.x += each * x;
                s.root += each * root;
                s.xx += each * x * x;
                s.xRoot += each * x * root;
                s.rootRoot += each * root * root;
                s.w += each * w[i];
                s.xw += each * x * w[i];
                s.rootW += each * root * w[i];
                s.ww += each * w[i] * w[i];
            }
            const Linear linear = solveLinear(s);
            if (const double residual = residualOf(s, linear); residual < bestResidual) {
                bestResidual = residual;
                best = toSlice(linear, m, sigma);
            }
        }
    }
    return best;
}

} // namespace vegadesk::pricing
