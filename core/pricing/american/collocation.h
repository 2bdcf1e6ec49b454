#pragma once

#include <array>
#include <cstddef>

/// Nodes and weights that every American boundary and price share. Computed once, on first use.
namespace vegadesk::pricing::american_detail
{

inline constexpr std::size_t nodeCount = 12;   ///< times at which a boundary is solved for
inline constexpr std::size_t sourceCount = 12; ///< quadrature points of each node's own integral
inline constexpr std::size_t pointCount = 32;  ///< quadrature points of a price

/// Time runs as sin² and cos² of an angle in [0, pi/2]: the square roots that the boundary has at both ends of an
/// integral then are smooth, and Gauss-Legendre points converge exponentially.
struct Angles {
    double sine, cosine, weight; ///< weight d(angle) times 2 sine cosine, so that weights add up to 1
};

struct Collocation {
    /// Square roots of time as fractions of the horizon's: Chebyshev-Lobatto points of (0, 1]. Zero, where the
    /// boundary is known, is the node that is left out.
    std::array<double, nodeCount> nodes;
    std::array<Angles, sourceCount> sources;
    std::array<Angles, pointCount> points;
    /// Interpolation from nodes to nodes[i] * sources[k].cosine: [j][k * nodeCount + i].
    alignas(64) std::array<std::array<double, sourceCount * nodeCount>, nodeCount> toSources;
    /// Interpolation from nodes to points[k].cosine: [j][k].
    alignas(64) std::array<std::array<double, pointCount>, nodeCount> toPoints;
    std::array<double, pointCount> abscissae, gaussWeights; ///< Gauss-Legendre on [-1, 1]

    static const Collocation& tables();

    /// Weights of the nodes for the square root of time `z` in [0, 1]; the known node at zero has the rest.
    std::array<double, nodeCount> interpolation(double z) const;

private:
    Collocation();
    std::array<double, nodeCount> m_barycentric;
};

} // namespace vegadesk::pricing::american_detail
