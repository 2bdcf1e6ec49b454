// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_PRICING_SIMD_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_PRICING_SIMD_LANES_INL_H
#undef VEGADESK_PRICING_SIMD_LANES_INL_H
#else
#define VEGADESK_PRICING_SIMD_LANES_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

HWY_BEFORE_NAMESPACE();

/// Elementary functions of doubles in lanes. Each lane's result depends on that lane alone, so a batch of one gives the
/// bits of a batch of many; no branches, no tables, no division that is approximate.
///
/// Source  the reductions are the common ones (powers of two, atanh series); every coefficient is our own fit to
///         60-digit values.
namespace vegadesk::pricing::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using Integers = hn::RebindToSigned<Doubles>;
using Words = hn::RebindToUnsigned<Doubles>;
using Lanes = hn::Vec<Doubles>;
using LaneMask = hn::Mask<Doubles>;

inline constexpr std::size_t maxLanes = HWY_MAX_BYTES / sizeof(double);

HWY_INLINE Lanes set(double value)
{
    return hn::Set(Doubles(), value);
}

/// c[0] + c[1] x + …, as two interleaved Horner chains so that half of the latency is hidden; x2 = x².
template<std::size_t Count>
HWY_INLINE Lanes polynomial(const double (&c)[Count], Lanes x, Lanes x2)
{
    static_assert(Count >= 3);
    Lanes upper = set(c[Count - 1]);
    Lanes lower = set(c[Count - 2]);
    std::size_t i = Count - 2;
    for (; i >= 2; i -= 2) {
        upper = hn::MulAdd(upper, x2, set(c[i - 1]));
        lower = hn::MulAdd(lower, x2, set(c[i - 2]));
    }
    // Now lower holds x^i: x^0 when the count is even, x^1 (with one coefficient to come) when it is odd.
    if (i == 0)
        return hn::MulAdd(upper, x, lower);
    return hn::MulAdd(hn::MulAdd(upper, x, lower), x, set(c[0]));
}

/// 2^k for whole k of [-1022, 1023], held in the low bits of k + 1.5 * 2^52.
HWY_INLINE Lanes powerOfTwo(Lanes shifted)
{
    const Integers integers;
    const auto biased = hn::Add(hn::BitCast(integers, shifted), hn::Set(integers, 1023));
    return hn::BitCast(Doubles(), hn::ShiftLeft<52>(biased));
}

/// e^x within 2 ulp, subnormal results included; 0 below -746, infinity above 710. NaN gives no particular number.
HWY_INLINE Lanes exponential(Lanes x)
{
    static constexpr double tail[] = {0.5000000000000001,     0.16666666666666669,    0.04166666666662413,
                                      0.008333333333330062,   0.0013888888917213717,  0.00019841269863053618,
                                      2.4801521295954376e-05, 2.7557268459997064e-06, 2.7620088445409746e-07,
                                      2.510038549551032e-08};
    const Lanes shifter = set(0x1.8p52);
    const Lanes clamped = hn::Min(hn::Max(x, set(-746)), set(720));
    const Lanes whole = hn::Sub(hn::MulAdd(clamped, set(0x1.71547652b82fep0), shifter), shifter);
    // ln 2 in two parts, the first with zeros enough that its product with `whole` is exact.
    Lanes r = hn::NegMulAdd(whole, set(0x1.62e42fefa38p-1), clamped);
    r = hn::NegMulAdd(whole, set(0x1.ef35793c7673p-45), r);
    const Lanes r2 = hn::Mul(r, r);
    const Lanes fraction = hn::Add(hn::MulAdd(r2, polynomial(tail, r, r2), r), set(1));
    // Two factors, because one alone cannot reach the subnormals.
    const Lanes half = hn::MulAdd(whole, set(0.5), shifter);
    const Lanes rest = hn::Add(hn::Sub(whole, hn::Sub(half, shifter)), shifter);
    return hn::Mul(hn::Mul(fraction, powerOfTwo(half)), powerOfTwo(rest));
}

/// ln(a/b) for positive normal a and b, within 2 ulp of itself also where a and b are close: the quotient is never
/// formed.
HWY_INLINE Lanes logRatio(Lanes a, Lanes b)
{
    static constexpr double series[] = {0.6666666666666666,  0.40000000000008085, 0.2857142856721186,
                                        0.2222222305900626,  0.18181736791297387, 0.1538890111368957,
                                        0.13209054081797564, 0.13614047041090588};
    const Words words;
    // The difference of the bit patterns is 2^52 log2(a/b) to within 9 %: enough to choose k with a/(b 2^k) near one.
    const auto bias = hn::Set(words, std::uint64_t{2048} << 52);
    const auto ratio = hn::Sub(hn::BitCast(words, a), hn::BitCast(words, b));
    const auto rounded = hn::Add(hn::Add(ratio, bias), hn::Set(words, std::uint64_t{1} << 51));
    const auto biasedPower = hn::ShiftRight<52>(rounded); // k + 2048
    const Lanes power =
        hn::Sub(hn::BitCast(Doubles(), hn::Or(biasedPower, hn::Set(words, 0x4330000000000000))), set(0x1p52 + 2048));
    const auto shift = hn::ShiftLeft<52>(hn::Sub(biasedPower, hn::Set(words, 2048)));
    const Lanes scaled = hn::BitCast(Doubles(), hn::Add(hn::BitCast(words, b), shift));
    const Lanes s = hn::Div(hn::Sub(a, scaled), hn::Add(a, scaled));
    const Lanes s2 = hn::Mul(s, s);
    const Lanes odd = hn::Mul(hn::Mul(s, s2), polynomial(series, s2, hn::Mul(s2, s2)));
    const Lanes low = hn::MulAdd(power, set(0x1.ef35793c7673p-45), odd);
    return hn::MulAdd(power, set(0x1.62e42fefa38p-1), hn::MulAdd(s, set(2), low));
}

/// ln x for positive normal x.
HWY_INLINE Lanes logarithm(Lanes x)
{
    return logRatio(x, set(1));
}

/// e^{u²/2} N(-u) for u >= 0, the normal tail without its exponential, within 4 eps: (1/2) erfcx(u / sqrt 2).
///
/// Source  our own rational fit of degree 10/11, relative error 7e-17 with the coefficients rounded. All of them are
///         positive, so evaluation loses nothing to cancellation.
HWY_INLINE Lanes scaledNormalTail(Lanes u)
{
    static constexpr double numerator[] = {0.5,
                                           0.8608879306762593,
                                           0.7320234267813366,
                                           0.39847762044180396,
                                           0.15255574190361323,
                                           0.04276593666335417,
                                           0.00888536708955921,
                                           0.0013539352612631115,
                                           0.00014553684829116332,
                                           1.0054509410486508e-05,
                                           3.444844248133779e-07};
    static constexpr double denominator[] = {1.0,
                                             2.5196604221553853,
                                             2.9744450028664335,
                                             2.176350294818652,
                                             1.0994979979374775,
                                             0.4039518693304244,
                                             0.11054171261622948,
                                             0.022635392167119316,
                                             0.0034190153254793935,
                                             0.000365670273326713,
                                             2.5202917575868965e-05,
                                             8.634943994072101e-07};
    const Lanes z = hn::Min(u, set(1e20)); // its 11th power is still finite
    const Lanes z2 = hn::Mul(z, z);
    return hn::Div(polynomial(numerator, z, z2), polynomial(denominator, z, z2));
}

} // namespace vegadesk::pricing::HWY_NAMESPACE

HWY_AFTER_NAMESPACE();

#endif
