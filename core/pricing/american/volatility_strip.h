#pragma once

#include "pricing/american/boundary.h"
#include "pricing/american/put_option.h"

#include <array>
#include <cstddef>
#include <span>

namespace vegadesk::pricing::american_detail
{

/// Boundaries of one expiry and side as a function of volatility: y² at the nodes as Chebyshev polynomials in ln vol.
class VolatilityStrip
{
public:
    VolatilityStrip() = default;

    /// Covers no volatility where sharing does not pay or is not smooth: few strikes, volatilities too far apart,
    /// boundaries that reach their limit before the expiry. `like` has the strip's side, rates and years.
    static VolatilityStrip make(const PutOption& like, std::span<const double> vols, bool priceAlone) noexcept;

    bool covers(double vol) const { return m_count > 0 && vol >= m_least && vol <= m_most; }

    /// Requires covers(vol).
    Boundary boundaryAt(double vol) const noexcept;

private:
    static constexpr std::size_t mostTerms = 12;
    using Terms = std::array<std::array<double, nodeCount>, mostTerms>;

    double position(double vol) const; // in [-1, 1]

    PutInputs m_inputs;
    RateGreek m_rate = RateGreek::None;
    double m_least = 0, m_most = 0;    // volatilities
    double m_middle = 0, m_radius = 1; // of ln vol
    std::size_t m_count = 0;
    Terms m_squares{}, m_squaresByRate{}; // Chebyshev coefficients
};

} // namespace vegadesk::pricing::american_detail
