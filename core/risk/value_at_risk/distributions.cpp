#include "risk/value_at_risk/distributions.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace vegadesk::risk
{

namespace
{

using pricing::normalCdf;
using pricing::normalDensity;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double eps = std::numeric_limits<double>::epsilon();
constexpr TailLoss notKnown{nan, nan};

bool isLevel(double level)
{
    return level > 0 && level < 1;
}

/// z >= 0 with P(Z > z) = tail for a tail of at most a half. The tail's logarithm is concave and the start is to the right of
/// the root, so Newton's steps come down on it without passing it.
double normalUpperQuantile(double tail)
{
    double z = std::sqrt(std::max(0.0, -2 * std::log(2 * tail)));
    for (int step = 0; step < 60; ++step) {
        const double found = normalCdf(-z);
        const double next = z + found / normalDensity(z) * std::log(found / tail);
        if (!(std::abs(next - z) > eps * z))
            return next;
        z = next;
    }
    return z;
}

/// The continued fraction of the incomplete beta function by Lentz's method: DLMF 8.17.22.
double betaFraction(double a, double b, double x)
{
    constexpr double tiny = 1e-300;
    const auto nonZero = [](double value) { return std::abs(value) < tiny ? tiny : value; };
    double c = 1;
    double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m < 10'000; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / nonZero(1 + even * d);
        c = nonZero(1 + even / c);
        fraction *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / nonZero(1 + odd * d);
        c = nonZero(1 + odd / c);
        fraction *= d * c;
        if (std::abs(d * c - 1) <= eps)
            break;
    }
    return fraction;
}

double logGamma(double x)
{
    int sign = 0;
    return ::lgamma_r(x, &sign); // std::lgamma writes a global
}

/// The regularised incomplete beta function, x and 1 - x given apart so that neither is rounded off.
double incompleteBeta(double a, double b, double x, double rest)
{
    if (x <= 0 || rest <= 0)
        return x <= 0 ? 0 : 1;
    const double front = std::exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * std::log(x) + b * std::log(rest));
    if (x < (a + 1) / (a + b + 2))
        return front * betaFraction(a, b, x) / a;
    return 1 - front * betaFraction(b, a, rest) / b;
}

/// t > 0 with P(T > t) = tail below a half: Newton's steps on both logarithms, where the tail is concave as above.
double studentUpperQuantile(double freedom, double tail)
{
    double t = std::max(normalUpperQuantile(tail), 0.1);
    for (int step = 0; step < 200; ++step) {
        const double found = studentTail(freedom, t);
        const double move = found / (studentDensity(freedom, t) * t) * std::log(found / tail);
        t *= std::exp(std::min(move, 2.0));
        if (!(std::abs(move) > 2 * eps))
            break;
    }
    return t;
}

} // namespace

double normalQuantile(double probability) noexcept
{
    if (!isLevel(probability))
        return nan;
    return probability < 0.5 ? -normalUpperQuantile(probability) : normalUpperQuantile(1 - probability);
}

double studentTail(double freedom, double t) noexcept
{
    if (!(freedom > 0) || std::isnan(t))
        return nan;
    const double square = t * t;
    const double half = incompleteBeta(freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square)) / 2;
    return t < 0 ? 1 - half : half;
}

double studentDensity(double freedom, double t) noexcept
{
    const double scale = std::exp(logGamma((freedom + 1) / 2) - logGamma(freedom / 2));
    return scale / std::sqrt(freedom * std::numbers::pi) * std::exp(-(freedom + 1) / 2 * std::log1p(t * t / freedom));
}

TailLoss normalTailLoss(double level, double mean, double deviation) noexcept
{
    if (!isLevel(level) || !(deviation > 0) || !std::isfinite(mean) || !std::isfinite(deviation))
        return notKnown;
    const double z = normalQuantile(level);
    return {deviation * z - mean, deviation * normalDensity(z) / (1 - level) - mean};
}

TailLoss studentTailLoss(double level, double freedom) noexcept
{
    if (!isLevel(level) || !(freedom > 0) || !std::isfinite(freedom))
        return notKnown;
    double t = 0;
    if (level != 0.5)
        t = level > 0.5 ? studentUpperQuantile(freedom, 1 - level) : -studentUpperQuantile(freedom, level);
    if (!(freedom > 1))
        return {t, nan};
    return {t, studentDensity(freedom, t) / (1 - level) * (freedom + t * t) / (freedom - 1)};
}

double cornishFisher(double z, double skewness, double excessKurtosis) noexcept
{
    const double square = z * z;
    return z + skewness / 6 * (square - 1) + excessKurtosis / 24 * z * (square - 3) -
           skewness * skewness / 36 * z * (2 * square - 5);
}

bool isCornishFisherMonotone(double skewness, double excessKurtosis) noexcept
{
    constexpr double reach = 5;
    const double square = skewness * skewness;
    const double a = excessKurtosis / 8 - square / 6; // the derivative is a z² + b z + c
    const double b = skewness / 3;
    const double c = 1 - excessKurtosis / 8 + 5 * square / 36;
    const auto derivative = [&](double z) { return (a * z + b) * z + c; };
    const bool hasLowest = a > 0 && std::abs(b) < 2 * a * reach;
    return derivative(-reach) > 0 && derivative(reach) > 0 && (!hasLowest || derivative(-b / (2 * a)) > 0);
}

TailLoss cornishFisherTailLoss(double level, const Moments& moments) noexcept
{
    const auto& [mean, deviation, skewness, kurtosis] = moments;
    if (!isLevel(level) || !(deviation > 0) || !std::isfinite(mean + deviation + skewness + kurtosis))
        return notKnown;
    const double z = -normalQuantile(level);
    // Means over Z < z: of Z, Z² and Z³ are -m, 1 - z m and -(z² + 2) m, where m is the density at z over its tail.
    const double m = normalDensity(z) / (1 - level);
    const double shortfall =
        -m - skewness / 6 * z * m + kurtosis / 24 * (1 - z * z) * m - skewness * skewness / 36 * (1 - 2 * z * z) * m;
    return {-mean - deviation * cornishFisher(z, skewness, kurtosis), -mean - deviation * shortfall};
}

TailLoss mixtureTailLoss(double level, std::span<const MixturePart> parts) noexcept
{
    if (!isLevel(level) || parts.empty())
        return notKnown;
    const double tail = 1 - level;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const MixturePart& part : parts) {
        const TailLoss alone = normalTailLoss(level, part.mean, part.deviation);
        if (!(part.weight > 0) || std::isnan(alone.valueAtRisk))
            return notKnown;
        low = std::min(low, alone.valueAtRisk);
        high = std::max(high, alone.valueAtRisk);
    }
    // Newton's steps, or half the way where one would leave the bounds: the tail falls everywhere, so the root is simple.
    double loss = (low + high) / 2;
    for (int step = 0; step < 200; ++step) {
        double found = 0, density = 0;
        for (const auto& [weight, mean, deviation] : parts) {
            const double z = (-loss - mean) / deviation;
            found += weight * normalCdf(z);
            density += weight * normalDensity(z) / deviation;
        }
        (found > tail ? low : high) = loss;
        double next = loss + (found - tail) / density;
        if (!(next >= low && next <= high))
            next = (low + high) / 2;
        const double move = std::abs(next - loss);
        loss = next;
        if (!(move > 2 * eps * std::abs(loss)))
            break;
    }
    double beyond = 0;
    for (const auto& [weight, mean, deviation] : parts) {
        const double z = (-loss - mean) / deviation;
        beyond += weight * (deviation * normalDensity(z) - mean * normalCdf(z));
    }
    return {loss, beyond / tail};
}

double chiSquareTail1(double statistic) noexcept
{
    return std::erfc(std::sqrt(std::max(0.0, statistic) / 2));
}

double chiSquareTail2(double statistic) noexcept
{
    return std::exp(-std::max(0.0, statistic) / 2);
}

} // namespace vegadesk::risk
