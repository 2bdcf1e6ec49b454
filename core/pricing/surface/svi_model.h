#pragma once

#include "pricing/surface/svi.h"

#include <array>
#include <cmath>
#include <cstddef>

/// What an SVI fit works on; for svi_fit.cpp and svi_problem.cpp alone.
namespace vegadesk::pricing::svi_detail
{

inline constexpr std::size_t dimension = 5;
using Vector = std::array<double, dimension>;
using Matrix = std::array<Vector, dimension>;

/// ln least variance, ln left slope, ln right slope, m, ln sigma.
enum Parameter : std::size_t { LeastVariance, LeftSlope, RightSlope, Centre, Width };

inline SviSlice toSlice(const Vector& p)
{
    const double left = std::exp(p[LeftSlope]), right = std::exp(p[RightSlope]), sigma = std::exp(p[Width]);
    const double b = 0.5 * (left + right);
    return {std::exp(p[LeastVariance]) - sigma * std::sqrt(left * right), b, 0.5 * (right - left) / b, p[Centre],
            sigma};
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

inline constexpr double robustErrors = 3; // beyond, a quote pulls with constant force

/// The part of the cost that a residual beyond robustErrors adds is linear (Huber).
inline double huber(double residual)
{
    const double size = std::abs(residual);
    return size <= robustErrors ? size * size : robustErrors * (2 * size - robustErrors);
}

/// The weight at which a square pulls as huber() does.
inline double robust(double residual)
{
    const double size = std::abs(residual);
    return size <= robustErrors ? 1 : robustErrors / size;
}

} // namespace vegadesk::pricing::svi_detail
