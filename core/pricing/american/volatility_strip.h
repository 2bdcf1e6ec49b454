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
    /// For volatilities from `least` to `most`, however many.
    static VolatilityStrip within(const PutOption& like, double least, double most, bool priceAlone) noexcept;
    /// The widest range of ln vol that one strip covers.
    static double widest();

    /// The same boundaries for other rates and less time: a boundary is a function of the time left, so that less of it is
    /// exact; other rates move its start and limit along, which leaves an error in proportion to their change.
    /// Requires years in (0, inputs().years].
    VolatilityStrip movedTo(const PutInputs& inputs) const noexcept;

    bool isEmpty() const { return m_count == 0; }
    const PutInputs& inputs() const { return m_inputs; } ///< without a volatility
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
