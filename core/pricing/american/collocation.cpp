#include "pricing/american/collocation.h"

#include <cmath>
#include <numbers>
#include <span>

namespace vegadesk::pricing::american_detail
{

namespace
{

/// Gauss-Legendre on [-1, 1] by Newton's method on the recurrence.
void gaussLegendre(std::span<double> abscissae, std::span<double> weights)
{
    const std::size_t count = abscissae.size();
    const auto degree = static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
        double x = -std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (degree + 0.5));
        double slope = 1;
        for (int step = 0; step < 6; ++step) { // quadratic from four digits: three steps reach the last bit
            double value = 1, previous = 0;
            for (std::size_t j = 0; j < count; ++j) {
                const auto order = static_cast<double>(j);
                const double next = ((2 * order + 1) * x * value - order * previous) / (order + 1);
                previous = value;
                value = next;
            }
            slope = degree * (x * value - previous) / (x * x - 1);
            x -= value / slope;
        }
        abscissae[i] = x;
        weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
}

template<std::size_t Count>
std::array<Angles, Count> quarterTurn(const std::array<double, Count>& abscissae,
                                      const std::array<double, Count>& weights)
{
    std::array<Angles, Count> out{};
    for (std::size_t k = 0; k < Count; ++k) {
        const double angle = std::numbers::pi / 4 * (1 + abscissae[k]);
        const double sine = std::sin(angle), cosine = std::cos(angle);
        out[k] = {sine, cosine, std::numbers::pi / 4 * weights[k] * 2 * sine * cosine};
    }
    return out;
}

} // namespace

const Collocation& Collocation::tables()
{
    static const Collocation one;
    return one;
}

Collocation::Collocation()
{
    for (std::size_t i = 0; i < nodeCount; ++i) {
        const auto index = static_cast<double>(i + 1);
        nodes[i] = 0.5 * (1 - std::cos(std::numbers::pi * index / nodeCount));
        m_barycentric[i] = (i % 2 == 0 ? -1.0 : 1.0) * (i + 1 == nodeCount ? 0.5 : 1.0);
    }
    std::array<double, sourceCount> sourceAbscissae{}, sourceWeights{};
    gaussLegendre(sourceAbscissae, sourceWeights);
    sources = quarterTurn(sourceAbscissae, sourceWeights);
    gaussLegendre(abscissae, gaussWeights);
    points = quarterTurn(abscissae, gaussWeights);
    for (std::size_t k = 0; k < sourceCount; ++k) {
        for (std::size_t i = 0; i < nodeCount; ++i) {
            const auto row = interpolation(nodes[i] * sources[k].cosine);
            for (std::size_t j = 0; j < nodeCount; ++j)
                toSources[j][k * nodeCount + i] = row[j];
        }
    }
    for (std::size_t k = 0; k < pointCount; ++k) {
        const auto row = interpolation(points[k].cosine);
        for (std::size_t j = 0; j < nodeCount; ++j)
            toPoints[j][k] = row[j];
    }
}

std::array<double, nodeCount> Collocation::interpolation(double z) const
{
    std::array<double, nodeCount> out{};
    if (z <= 0)
        return out;
    double sum = 0.5 / z; // the node at zero
    for (std::size_t j = 0; j < nodeCount; ++j) {
        const double distance = z - nodes[j];
        if (distance == 0) {
            out = {};
            out[j] = 1;
            return out;
        }
        out[j] = m_barycentric[j] / distance;
        sum += out[j];
    }
    for (double& weight : out)
        weight /= sum;
    return out;
}

} // namespace vegadesk::pricing::american_detail
