// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_PRICING_SIMD_MARKET_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_PRICING_SIMD_MARKET_INL_H
#undef VEGADESK_PRICING_SIMD_MARKET_INL_H
#else
#define VEGADESK_PRICING_SIMD_MARKET_INL_H
#endif

#include "market/instrument.h"
#include "pricing/simd/lanes-inl.h"

#include <algorithm>
#include <limits>

HWY_BEFORE_NAMESPACE();

/// What the kernels share: columns in and out by the block of lanes, and the market's part of each option.
namespace vegadesk::pricing::HWY_NAMESPACE
{

using market::Right;

/// What an expiry's strikes share, and the side.
struct Market {
    Lanes spot, rate, dividendYield, years;
    Lanes rootYears, inverseRootYears, carry;
    Lanes spotLeg, strikeDiscount, inverseSpot; // S e^-qT, e^-rT
    LaneMask isCall, isValid;
};

/// Stands for infinity where a deviation is zero, so that a density of zero times it is zero and not NaN.
constexpr double beyond = 1e300;
HWY_INLINE Lanes cappedInverse(Lanes x)
{
    return hn::Min(hn::Div(set(1), x), set(beyond));
}

HWY_INLINE LaneMask isPositive(Lanes x)
{
    return hn::Gt(x, set(0));
}

HWY_INLINE Market marketOf(Lanes spot, Lanes rate, Lanes dividendYield, Lanes years, LaneMask isCall)
{
    Market out;
    out.spot = spot;
    out.rate = rate;
    out.dividendYield = dividendYield;
    out.years = years;
    out.rootYears = hn::Sqrt(years);
    out.inverseRootYears = cappedInverse(out.rootYears);
    out.carry = hn::Mul(hn::Sub(rate, dividendYield), years);
    out.spotLeg = hn::Mul(spot, exponential(hn::Neg(hn::Mul(dividendYield, years))));
    out.strikeDiscount = exponential(hn::Neg(hn::Mul(rate, years)));
    out.inverseSpot = hn::Div(set(1), spot);
    out.isCall = isCall;
    const LaneMask areFinite = hn::And(hn::And(hn::IsFinite(out.spotLeg), hn::IsFinite(out.strikeDiscount)),
                                       hn::And(hn::IsFinite(rate), hn::IsFinite(dividendYield)));
    const LaneMask areInRange = hn::And(hn::And(isPositive(spot), isPositive(out.spotLeg)),
                                        hn::And(hn::IsFinite(years), hn::Ge(years, set(0))));
    out.isValid = hn::And(areFinite, areInRange);
    return out;
}

/// A block of lanes of one column; the last block of a batch is filled up with NaN.
HWY_INLINE Lanes load(const double* column, std::size_t first, std::size_t count)
{
    const Doubles d;
    if (count == hn::Lanes(d))
        return hn::LoadU(d, column + first);
    if (count == 1) // one option alone: not by way of memory
        return set(column[first]);
    HWY_ALIGN double padded[maxLanes];
    std::fill(std::copy_n(column + first, count, padded), padded + maxLanes, std::numeric_limits<double>::quiet_NaN());
    return hn::Load(d, padded);
}

HWY_INLINE void store(Lanes values, double* column, std::size_t first, std::size_t count)
{
    const Doubles d;
    if (count == hn::Lanes(d)) {
        hn::StoreU(values, d, column + first);
        return;
    }
    if (count == 1) {
        column[first] = hn::GetLane(values);
        return;
    }
    HWY_ALIGN double padded[maxLanes];
    hn::Store(values, d, padded);
    std::copy_n(padded, count, column + first);
}

HWY_INLINE LaneMask areCalls(const Right* rights, std::size_t first, std::size_t count)
{
    HWY_ALIGN double isCall[maxLanes] = {};
    for (std::size_t i = 0; i < count; ++i)
        isCall[i] = rights[first + i] == Right::Call ? 1 : 0;
    return isPositive(hn::Load(Doubles(), isCall));
}

} // namespace vegadesk::pricing::HWY_NAMESPACE

HWY_AFTER_NAMESPACE();

#endif
