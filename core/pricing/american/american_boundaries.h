#pragma once

#include "pricing/american/volatility_strip.h"
#include "pricing/black_scholes.h"

#include <cstddef>
#include <span>

namespace vegadesk::pricing
{

/// The exercise boundaries of one expiry, kept from call to call: what an American chain costs cold is mostly these.
///
/// Method   a boundary depends on volatility, rate, yield and the time left, not on spot and strike. For each side it is
///          solved for at a few volatilities and interpolated between them (american/volatility_strip.h), over a range a
///          little wider than asked for. It is solved for again when the rate or the yield has moved by more than
///          rateTolerance, when more time is left than it was solved for or less than half of it, and when a
///          volatility lies outside; far wings, beyond what one such range can hold, are solved for by themselves.
/// Accuracy prices within 3e-7 of american(), of the larger of spot and strike, volatilities as far as such a price tells them; Greeks within
///          1e-4 of their largest size over the spot. What the kept boundaries do not cover is solved for by itself.
/// Limits   as american(); where boundaries cannot be shared (a negative yield, two boundaries) all are solved for.
/// Threads  one at a time; no allocation.
class AmericanBoundaries
{
public:
    static constexpr double rateTolerance = 1e-7; ///< per year: rounding, and the last turns of a forward that settles

    /// As americanStrip().
    void price(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
               std::span<const double> vols, const GreeksView& out) noexcept;

    /// As americanImpliedVolatilityStrip().
    void impliedVolatilities(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                             std::span<const double> prices, std::span<double> vols) noexcept;

    /// As deAmericaniseStrip().
    void withoutEarlyExercise(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                              std::span<const double> americanPrices, std::span<double> europeanPrices) noexcept;

    /// How often a side's boundaries have been solved for, to see what was kept.
    std::size_t solvedCount() const { return m_solvedCount; }

private:
    struct Range {
        double least = 0, most = 0;
        bool isEmpty() const { return !(most > 0); }
    };
    struct Side {
        american_detail::VolatilityStrip solved; // as it was solved for
        american_detail::VolatilityStrip moved;  // for the rates and the time of the last call
        american_detail::PutInputs triedAt;      // where it was last solved for, in vain or not
        Range triedRange;
    };

    static Range rangeOf(std::span<const double> vols) noexcept;
    static Range widened(const Range& range, const Range& before) noexcept;
    const american_detail::VolatilityStrip& stripFor(Right right, const MarketPoint& market, double years,
                                                     const Range& range) noexcept;

    Side m_calls, m_puts;
    std::size_t m_solvedCount = 0;
};

} // namespace vegadesk::pricing
