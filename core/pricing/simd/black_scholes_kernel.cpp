#include "pricing/simd/black_scholes_kernel.h"

#include <algorithm>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/simd/black_scholes_kernel.cpp"
#include <hwy/foreach_target.h>

#include "pricing/simd/dispatch.h"
#include "pricing/simd/market-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

using simd::BlackScholesBatch;
using simd::Column;

/// Which columns are worth computing.
enum class Depth { Price, FirstOrder, HigherOrder };

/// Deviations from the money beyond which every density and tail has been zero for long.
constexpr double farthest = 1e10;

/// Writes a column where it is wanted, with NaN in the lanes that have no value.
struct Writer {
    const BlackScholesBatch& batch;
    std::size_t first, count;
    LaneMask isValid;

    HWY_INLINE void operator()(Column which, Lanes values) const
    {
        if (double* column = batch.out[static_cast<std::size_t>(which)]) {
            const Lanes nothing = set(std::numeric_limits<double>::quiet_NaN());
            store(hn::IfThenElse(isValid, values, nothing), column, first, count);
        }
    }
};

template<Depth depth>
HWY_INLINE void evaluate(const Market& market, Lanes x, Lanes strike, Lanes vol, const Writer& write)
{
    const Lanes zero = set(0);
    const Lanes deviation = hn::Mul(vol, market.rootYears);
    const Lanes inverseDeviation = cappedInverse(deviation);
    // By x <= 0 the call is out of the money. `near` is d1 of an out-of-the-money call and -d2 of an out-of-the-money
    // put, `far` the other one; far is never positive.
    const LaneMask isCallOut = hn::Le(x, zero);
    const Lanes h = hn::Max(hn::Neg(hn::Mul(hn::Abs(x), inverseDeviation)), set(-farthest));
    const Lanes t = hn::Min(hn::Mul(deviation, set(0.5)), set(farthest));
    const Lanes near = hn::Add(h, t);
    const Lanes far = hn::Sub(h, t);
    const Lanes strikeLeg = hn::Mul(strike, market.strikeDiscount);
    const Lanes nearLeg = hn::IfThenElse(isCallOut, market.spotLeg, strikeLeg);
    const Lanes farLeg = hn::IfThenElse(isCallOut, strikeLeg, market.spotLeg);

    // One exponential for both tails: nearLeg n(near) = farLeg n(far).
    const Lanes bell = hn::Mul(nearLeg, exponential(hn::Mul(hn::Mul(near, near), set(-0.5))));
    const Lanes nearTail = hn::Mul(bell, scaledNormalTail(hn::Abs(near)));
    const Lanes farIn = hn::Mul(bell, scaledNormalTail(hn::Neg(far)));
    const Lanes nearRest = hn::Sub(nearLeg, nearTail);
    const LaneMask isNearPositive = isPositive(near);
    const Lanes nearIn = hn::IfThenElse(isNearPositive, nearRest, nearTail);

    const LaneMask hasDeviation = isPositive(deviation);
    const Lanes outOfTheMoney = hn::IfThenElseZero(hasDeviation, hn::Max(hn::Sub(nearIn, farIn), zero));
    const LaneMask isOut = hn::Not(hn::Xor(market.isCall, isCallOut));
    const Lanes forward = hn::Sub(market.spotLeg, strikeLeg);
    const Lanes intrinsic = hn::Max(hn::IfThenElse(market.isCall, forward, hn::Neg(forward)), zero);
    write(Column::Price, hn::IfThenElse(isOut, outOfTheMoney, hn::Add(outOfTheMoney, intrinsic)));
    if constexpr (depth == Depth::Price)
        return;

    // The probability-weighted legs of this side, S e^-qT N(±d1) and K e^-rT N(±d2), each without cancellation.
    const Lanes nearOut = hn::IfThenElse(isNearPositive, nearTail, nearRest);
    const Lanes nearPart = hn::IfThenElse(isOut, nearIn, nearOut);
    const Lanes farPart = hn::IfThenElse(isOut, farIn, hn::Sub(farLeg, farIn));
    const Lanes spotSize = hn::IfThenElse(isCallOut, nearPart, farPart);
    const Lanes strikeSize = hn::IfThenElse(isCallOut, farPart, nearPart);
    const Lanes spotPart = hn::IfThenElse(market.isCall, spotSize, hn::Neg(spotSize));
    const Lanes strikePart = hn::IfThenElse(market.isCall, strikeSize, hn::Neg(strikeSize));
    const Lanes density = hn::IfThenElseZero(hasDeviation, hn::Mul(bell, set(0.39894228040143267794)));

    const Lanes delta = hn::Mul(spotPart, market.inverseSpot);
    const Lanes gamma = hn::Mul(hn::Mul(hn::Mul(density, inverseDeviation), market.inverseSpot), market.inverseSpot);
    const Lanes vega = hn::Mul(density, market.rootYears);
    const Lanes decay = hn::Mul(hn::Mul(hn::Mul(density, set(-0.5)), vol), market.inverseRootYears);
    const Lanes interest = hn::Mul(market.rate, strikePart);
    write(Column::Delta, delta);
    write(Column::Gamma, gamma);
    write(Column::Vega, vega);
    write(Column::Theta, hn::Add(hn::Sub(decay, interest), hn::Mul(market.dividendYield, spotPart)));
    write(Column::Rho, hn::Mul(market.years, strikePart));
    if constexpr (depth == Depth::FirstOrder)
        return;

    // Factors are taken one after the other into a density that may be zero: none of the products overflows first.
    const Lanes d1 = hn::IfThenElse(isCallOut, near, hn::Neg(far));
    const Lanes d2 = hn::IfThenElse(isCallOut, far, hn::Neg(near));
    const Lanes inverseVol = hn::Mul(market.rootYears, inverseDeviation);
    const Lanes drift = hn::Sub(market.rate, market.dividendYield);
    // d d1 / dT = drift / deviation - d2 / (2 T), here times a given density.
    const auto withTime = [&](Lanes weight) HWY_ATTR {
        const Lanes byDrift = hn::Mul(hn::Mul(weight, inverseDeviation), drift);
        const Lanes byTime = hn::Mul(hn::Mul(hn::Mul(weight, d2), market.inverseRootYears), market.inverseRootYears);
        return hn::NegMulAdd(byTime, set(0.5), byDrift);
    };
    const Lanes spotDensity = hn::Mul(density, market.inverseSpot); // e^-qT n(d1)
    const Lanes gammaD1 = hn::Mul(gamma, d1);
    const Lanes gammaAge = hn::Mul(hn::Mul(gamma, market.inverseRootYears), market.inverseRootYears);
    write(Column::Vanna, hn::Neg(hn::Mul(hn::Mul(spotDensity, d2), inverseVol)));
    write(Column::Volga, hn::Mul(hn::Mul(hn::Mul(vega, d1), d2), inverseVol));
    write(Column::Charm, hn::Sub(hn::Mul(market.dividendYield, delta), withTime(spotDensity)));
    write(Column::Speed, hn::Neg(hn::Mul(hn::MulAdd(gammaD1, inverseDeviation, gamma), market.inverseSpot)));
    write(Column::Zomma, hn::Mul(hn::MulSub(gammaD1, d2, gamma), inverseVol));
    write(Column::Color,
          hn::Add(hn::MulAdd(gammaAge, set(0.5), hn::Mul(gamma, market.dividendYield)), withTime(gammaD1)));
    write(Column::DividendRho, hn::Neg(hn::Mul(market.years, spotPart)));
}

template<Depth depth, bool sharesMarket>
void run(const BlackScholesBatch& batch)
{
    constexpr std::size_t blockSize = 64;
    const Doubles d;
    const std::size_t width = hn::Lanes(d);
    Market market;
    if constexpr (sharesMarket)
        market = marketOf(set(*batch.spot), set(*batch.rate), set(*batch.dividendYield), set(*batch.years),
                          isPositive(set(*batch.right == Right::Call ? 1 : 0)));
    // Logarithms first, a block of them: two short loops overlap their chains better than one long one.
    HWY_ALIGN double logMoneyness[blockSize];
    for (std::size_t block = 0; block < batch.count; block += blockSize) {
        const std::size_t end = std::min(block + blockSize, batch.count);
        for (std::size_t first = block; first < end; first += width) {
            const std::size_t count = std::min(width, end - first);
            const Lanes spot = sharesMarket ? market.spot : load(batch.spot, first, count);
            const Lanes strike = hn::Max(load(batch.strike, first, count), set(std::numeric_limits<double>::min()));
            hn::Store(logRatio(spot, strike), d, logMoneyness + (first - block));
        }
        for (std::size_t first = block; first < end; first += width) {
            const std::size_t count = std::min(width, end - first);
            if constexpr (!sharesMarket)
                market = marketOf(load(batch.spot, first, count), load(batch.rate, first, count),
                                  load(batch.dividendYield, first, count), load(batch.years, first, count),
                                  areCalls(batch.right, first, count));
            const Lanes strike = load(batch.strike, first, count);
            const Lanes vol = load(batch.vol, first, count);
            const LaneMask areOptions = hn::And(hn::And(hn::IsFinite(strike), isPositive(strike)),
                                                hn::And(hn::IsFinite(vol), hn::Ge(vol, set(0))));
            const Lanes x = hn::Add(hn::Load(d, logMoneyness + (first - block)), market.carry);
            evaluate<depth>(market, x, strike, vol, Writer{batch, first, count, hn::And(market.isValid, areOptions)});
        }
    }
}

template<Depth depth>
void runShared(const BlackScholesBatch& batch)
{
    batch.sharesMarket ? run<depth, true>(batch) : run<depth, false>(batch);
}

void blackScholes(const BlackScholesBatch& batch) noexcept
{
    const auto isWanted = [&](Column from, Column to) {
        const auto at = [&](Column which) { return batch.out.begin() + static_cast<std::ptrdiff_t>(which); };
        return std::any_of(at(from), at(to), [](const double* column) { return column != nullptr; });
    };
    if (isWanted(Column::Vanna, Column::Count))
        runShared<Depth::HigherOrder>(batch);
    else if (isWanted(Column::Delta, Column::Vanna))
        runShared<Depth::FirstOrder>(batch);
    else
        runShared<Depth::Price>(batch);
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::simd
{

void blackScholes(const BlackScholesBatch& batch) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(blackScholes);
    chosen(paths)(batch);
}

} // namespace vegadesk::pricing::simd
#endif
