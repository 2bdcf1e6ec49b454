// Complex arithmetic in lanes, real and imaginary parts in vectors of their own. Included once per instruction
// set by sources that Highway compiles several times, so the guard is Highway's.
#if defined(VEGADESK_COMPLEX_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_COMPLEX_LANES_INL_H_
#undef VEGADESK_COMPLEX_LANES_INL_H_
#else
#define VEGADESK_COMPLEX_LANES_INL_H_
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include "pricing/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::fourier::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;
namespace lanes = vegadesk::pricing::HWY_NAMESPACE;

/// Eight nodes are one block on every instruction set, so that all of them stop at the same node.
inline constexpr std::size_t blockSize = 8;
using Tag = hn::CappedTag<double, blockSize>;
using Vec = hn::Vec<Tag>;

HWY_INLINE Vec real(double value)
{
    return hn::Set(Tag(), value);
}

struct Complex {
    Vec re, im;
};

HWY_INLINE Complex operator+(Complex a, Complex b)
{
    return {hn::Add(a.re, b.re), hn::Add(a.im, b.im)};
}
HWY_INLINE Complex operator-(Complex a, Complex b)
{
    return {hn::Sub(a.re, b.re), hn::Sub(a.im, b.im)};
}
HWY_INLINE Complex operator*(Complex a, Complex b)
{
    return {hn::NegMulAdd(a.im, b.im, hn::Mul(a.re, b.re)), hn::MulAdd(a.re, b.im, hn::Mul(a.im, b.re))};
}
HWY_INLINE Complex operator*(Complex a, Vec b)
{
    return {hn::Mul(a.re, b), hn::Mul(a.im, b)};
}
HWY_INLINE Complex operator*(Complex a, double b)
{
    return a * real(b);
}
HWY_INLINE Complex operator+(Complex a, double b)
{
    return {hn::Add(a.re, real(b)), a.im};
}
HWY_INLINE Complex reciprocal(Complex a)
{
    const Vec scale = hn::Div(real(1), hn::MulAdd(a.re, a.re, hn::Mul(a.im, a.im)));
    return {hn::Mul(a.re, scale), hn::Neg(hn::Mul(a.im, scale))};
}
HWY_INLINE Complex select(hn::Mask<Tag> mask, Complex yes, Complex no)
{
    return {hn::IfThenElse(mask, yes.re, no.re), hn::IfThenElse(mask, yes.im, no.im)};
}
HWY_INLINE Vec normOf(Complex a)
{
    return hn::MulAdd(a.re, a.re, hn::Mul(a.im, a.im));
}

/// The root with a real part >= 0.
HWY_INLINE Complex squareRoot(Complex a)
{
    const Vec modulus = hn::Sqrt(normOf(a));
    const Vec large = hn::Sqrt(hn::Mul(real(0.5), hn::Add(modulus, hn::Abs(a.re))));
    const Vec safe = hn::Max(large, real(1e-300));
    const Vec small = hn::Div(hn::Mul(real(0.5), hn::Abs(a.im)), safe);
    const auto isRight = hn::Ge(a.re, hn::Zero(Tag()));
    return {hn::IfThenElse(isRight, large, small), hn::CopySign(hn::IfThenElse(isRight, small, large), a.im)};
}

struct SinCos {
    Vec sin, cos;
};

/// Both at once, to about an ulp of 1 for |x| < 1e6: Cody and Waite's reduction by quarter turns, Taylor's series.
/// Angles beyond 1e9, which have hardly a digit left, count as 0.
HWY_INLINE SinCos sinCos(Vec angle)
{
    const Vec x = hn::IfThenElseZero(hn::Lt(hn::Abs(angle), real(1e9)), angle);
    const Vec quarters = hn::Round(hn::Mul(x, real(0.63661977236758134308)));
    Vec r = hn::NegMulAdd(quarters, real(0x1.921fb544p+0), x); // pi/2 in three parts, the first of 33 bits
    r = hn::NegMulAdd(quarters, real(0x1.0b4611a6p-34), r);
    r = hn::NegMulAdd(quarters, real(0x1.3198a2e037073p-69), r);
    const Vec r2 = hn::Mul(r, r);
    Vec sin = real(-1.0 / 1307674368000.0);
    for (const double coefficient :
         {1.0 / 6227020800.0, -1.0 / 39916800.0, 1.0 / 362880.0, -1.0 / 5040.0, 1.0 / 120.0, -1.0 / 6.0})
        sin = hn::MulAdd(sin, r2, real(coefficient));
    sin = hn::MulAdd(hn::Mul(sin, r2), r, r);
    Vec cos = real(1.0 / 20922789888000.0);
    for (const double coefficient : {-1.0 / 87178291200.0, 1.0 / 479001600.0, -1.0 / 3628800.0, 1.0 / 40320.0,
                                     -1.0 / 720.0, 1.0 / 24.0, -0.5, 1.0})
        cos = hn::MulAdd(cos, r2, real(coefficient));
    const Vec quadrant = hn::NegMulAdd(real(4), hn::Floor(hn::Mul(quarters, real(0.25))), quarters);
    const auto isOdd = hn::Or(hn::Eq(quadrant, real(1)), hn::Eq(quadrant, real(3)));
    const auto sinIsNegative = hn::Ge(quadrant, real(2));
    const auto cosIsNegative = hn::Or(hn::Eq(quadrant, real(1)), hn::Eq(quadrant, real(2)));
    const Vec s = hn::IfThenElse(isOdd, cos, sin);
    const Vec c = hn::IfThenElse(isOdd, sin, cos);
    return {hn::IfThenElse(sinIsNegative, hn::Neg(s), s), hn::IfThenElse(cosIsNegative, hn::Neg(c), c)};
}

/// e^a; 0 below e^-700, and e^700 stands for all that is larger.
HWY_INLINE Complex exponential(Complex a)
{
    const auto isNothing = hn::Lt(a.re, real(-700));
    const Vec size = hn::IfThenZeroElse(isNothing, lanes::exponential(hn::Min(a.re, real(700))));
    const SinCos turn = sinCos(hn::IfThenZeroElse(isNothing, a.im)); // too large an angle has no digits left
    return {hn::Mul(size, turn.cos), hn::Mul(size, turn.sin)};
}

/// e^{-a} and 1 - e^{-a}, the second without cancellation.
struct Decay {
    Complex value, complement;
};
HWY_INLINE Decay decayOf(Complex a)
{
    const Vec lost = hn::Expm1(Tag(), hn::Neg(hn::Min(a.re, real(700)))); // e^{-re} - 1
    const Vec size = hn::Add(lost, real(1));
    const SinCos half = sinCos(hn::IfThenElseZero(hn::Lt(a.re, real(700)), hn::Mul(real(0.5), a.im)));
    const Vec oneMinusCos = hn::Mul(real(2), hn::Mul(half.sin, half.sin));
    const Vec sin = hn::Mul(real(2), hn::Mul(half.sin, half.cos));
    const Complex complement{hn::MulAdd(size, oneMinusCos, hn::Neg(lost)), hn::Mul(size, sin)};
    return {{hn::Sub(real(1), complement.re), hn::Neg(complement.im)}, complement};
}

/// The angle of (x, y), in [-pi, pi].
HWY_INLINE Vec angleOf(Vec y, Vec x)
{
    const Vec absY = hn::Abs(y);
    const Vec absX = hn::Abs(x);
    const auto isSteep = hn::Gt(absY, absX);
    const Vec larger = hn::Max(hn::Max(absY, absX), real(1e-300));
    Vec angle = hn::Atan(Tag(), hn::Div(hn::Min(absY, absX), larger));
    angle = hn::IfThenElse(isSteep, hn::Sub(real(1.57079632679489661923), angle), angle);
    angle = hn::IfThenElse(hn::Lt(x, hn::Zero(Tag())), hn::Sub(real(3.14159265358979323846), angle), angle);
    return hn::CopySign(angle, y);
}

/// ln(1 + y) / y and its derivative, without cancellation near 0.
struct LogRatio {
    Complex value, slope;
};
HWY_INLINE LogRatio logRatioOf(Complex y)
{
    const auto isSmall = hn::Lt(normOf(y), real(0.04 * 0.04));
    Complex seriesValue{real(1), real(0)};
    Complex seriesSlope{real(-0.5), real(0)};
    if (!hn::AllFalse(Tag(), isSmall)) {
        seriesValue = {real(1.0 / 13), real(0)};
        seriesSlope = {real(-12.0 / 13), real(0)};
        for (int n = 11; n >= 0; --n) {
            seriesValue = Complex{real(0), real(0)} - seriesValue * y + 1.0 / (n + 1);
            if (n > 0)
                seriesSlope = Complex{real(0), real(0)} - seriesSlope * y + -static_cast<double>(n) / (n + 1);
        }
        if (hn::AllTrue(Tag(), isSmall))
            return {seriesValue, seriesSlope};
    }
    const Complex shifted = y + 1;
    const Complex log{hn::Mul(real(0.5), lanes::logarithm(normOf(shifted))), angleOf(shifted.im, shifted.re)};
    const Complex inverse = reciprocal(y);
    const Complex value = log * inverse;
    const Complex slope = (reciprocal(shifted) - value) * inverse;
    return {select(isSmall, seriesValue, value), select(isSmall, seriesSlope, slope)};
}

} // namespace vegadesk::pricing::fourier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif // per-target include guard
