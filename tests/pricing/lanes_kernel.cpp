#include "pricing/lanes_kernel.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/lanes_kernel.cpp"
#include <hwy/foreach_target.h>

#include "pricing/simd/dispatch.h"
#include "pricing/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

void exponentialColumn(std::span<const double> x, std::span<double> out)
{
    const Doubles d;
    for (std::size_t i = 0; i < x.size(); i += hn::Lanes(d))
        hn::StoreU(exponential(hn::LoadU(d, &x[i])), d, &out[i]);
}

void logRatioColumn(std::span<const double> a, std::span<const double> b, std::span<double> out)
{
    const Doubles d;
    for (std::size_t i = 0; i < a.size(); i += hn::Lanes(d))
        hn::StoreU(logRatio(hn::LoadU(d, &a[i]), hn::LoadU(d, &b[i])), d, &out[i]);
}

void tailColumn(std::span<const double> u, std::span<double> out)
{
    const Doubles d;
    for (std::size_t i = 0; i < u.size(); i += hn::Lanes(d))
        hn::StoreU(scaledNormalTail(hn::LoadU(d, &u[i])), d, &out[i]);
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing
{

constexpr auto exponentialPaths = VEGADESK_SIMD_PATHS(exponentialColumn);
constexpr auto logRatioPaths = VEGADESK_SIMD_PATHS(logRatioColumn);
constexpr auto tailPaths = VEGADESK_SIMD_PATHS(tailColumn);

} // namespace vegadesk::pricing

namespace lanes_kernel
{

void exponential(std::span<const double> x, std::span<double> out)
{
    vegadesk::pricing::simd::chosen(vegadesk::pricing::exponentialPaths)(x, out);
}

void logRatio(std::span<const double> a, std::span<const double> b, std::span<double> out)
{
    vegadesk::pricing::simd::chosen(vegadesk::pricing::logRatioPaths)(a, b, out);
}

void scaledNormalTail(std::span<const double> u, std::span<double> out)
{
    vegadesk::pricing::simd::chosen(vegadesk::pricing::tailPaths)(u, out);
}

} // namespace lanes_kernel
#endif
