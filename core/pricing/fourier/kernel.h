#pragma once

#include <array>
#include <cstddef>

/// Prices by Fourier inversion: the log return's moment function, contours to integrate it on, and the sums.
namespace vegadesk::pricing::fourier
{

/// The law of X = ln(S_T / F): Heston's variance and independent lognormal jumps, either of which may be absent.
///
///     ln E[e^{zX}] = A + B v0 + lambda T (e^{mu z + delta² z² / 2} - 1 - z (e^{mu + delta²/2} - 1))
///
/// Source  Heston (1993), eq. 17, in the form of Albrecher et al. (2007) that keeps its branch ("little trap"), with
///         every difference of neighbours multiplied out, so that sigma may go to 0; Bates (1996) for the jumps.
struct LogReturn {
    double years = 0;
    double v0 = 0, kappa = 0, theta = 0, sigma = 0, rho = 0;
    double intensity = 0, jumpMean = 0, jumpDeviation = 0;

    bool jumps() const { return intensity > 0; }
};

/// The path z(t) = crossing + scale (sin angle + i sinh(t + i angle)), which crosses the real axis at right angles
/// and bends towards directions in which the integrand decays without turning. Trapezoid with equal steps in t.
/// Source  Boyarchenko and Levendorskii (2011, 2019); Andersen and Lake (2018).
struct Contour {
    double crossing = 0.5, scale = 1, angle = 0, step = 0.1;
};

enum class Derivative { Years, V0, Kappa, Theta, Sigma, Rho, Intensity, JumpMean, JumpDeviation };
inline constexpr std::size_t derivativeCount = 9;

/// What is wanted besides the price.
struct Wanted {
    bool greeks = false;   ///< two spot derivatives and that to time
    bool gradient = false; ///< those to the model's parameters
};

inline constexpr std::size_t maxNodes = 1024;

/// A column of complex numbers, one a node.
struct NodeColumn {
    alignas(64) std::array<double, maxNodes> re, im;
};

/// One contour's nodes: all that does not depend on the strike.
struct Nodes {
    std::size_t count = 0;                              ///< a multiple of eight
    bool isComplete = false;                            ///< the integrand died out before the last node
    NodeColumn z, exponent, weight;                     ///< integrand = weight · exp(exponent + (1 - z) k)
    std::array<NodeColumn, derivativeCount> derivative; ///< of the exponent; filled where wanted
};

/// Integrals over one contour for one strike, of a payoff with forward 1 and discount 1.
struct Integral {
    double value = 0;
    double coarseValue = 0; ///< from every second node: what the step's halving changes
    double size = 0;        ///< sum of the terms' sizes: what rounding is relative to
    double tail = 0;        ///< the last block's terms' size
    double first = 0;       ///< times z: F times the derivative to F
    double second = 0;      ///< times z (z - 1)
    std::array<double, derivativeCount> derivative{};
};

/// Fills nodes until the integrand at log strike k = ln(K/F) has died out or there is no room.
void fillNodes(const LogReturn& law, const Contour& contour, double logStrike, Wanted wanted, Nodes& out) noexcept;

/// The sums at one strike.
void integrate(const Nodes& nodes, double logStrike, Wanted wanted, bool jumps, Integral& out) noexcept;

/// ln of the integrand's size on the real axis, ln E[e^{aX}] + (1 - a) k - ln |a (a - 1)|, at a = 1 + distance for
/// k >= 0 and a = -distance for k < 0; infinite where that moment has exploded by then.
void realAxis(const LogReturn& law, double logStrike, const std::array<double, 8>& distance,
              std::array<double, 8>& out) noexcept;

} // namespace vegadesk::pricing::fourier
