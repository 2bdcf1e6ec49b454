// Included once a target by hwy/foreach_target.h: the guard toggles.
#if defined(VEGADESK_PRICING_AMERICAN_NORMAL_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef VEGADESK_PRICING_AMERICAN_NORMAL_INL_H
#undef VEGADESK_PRICING_AMERICAN_NORMAL_INL_H
#else
#define VEGADESK_PRICING_AMERICAN_NORMAL_INL_H
#endif

#include "pricing/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

/// P(Z <= x) and its derivative.
struct Normal {
    Lanes probability, density;
};

HWY_INLINE Normal normal(Lanes x)
{
    const Lanes kernel = exponential(hn::Mul(set(-0.5), hn::Mul(x, x)));
    const Lanes tail = hn::Mul(kernel, scaledNormalTail(hn::Abs(x)));
    return {hn::IfThenElse(hn::Gt(x, set(0)), hn::Sub(set(1), tail), tail),
            hn::Mul(kernel, set(0.39894228040143267794))};
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
