#include "pricing/fourier/contour.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing::fourier
{

namespace
{

constexpr double quarterTurn = 1.57079632679489661923;

/// Where the integrand is least on the real axis beyond the pole, and its shape there.
struct Saddle {
    double distance = 0;  ///< from the pole at 1, or at 0
    double curvature = 0; ///< second derivative of ln E[e^{aX}]
    double room = 0;      ///< from the saddle to where the moments explode
};

struct Scan {
    std::array<double, 8> distance, logSize;
    std::size_t best = 0;
};

Scan scan(const LogReturn& law, double logStrike, double nearest, double ratio)
{
    Scan out;
    for (double distance = nearest; double& each : out.distance) {
        each = distance;
        distance *= ratio;
    }
    realAxis(law, logStrike, out.distance, out.logSize);
    for (std::size_t i = 1; i < 8; ++i) {
        if (out.logSize[i] < out.logSize[out.best])
            out.best = i;
    }
    return out;
}

Saddle findSaddle(const LogReturn& law, double logStrike, double variance)
{
    const double k = std::abs(logStrike);
    const double guess = std::max((k + std::sqrt(k * k + 8 * variance)) / (2 * variance) - 0.5, 1e-3);
    // The guess is a normal law's; fat tails put the saddle nearer, sometimes by far, and thin ones further out.
    double nearest = guess / 32;
    Scan coarse = scan(law, logStrike, nearest, 2);
    for (int moves = 0; moves < 8 && (coarse.best == 0 || coarse.best == 7); ++moves) {
        const double next = coarse.best == 0 ? nearest / 64 : nearest * 64;
        if (next < 1e-6 || next > 1e9)
            break;
        nearest = next;
        coarse = scan(law, logStrike, nearest, 2);
    }
    const double near = coarse.distance[coarse.best];
    constexpr double ratio = 1.2;
    constexpr double logRatio = 0.18232155679395462621;
    const Scan fine = scan(law, logStrike, near / (ratio * ratio * ratio), ratio);

    Saddle out;
    // Right beside the explosion the step would have to be tiny and little is lost further in.
    std::size_t best = fine.best;
    if (best > 0 && (best == 7 || std::isinf(fine.logSize[best + 1])))
        --best;
    out.distance = fine.distance[best];
    double lastFinite = 0;
    double firstExploded = std::numeric_limits<double>::infinity();
    const auto look = [&](const Scan& each) {
        for (std::size_t i = 0; i < 8; ++i) {
            if (std::isinf(each.logSize[i]))
                firstExploded = std::min(firstExploded, each.distance[i]);
            else
                lastFinite = std::max(lastFinite, each.distance[i]);
        }
    };
    look(coarse);
    look(fine);
    out.room = std::isinf(firstExploded) ? firstExploded
                                         : std::max(lastFinite - out.distance, 0.1 * (firstExploded - out.distance));
    // In u = ln distance the scan has equal steps: f'' = (f_uu - f_u) / distance².
    const std::size_t middle = std::clamp<std::size_t>(best, 1, 6);
    const double up = fine.logSize[middle + 1];
    const double down = fine.logSize[middle - 1];
    const double byU = (up - down) / (2 * logRatio);
    const double byUU = (up - 2 * fine.logSize[middle] + down) / (logRatio * logRatio);
    const double x = fine.distance[middle];
    const double all = (byUU - byU) / (x * x);
    const double poles = 1 / (x * x) + 1 / ((1 + x) * (1 + x));
    out.curvature = std::isfinite(all) ? std::max(all - poles, 0.01 * variance) : 1 / (out.room * out.room);
    return out;
}

/// How far below and above the path can be turned about the axis before it meets what lies on it.
double turningRoom(double angle, double scale, double left, double right)
{
    const double sin = std::sin(angle);
    const double toLeft = std::asin(std::min(1.0, sin + left / scale)) - angle;
    const double toRight = angle - std::asin(std::max(-1.0, sin - right / scale));
    return std::min(toLeft, toRight);
}

/// How far the path may turn before the jumps' factor exp(lambda T e^{mu z + delta² z²/2}) outgrows the rest: along
/// a ray at angle s their exponent rises to (mu tan s)² / (2 delta² (1 - tan² s)), or to |mu| tan s times the height
/// at which the diffusion has killed the integrand.
double jumpTurn(const LogReturn& law, double crossing, double height)
{
    const double variance = law.jumpDeviation * law.jumpDeviation;
    const double mean = std::abs(law.jumpMean + variance * crossing);
    const double count =
        law.intensity * law.years * std::exp(law.jumpMean * crossing + 0.5 * variance * crossing * crossing);
    const double allowed = std::min(std::log1p(4 / count), 30.0);
    const double ratio = 2 * variance * allowed / (mean * mean);
    const double bySpread = std::isfinite(ratio) ? std::sqrt(ratio / (1 + ratio)) : 1;
    return std::atan(std::max(bySpread, allowed / std::max(mean * height, 1e-300)));
}

} // namespace

double meanVariance(const LogReturn& law) noexcept
{
    const double decay = law.kappa * law.years;
    const double share = decay > 1e-8 ? -std::expm1(-decay) / decay : 1;
    const double jumps = law.intensity * (law.jumpMean * law.jumpMean + law.jumpDeviation * law.jumpDeviation);
    return law.years * (law.theta + (law.v0 - law.theta) * share + jumps);
}

Contour chooseContour(const LogReturn& law, double logStrike) noexcept
{
    const double variance = meanVariance(law);
    const Saddle saddle = findSaddle(law, logStrike, variance);

    // Far out the exponent falls like -(slope sqrt(1 - rho²) + i (slope rho + k)) |z|, near the axis like a normal
    // law's.
    double gaussian = 1;
    double steepest = 0;
    double slope = 0;
    if (law.sigma > 0) {
        slope = (law.v0 + law.kappa * law.theta * law.years) / law.sigma;
        const double normalUpTo = std::max(law.kappa, 2 / law.years) / law.sigma;
        gaussian = std::min(1.0, variance * normalUpTo * normalUpTo / 40);
        const double drift = law.jumps() ? law.intensity * law.years *
                                               std::expm1(law.jumpMean + 0.5 * law.jumpDeviation * law.jumpDeviation)
                                         : 0; // what is left of the jumps far out is their compensator
        steepest = -std::atan2(slope * law.rho + logStrike + drift, slope * std::sqrt(1 - law.rho * law.rho));
    }
    Contour out;
    double left = saddle.distance;
    double right = saddle.room;
    double width = 3.5 / std::sqrt(saddle.curvature);
    if (saddle.distance < 0.05) {
        out.crossing = 0.5;
        left = right = 0.5;
        width = 3.5 / std::sqrt(variance);
    } else if (logStrike >= 0) {
        out.crossing = 1 + saddle.distance;
    } else {
        out.crossing = -saddle.distance;
        std::swap(left, right);
    }
    double room = quarterTurn;
    double height = std::numeric_limits<double>::infinity();
    if (law.jumps()) {
        const double jumps =
            law.years * law.intensity * (law.jumpMean * law.jumpMean + law.jumpDeviation * law.jumpDeviation);
        const double diffusion = std::max(variance - jumps, 1e-12);
        height = std::max(std::sqrt(72 / diffusion), slope > 0 ? (1 - gaussian) * 36 / slope : 0.0);
        room = jumpTurn(law, out.crossing, height);
    }
    const double bend = room < 0.3 ? 0 : std::min(0.7, 0.5 * room);
    out.angle = (1 - gaussian) * std::clamp(0.6 * steepest, -bend, bend);
    const double decaying = gaussian * 0.5 * quarterTurn +
                            (1 - gaussian) * (quarterTurn - std::abs(out.angle - steepest)) -
                            0.5 * gaussian * std::abs(out.angle);
    const double free = std::min(std::max(decaying, 0.3), room - std::abs(out.angle));
    // What cannot be turned far need not be stretched as finely: a larger scale goes with a smaller turn.
    const double stretch = 1 / std::sin(std::min(free, 0.5 * quarterTurn));
    out.scale = std::min(std::min({left, right, 0.7 * width}) * stretch, height);
    out.step = 4 * quarterTurn * std::min(turningRoom(out.angle, out.scale, left, right), free) / 49;
    // Where hardly any variance is left the saddle may be out of a number's reach: then the path that always is one.
    if (!(std::isfinite(out.crossing) && std::isfinite(out.scale) && out.scale > 0 && out.step > 1e-3))
        return {0.5, 0.7, 0, 0.05};
    return out;
}

} // namespace vegadesk::pricing::fourier
