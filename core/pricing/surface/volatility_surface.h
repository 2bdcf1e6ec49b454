#pragma once

#include "base/error.h"
#include "pricing/surface/slice_arbitrage.h"
#include "pricing/surface/svi.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace vegadesk::pricing
{

/// How a slice came to be.
enum class SliceOrigin : std::uint8_t {
    Svi,      ///< the best fit within the limits
    HeldBack, ///< a fit that broke limits, moved towards eSSVI until it broke none
    Level,    ///< fewer than five quotes: their level, the shape of a neighbour
    Flat,     ///< the same, with no neighbour to ask
    Given,    ///< not fitted here
};

/// One expiry of a surface.
struct SurfaceSlice {
    double years = 0;
    double forward = 0;
    double discount = 1;
    SviSlice svi;
    SliceOrigin origin = SliceOrigin::Given;
    std::size_t quotes = 0;
    double rootMeanSquare = std::numeric_limits<double>::quiet_NaN(); ///< of model vol less mid vol, unweighted
    double worst = std::numeric_limits<double>::quiet_NaN();          ///< the largest of their sizes
    double insideShare = std::numeric_limits<double>::quiet_NaN(); ///< of quotes whose bid and ask hold the model's vol
};

/// Volatilities by strike and expiry: SVI slices joined in time.
///
/// Between  two expiries total variance is linear in time at fixed log-moneyness ln(K / F(t)): where it does not fall
///          from slice to slice it falls nowhere, so there is no calendar arbitrage in between.
/// Before   the first: its total variance in proportion to time, so its volatilities.
/// Beyond   the last: its total variance plus the forward variance at the money of the last two slices (of one slice:
///          its own) at every strike. Wing slopes stay, below Lee's bound of 2.
/// Forward  and discount are log-linear in time from spot and 1 at t = 0; without a spot the first forward counts until
///          its expiry.
class VolatilitySurface
{
public:
    /// Errors  BadInput: no slices, years not strictly ascending from above 0, a forward or discount not positive, or
    ///         parameters outside SVI's domain. Arbitrage is not refused here: findArbitrage().
    static base::Result<VolatilitySurface> make(std::vector<SurfaceSlice> slices,
                                                double spot = std::numeric_limits<double>::quiet_NaN());

    const std::vector<SurfaceSlice>& slices() const { return m_slices; }
    double spot() const { return m_spot; } ///< NaN: not known

    /// Needs years > 0; NaN otherwise.
    double totalVariance(double k, double years) const noexcept;
    double volatility(double strike, double years) const noexcept;
    double forward(double years) const noexcept;
    double discount(double years) const noexcept;

private:
    VolatilitySurface(std::vector<SurfaceSlice> slices, double spot);
    /// Index of the first slice at or after `years`; the number of slices beyond the last.
    std::size_t sliceAfter(double years) const noexcept;
    double logLinear(double years, double atZero, double SurfaceSlice::*value) const noexcept;

    std::vector<SurfaceSlice> m_slices;
    double m_spot;
    double m_lastForwardVariance; // per year, at the money
};

enum class ArbitrageKind : std::uint8_t { Butterfly, Calendar };

struct ArbitrageViolation {
    ArbitrageKind kind = ArbitrageKind::Butterfly;
    std::size_t slice = 0; ///< of a calendar the later one; the earlier is the one before
    MoneynessInterval interval;
};

/// Every violation, slice by slice, with its stretch of log-moneyness to 1e-10. Neighbours alone are compared: where no
/// two of those cross no others do.
std::vector<ArbitrageViolation> findArbitrage(const VolatilitySurface& surface);

} // namespace vegadesk::pricing
