// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_LEARNING_ACTIVATION_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_LEARNING_ACTIVATION_INL_H
#undef VEGADESK_LEARNING_ACTIVATION_INL_H
#else
#define VEGADESK_LEARNING_ACTIVATION_INL_H
#endif

#include "learning/network_kernel.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();

/// Activations of floats in lanes, with their first two derivatives, within a few ulp. Each lane's result depends on that
/// lane alone. The value at NaN is NaN; derivatives there are no particular number.
///
/// Source  the reductions are the common ones (powers of two, atanh series); every coefficient is our own fit to 40-digit
///         values.
namespace vegadesk::learning::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, panelWidth>;
using Lanes = hn::Vec<Floats>;

HWY_INLINE Lanes set(float value)
{
    return hn::Set(Floats(), value);
}

/// Beyond, e^x leaves the normal floats.
constexpr float farthest = 87;

/// e^x within 1.5 ulp for x of [-87, 87].
HWY_INLINE Lanes exponential(Lanes x)
{
    const hn::RebindToSigned<Floats> integers;
    const Lanes shifter = set(0x1.8p23F);
    const Lanes shifted = hn::MulAdd(x, set(0x1.715476p0F), shifter);
    const Lanes whole = hn::Sub(shifted, shifter);
    // ln 2 in two parts, the first with zeros enough that its product with `whole` is exact.
    Lanes r = hn::NegMulAdd(whole, set(0x1.62ep-1F), x);
    r = hn::NegMulAdd(whole, set(0x1.0bfbe8p-15F), r);
    Lanes tail = set(0.00138145986467F);
    tail = hn::MulAdd(tail, r, set(0.00836871687973F));
    tail = hn::MulAdd(tail, r, set(0.0416683880453F));
    tail = hn::MulAdd(tail, r, set(0.166665206317F));
    tail = hn::MulAdd(tail, r, set(0.499999934478F));
    const Lanes fraction = hn::Add(hn::MulAdd(hn::Mul(r, r), tail, r), set(1));
    // The whole power of two is in the low bits of `shifted`; it goes into the exponent.
    const auto power = hn::ShiftLeft<23>(hn::BitCast(integers, shifted));
    return hn::BitCast(Floats(), hn::Add(hn::BitCast(integers, fraction), power));
}

/// ln(1 + u) within 2 ulp for u of [0, 1].
HWY_INLINE Lanes logOnePlus(Lanes u)
{
    const Lanes s = hn::Div(u, hn::Add(u, set(2)));
    const Lanes s2 = hn::Mul(s, s);
    Lanes series = set(0.280251403498F);
    series = hn::MulAdd(series, s2, set(0.27999013383F));
    series = hn::MulAdd(series, s2, set(0.400217061395F));
    series = hn::MulAdd(series, s2, set(0.66666413024F));
    return hn::MulAdd(hn::Mul(s, s2), series, hn::Add(s, s));
}

/// max(z, 0), and NaN of NaN, which hn::Max would hide on some processors: layers that overflow must be seen.
HWY_INLINE Lanes positivePart(Lanes z)
{
    return hn::IfThenZeroElse(hn::Lt(z, set(0)), z);
}

/// An activation and its first two derivatives at z.
struct Curve {
    Lanes value, slope, bend;
};

struct Relu {
    static HWY_INLINE Lanes value(Lanes z) { return positivePart(z); }
    static HWY_INLINE Curve curve(Lanes z)
    {
        const Lanes slope = hn::IfThenElseZero(hn::Gt(z, set(0)), set(1));
        return {value(z), slope, hn::Zero(Floats())};
    }
};

struct Silu {
    /// e^-z, held within the floats where its size no longer matters.
    static HWY_INLINE Lanes decay(Lanes z)
    {
        return exponential(hn::Neg(hn::Min(hn::Max(z, set(-farthest)), set(farthest))));
    }
    static HWY_INLINE Lanes value(Lanes z) { return hn::Div(z, hn::Add(decay(z), set(1))); }
    static HWY_INLINE Curve curve(Lanes z)
    {
        const Lanes e = decay(z);
        const Lanes sum = hn::Add(e, set(1));
        const Lanes share = hn::Div(set(1), sum); // of the logistic function
        const Lanes rest = hn::Mul(e, share);     // 1 - share, without cancellation
        const Lanes bend = hn::Mul(hn::Mul(share, rest), hn::MulAdd(z, hn::Sub(rest, share), set(2)));
        return {hn::Div(z, sum), hn::Mul(share, hn::MulAdd(z, rest, set(1))), bend};
    }
};

struct Softplus {
    static HWY_INLINE Lanes decay(Lanes z) { return exponential(hn::Neg(hn::Min(hn::Abs(z), set(farthest)))); }
    static HWY_INLINE Lanes value(Lanes z) { return hn::Add(positivePart(z), logOnePlus(decay(z))); }
    static HWY_INLINE Curve curve(Lanes z)
    {
        const Lanes u = decay(z);
        const Lanes near = hn::Div(set(1), hn::Add(u, set(1)));
        const Lanes far = hn::Mul(u, near);
        const Lanes slope = hn::IfThenElse(hn::Ge(z, set(0)), near, far);
        return {hn::Add(positivePart(z), logOnePlus(u)), slope, hn::Mul(near, far)};
    }
};

} // namespace vegadesk::learning::HWY_NAMESPACE

HWY_AFTER_NAMESPACE();

#endif
