#include "pricing/simd/implied_volatility_kernel.h"

#include "pricing/normalised_black.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/simd/implied_volatility_kernel.cpp"
#include <hwy/foreach_target.h>

#include "pricing/simd/dispatch.h"
#include "pricing/simd/market-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

using simd::ImpliedVolatilityStrip;

constexpr double rootTwoPi = 2.50662827463100050242;
constexpr double rootHalfPi = 1.25331413731550025121;

/// Options on their way through the solver: each step is a loop of its own over the block, so that the processor
/// overlaps the long dependency chains of neighbouring lanes.
struct Block {
    static constexpr std::size_t size = 64;
    HWY_ALIGN std::array<double, size> x;          // -|ln(F/K)|
    HWY_ALIGN std::array<double, size> value;      // normalised time value, the target
    HWY_ALIGN std::array<double, size> complement; // e^{x/2} - value
    HWY_ALIGN std::array<double, size> s;          // total volatility, what is sought
    HWY_ALIGN std::array<double, size> move;       // the last step's size over s
};

/// A step this small, of fourth order, leaves nothing that a double can hold.
constexpr double smallMove = 1e-5;

/// Whether b is nearer its upper bound: then the search is for its complement, which keeps the digits.
HWY_INLINE LaneMask isHigh(Lanes value, Lanes complement)
{
    return hn::Ge(value, complement);
}

/// Whether the lanes' search serves a target: not where the density underflows.
HWY_INLINE LaneMask isRegular(Lanes x, Lanes target)
{
    return hn::And(hn::Gt(target, set(1e-280)), hn::Gt(x, set(-100)));
}

/// First guess, within a few per cent: the Bachelier model's h = x/s by our own rational fit (degree 2/3 in
/// r = sqrt ln(1 + |x|/b), 0.7 % over all prices), then the leading difference between the models,
/// ln b = ln Bachelier - s² (1/8 - M'''/(24 M')) with the Mills ratio M.
HWY_INLINE Lanes guessLow(Lanes x, Lanes value)
{
    static constexpr double numerator[] = {0.399244803616, 0.0679772565254, 0.049900755782};
    static constexpr double denominator[] = {1.0, 0.188682805581, 0.0736540939768, 0.0346764948425};
    const Lanes w = hn::Max(hn::Div(hn::Neg(x), value), set(1e-6)); // at the money the limit is reached before
    const Lanes r2 = logarithm(hn::Add(w, set(1)));
    const Lanes r = hn::Sqrt(r2);
    const Lanes size = // |h|
        hn::Div(hn::Mul(r2, polynomial(numerator, r, r2)), polynomial(denominator, r, r2));
    const Lanes s = hn::Div(hn::Mul(value, w), size);
    const Lanes size2 = hn::Mul(size, size);
    const Lanes weight = hn::Sub(set(0.125), hn::Div(set(0.25), hn::Add(hn::MulAdd(size, set(1.88), size2), set(3))));
    const Lanes slope = hn::Add(hn::MulAdd(size, set(rootHalfPi), size2), set(1)); // d ln b / d ln s
    const Lanes gain = hn::Div(hn::Mul(hn::Mul(s, s), weight), slope);
    return hn::MulAdd(hn::Mul(s, gain), hn::MulAdd(gain, set(2), set(1)), s);
}

/// t with N(-t) = e^{-l} for l >= ln 4: our own rational fit in sqrt l, relative error 0.5 %.
HWY_INLINE Lanes tailQuantile(Lanes l)
{
    static constexpr double numerator[] = {-2.04780631252, 1.31719497558, 1.42711899121};
    const Lanes bounded = hn::Max(l, set(1.3862943611198906));
    const Lanes r = hn::Sqrt(bounded);
    return hn::Div(polynomial(numerator, r, bounded), hn::MulAdd(r, set(1.00774849747), set(1)));
}

/// First guess from the complement, about 2 e^{-h²/2} N(-t): exact at the money, within some per cent elsewhere.
HWY_INLINE Lanes guessHigh(Lanes x, Lanes complement)
{
    const Lanes l = logRatio(set(2), hn::Max(complement, set(std::numeric_limits<double>::min())));
    const Lanes inflection = hn::Sqrt(hn::Mul(x, set(-0.5))); // t there; the sought one is above
    const Lanes t = hn::Max(tailQuantile(l), inflection);
    const Lanes halfH = hn::Div(x, hn::Mul(t, set(4)));
    const Lanes corrected = tailQuantile(hn::NegMulAdd(hn::Mul(halfH, halfH), set(2), l));
    return hn::Mul(hn::Max(corrected, hn::Mul(inflection, set(1.05))), set(2));
}

/// M(h + t) - M(h - t) for the Mills ratio M(h) = N(h)/n(h), by its Taylor series about h: c_n = M^(n)(h) t^n / n! with
/// (n + 1) c_{n+1} = h t c_n + t² c_{n-1}, from M' = 1 + h M. Terms are positive and fall, so one that is below the
/// last digit changes no bit: how many a block of lanes takes is no matter.
template<int Terms>
HWY_INLINE Lanes millsDifferenceSeries(Lanes h, Lanes t)
{
    Lanes previous = hn::Mul(scaledNormalTail(hn::Neg(h)), set(rootTwoPi));
    Lanes current = hn::Mul(hn::MulAdd(h, previous, set(1)), t);
    const Lanes ht = hn::Mul(h, t);
    const Lanes t2 = hn::Mul(t, t);
    Lanes sum = current;
#pragma GCC unroll 16
    for (int term = 1; term < Terms; ++term) {
        const double n = 2.0 * term;
        const Lanes even = hn::MulAdd(hn::Mul(ht, set(1 / n)), current, hn::Mul(hn::Mul(t2, set(1 / n)), previous));
        current = hn::MulAdd(hn::Mul(ht, set(1 / (n + 1))), even, hn::Mul(hn::Mul(t2, set(1 / (n + 1))), current));
        previous = even;
        sum = hn::Add(sum, current);
    }
    return hn::Add(sum, sum);
}

/// b / b', or (e^{x/2} - b) / b' in high lanes, where tails keep their digits; `bell` is e^{-(h² + t²)/2}.
HWY_INLINE Lanes millsDifference(Lanes x, Lanes h, Lanes t, Lanes bell, LaneMask high)
{
    const Lanes near = hn::Add(h, t);
    const LaneMask isAbove = hn::Gt(near, set(0));
    const Lanes nearTail = scaledNormalTail(hn::Abs(near));
    const Lanes farTail = scaledNormalTail(hn::Sub(t, h));
    const Lanes tails = hn::IfThenElse(isAbove, hn::Add(nearTail, farTail), hn::Sub(nearTail, farTail));
    const Lanes rest = hn::Sub(hn::Div(exponential(hn::Mul(x, set(0.5))), bell), tails);
    return hn::Mul(hn::IfThenElse(hn::Xor(isAbove, high), rest, tails), set(rootTwoPi));
}

/// One Householder step of fourth order on the logarithm of b(x, s), or of its complement, in lanes that still move.
HWY_INLINE void step(Block& block, std::size_t at)
{
    const Doubles d;
    const Lanes x = hn::Load(d, block.x.data() + at);
    const Lanes value = hn::Load(d, block.value.data() + at);
    const Lanes complement = hn::Load(d, block.complement.data() + at);
    const LaneMask high = isHigh(value, complement);
    const Lanes target = hn::IfThenElse(high, complement, value);
    const Lanes s = hn::Load(d, block.s.data() + at);
    const Lanes lastMove = hn::Load(d, block.move.data() + at);
    const LaneMask isMoving = hn::Gt(lastMove, set(smallMove));

    const Lanes inverse = hn::Div(set(1), s);
    const Lanes h = hn::Div(x, s);
    const Lanes t = hn::Mul(s, set(0.5));
    const Lanes bell = exponential(hn::Mul(hn::MulAdd(h, h, hn::Mul(t, t)), set(-0.5)));
    const LaneMask isShort = hn::Lt(t, set(0.1));
    const LaneMask hasSeries = hn::And(hn::Not(high), hn::And(hn::Gt(x, set(-2)), hn::Lt(t, set(0.5))));
    Lanes size = hn::AllTrue(d, isShort) ? millsDifferenceSeries<6>(h, t) : millsDifferenceSeries<11>(h, t);
    if (!hn::AllTrue(d, hasSeries))
        size = hn::IfThenElse(hasSeries, size, millsDifference(x, h, t, bell, high));

    const Lanes found = hn::Mul(hn::Mul(bell, set(1 / rootTwoPi)), size);
    const Lanes residual = logRatio(target, hn::Max(found, set(std::numeric_limits<double>::min())));
    const Lanes inversePull = hn::IfThenElse(high, hn::Neg(size), size);
    const Lanes pull = hn::Div(set(1), inversePull); // the logarithm's slope
    const Lanes newton = hn::Mul(residual, inversePull);
    const Lanes c = hn::Mul(h, inverse);
    const Lanes curvature = hn::MulSub(h, c, hn::Mul(s, set(0.25)));                                       // b''/b'
    const Lanes third = hn::NegMulAdd(hn::Mul(c, c), set(3), hn::MulSub(curvature, curvature, set(0.25))); // b'''/b'
    const Lanes f2 = hn::Sub(curvature, pull);
    const Lanes f3 = hn::MulAdd(pull, hn::MulSub(pull, set(2), hn::Mul(curvature, set(3))), third);
    const Lanes upper = hn::MulAdd(hn::Mul(f2, newton), set(0.5), set(1));
    const Lanes lower = hn::MulAdd(newton, hn::MulAdd(hn::Mul(f3, newton), set(1.0 / 6), f2), set(1));
    const Lanes house = hn::Div(hn::Mul(newton, upper), lower);
    const LaneMask isSound =
        hn::And(hn::Gt(hn::Mul(house, newton), set(0)), hn::Le(hn::Abs(house), hn::Mul(hn::Abs(newton), set(4))));
    const Lanes move = hn::Max(hn::IfThenElse(isSound, house, newton), hn::Mul(s, set(-0.5)));
    hn::Store(hn::IfThenElse(isMoving, hn::Add(s, move), s), d, block.s.data() + at);
    hn::Store(hn::IfThenElse(isMoving, hn::Mul(hn::Abs(move), inverse), lastMove), d, block.move.data() + at);
}

/// Time values of one block, in units of sqrt(S e^-qT K e^-rT); s is NaN or 0 already where that is the answer.
HWY_INLINE void prepare(const ImpliedVolatilityStrip& strip, const Market& market, std::size_t first, std::size_t count,
                        Block& block, std::size_t at)
{
    const Doubles d;
    const Lanes nothing = set(std::numeric_limits<double>::quiet_NaN());
    const Lanes strike = load(strip.strike, first, count);
    const Lanes price = load(strip.price, first, count);
    const Lanes strikeLeg = hn::Mul(strike, market.strikeDiscount);
    const Lanes bound = hn::IfThenElse(market.isCall, market.spotLeg, strikeLeg);
    const Lanes other = hn::IfThenElse(market.isCall, strikeLeg, market.spotLeg);
    const Lanes forward = hn::Sub(bound, other);
    const Lanes timeValue = hn::IfThenElse(isPositive(forward), hn::Sub(price, forward), price);
    const LaneMask isKnown =
        hn::And(hn::And(hn::And(market.isValid, isPositive(market.rootYears)), // at expiry every volatility fits
                        hn::And(hn::IsFinite(strike), isPositive(strike))),
                hn::And(hn::IsFinite(price), hn::And(hn::Ge(timeValue, set(0)), hn::Lt(price, bound))));
    // By parity the out-of-the-money option of the strike has this time value, and the smaller leg as its bound.
    const Lanes moneyness =
        hn::Add(logRatio(market.spot, hn::Max(strike, set(std::numeric_limits<double>::min()))), market.carry);
    const Lanes x = hn::Neg(hn::Abs(moneyness));
    const Lanes unit = hn::Mul(hn::Sqrt(market.spotLeg), hn::Sqrt(strikeLeg));
    const Lanes value = hn::Div(timeValue, unit);
    const Lanes complement = hn::Div(hn::Sub(bound, price), unit);
    const LaneMask isSearched = hn::And(isKnown, isPositive(timeValue));
    const LaneMask isInLanes = hn::And(isSearched, isRegular(x, hn::Min(value, complement)));
    Lanes guess = guessLow(x, value);
    const LaneMask high = isHigh(value, complement);
    if (!hn::AllFalse(d, high))
        guess = hn::IfThenElse(high, guessHigh(x, complement), guess);
    hn::Store(x, d, block.x.data() + at);
    hn::Store(value, d, block.value.data() + at);
    hn::Store(complement, d, block.complement.data() + at);
    hn::Store(hn::IfThenElse(isKnown, hn::IfThenElseZero(isSearched, guess), nothing), d, block.s.data() + at);
    // What is not searched has arrived; what the lanes do not serve never will.
    hn::Store(hn::IfThenElseZero(isSearched, hn::IfThenElse(isInLanes, set(1), nothing)), d, block.move.data() + at);
}

HWY_INLINE bool anyMoves(const Block& block, std::size_t at)
{
    const Doubles d;
    return !hn::AllFalse(d, hn::Gt(hn::Load(d, block.move.data() + at), set(smallMove)));
}

void impliedVolatility(const ImpliedVolatilityStrip& strip) noexcept
{
    const std::size_t width = hn::Lanes(Doubles());
    const Market market = marketOf(set(strip.spot), set(strip.rate), set(strip.dividendYield), set(strip.years),
                                   isPositive(set(strip.right == Right::Call ? 1 : 0)));
    Block block;
    for (std::size_t first = 0; first < strip.count; first += Block::size) {
        const std::size_t count = std::min(Block::size, strip.count - first);
        for (std::size_t at = 0; at < count; at += width)
            prepare(strip, market, first + at, std::min(width, count - at), block, at);
        for (int round = 0; round < 2; ++round)
            for (std::size_t at = 0; at < count; at += width)
                step(block, at);
        for (std::size_t at = 0; at < count; at += width)
            for (int round = 0; round < 3 && anyMoves(block, at); ++round)
                step(block, at);
        for (std::size_t i = 0; i < count; ++i)
            if (!(block.move[i] <= smallMove))
                block.s[i] = solveNormalisedBlack(block.x[i], block.value[i], block.complement[i]);
        for (std::size_t at = 0; at < count; at += width)
            store(hn::Div(hn::Load(Doubles(), block.s.data() + at), market.rootYears), strip.vol, first + at,
                  std::min(width, count - at));
    }
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::simd
{

void impliedVolatility(const ImpliedVolatilityStrip& strip) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(impliedVolatility);
    chosen(paths)(strip);
}

} // namespace vegadesk::pricing::simd
#endif
