#include "pricing/normalised_black.h"

#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing
{

namespace
{

constexpr double sqrtHalfPi = 1.2533141373155002512;
constexpr double logSqrtTwoPi = 0.91893853320467274178;

/// M(h + t) - M(h - t) for the Mills-type ratio M(h) = N(h)/n(h), by its Taylor series about h, where a
/// difference would cancel. The derivatives follow from M' = 1 + h M.
double millsDifferenceSeries(double h, double t)
{
    double previous = sqrtHalfPi * erfcx(-h * inverseSqrtTwo);
    double current = 1 + h * previous; // M'
    double power = 2 * t;
    double sum = 0;
    for (int order = 1; order < 40; order += 2) {
        const double term = power * current;
        sum += term;
        if (term <= 1e-17 * sum)
            break;
        // Two orders on: M^(n+1) = h M^(n) + n M^(n-1).
        const double next = h * current + order * previous;
        const double afterNext = h * next + (order + 1) * current;
        previous = next;
        current = afterNext;
        power *= t * t / ((order + 1) * (order + 2));
    }
    return sum;
}

/// Where the series serves: from s = 1 up, or far from the money, the difference itself keeps its digits.
bool hasSeries(double x, double t)
{
    return x > -2 && t < 0.5;
}

/// ln of a first guess's model of b: exact at the money and in the far wing for small s, close between.
double modelLogValue(double x, double s)
{
    const double h = x / s;
    return std::log(s / (1 + sqrtHalfPi * -h + h * h)) - 0.5 * h * h - 0.125 * s * s - logSqrtTwoPi;
}

/// s with modelLogValue = target, by Newton in ln s; s is increasing in the target, so the steps cannot
/// cycle.
double guessLow(double x, double target, double s)
{
    for (int step = 0; step < 12; ++step) {
        const double h = x / s;
        const double slope = 1 + h * h - 0.25 * s * s + (sqrtHalfPi * -h + 2 * h * h) / (1 + sqrtHalfPi * -h + h * h);
        const double move = std::clamp((target - modelLogValue(x, s)) / std::max(slope, 0.5), -1.0, 1.0);
        s *= 1 + move * (1 + 0.5 * move);
        if (std::abs(move) < 1e-2)
            break;
    }
    return s;
}

/// s from the complement's leading behaviour, N(-s/2) scaled, good once s is large.
double guessHigh(double x, double complement)
{
    // With t = s/2 large, complement is about 2 e^{-x²/(2 s²)} N(-t); Mills for the tail, iterated.
    double t = std::sqrt(std::max(0.1, -2 * std::log(complement)));
    for (int step = 0; step < 4; ++step) {
        const double h = x / (2 * t);
        const double mills = sqrtHalfPi * erfcx(t * inverseSqrtTwo);
        t = std::sqrt(std::max(0.01, 2 * (std::log(2 * mills / complement) - logSqrtTwoPi) - h * h));
    }
    return 2 * t;
}

} // namespace

NormalisedBlack normalisedBlack(double x, double s) noexcept
{
    const double h = x / s;
    const double t = 0.5 * s;
    const double exponent = -0.5 * (h * h + t * t);
    NormalisedBlack out{};
    out.slope = inverseSqrtTwoPi * std::exp(exponent);
    if (h + t > 0 && !hasSeries(x, t)) {
        // M(h + t) would overflow for large t; from here up the complement costs b no digits.
        const double far = sqrtHalfPi * (erfcx((h + t) * inverseSqrtTwo) + erfcx(-(h - t) * inverseSqrtTwo));
        out.value = std::exp(0.5 * x) - out.slope * far;
        out.logValue = std::log(out.value);
        out.logSlope = out.slope / out.value;
    } else {
        // b = b' [M(h + t) - M(h - t)]
        const double difference =
            hasSeries(x, t) ? millsDifferenceSeries(h, t)
                            : sqrtHalfPi * (erfcx(-(h + t) * inverseSqrtTwo) - erfcx(-(h - t) * inverseSqrtTwo));
        out.value = out.slope * difference;
        out.logValue = exponent + std::log(difference) - logSqrtTwoPi;
        out.logSlope = 1 / difference;
    }
    const double c = h / s;
    out.curvatureRatio = h * c - 0.25 * s;
    out.thirdRatio = out.curvatureRatio * out.curvatureRatio - 3 * c * c - 0.25;
    return out;
}

double normalisedBlackComplement(double x, double s) noexcept
{
    const double h = x / s;
    const double t = 0.5 * s;
    const double density = inverseSqrtTwoPi * std::exp(-0.5 * (h * h + t * t));
    const double far = erfcx(-(h - t) * inverseSqrtTwo);
    if (h + t >= 0)
        return density * sqrtHalfPi * (erfcx((h + t) * inverseSqrtTwo) + far);
    return std::exp(0.5 * x) - density * sqrtHalfPi * (erfcx(-(h + t) * inverseSqrtTwo) - far);
}

double solveNormalisedBlack(double x, double value, double complement) noexcept
{
    if (!(x <= 0) || !(value > 0) || !(complement > 0) || std::isinf(x))
        return std::numeric_limits<double>::quiet_NaN();

    // Three branches, each with an objective that is close to linear in s on it: 1/ln b below the inflection
    // of b, b itself above, ln(complement) once b passes half its bound.
    enum class Branch { Low, Middle, High };
    const double inflection = std::sqrt(-2 * x);
    const double logValue = std::log(value);
    const double inflectionValue = 0.5 * std::exp(0.5 * x) * (1 - erfcx(std::sqrt(-x))); // b there, in closed form
    const bool isLow = value < inflectionValue;
    const Branch branch = isLow ? Branch::Low : value < complement ? Branch::Middle : Branch::High;

    double low = isLow ? 0 : inflection;
    double high = isLow ? inflection : std::numeric_limits<double>::infinity();
    double s = 0;
    switch (branch) {
    case Branch::Low:
        s = guessLow(x, logValue, 0.7 * inflection);
        break;
    case Branch::Middle:
        // The tangent at the inflection, where the slope is e^{x/2}/sqrt(2 pi); it never passes the root.
        s = inflection + (value - inflectionValue) * std::exp(-0.5 * x) / inverseSqrtTwoPi;
        break;
    case Branch::High:
        s = guessHigh(x, complement);
        break;
    }
    if (!(s > low && s < high))
        s = isLow ? 0.5 * high : std::max(1.2 * low, 0.1);

    for (int iteration = 0; iteration < 60; ++iteration) {
        const NormalisedBlack b = normalisedBlack(x, s);
        const double p = b.logSlope;
        // The logarithm of a quotient near one keeps digits that a difference of large logarithms has lost.
        const double residual = b.value > 1e-290 ? std::log(value / b.value) : logValue - b.logValue;
        double newton = 0;
        double second = 0;
        double third = 0;
        if (branch == Branch::Low) {
            const double inverse = 1 / b.logValue;
            newton = residual * b.logValue / logValue / p;
            const double weight = 1 + 2 * inverse;
            second = b.curvatureRatio - p * weight;
            third = b.thirdRatio + 2 * p * p * (1 + 3 * inverse * (1 + inverse)) - 3 * b.curvatureRatio * p * weight;
        } else if (branch == Branch::Middle) {
            newton = (value - b.value) / b.slope;
            second = b.curvatureRatio;
            third = b.thirdRatio;
        } else {
            const double left = normalisedBlackComplement(x, s);
            const double q = b.slope / left; // -c'/c
            newton = std::log(left / complement) / q;
            second = b.curvatureRatio + q;
            third = b.thirdRatio + 3 * b.curvatureRatio * q + 2 * q * q;
        }
        if (newton > 0)
            low = std::max(low, s);
        else
            high = std::min(high, s);
        double move = newton * (1 + 0.5 * second * newton) / (1 + newton * (second + third * newton / 6));
        if (!(move * newton > 0) || std::abs(move) > 4 * std::abs(newton))
            move = newton;
        // The step is of fourth order: one this small leaves nothing that a double can hold.
        if (std::abs(move) <= 1e-5 * s)
            return s + move;
        const double next = s + move;
        s = next > low && next < high ? next : std::isinf(high) ? 2 * s : 0.5 * (low + high);
    }
    return s;
}

} // namespace vegadesk::pricing
