#pragma once

#include "pricing/simd_path.h"

#include <hwy/highway.h>

#include <array>
#include <cstddef>

/// One entry a path for a function that hwy/foreach_target.h has compiled for each, in the order of SimdPath. We keep
/// the choice to ourselves, instead of leaving it to HWY_DYNAMIC_DISPATCH, because a pin must hold for one thread alone.
#if HWY_ARCH_X86
#define VEGADESK_SIMD_PATHS(function)                                                                                  \
    std::array                                                                                                         \
    {                                                                                                                  \
        &HWY_STATIC_DISPATCH(function), &N_AVX2::function, &N_AVX3::function                                           \
    }
#else
#define VEGADESK_SIMD_PATHS(function)                                                                                  \
    std::array                                                                                                         \
    {                                                                                                                  \
        &HWY_STATIC_DISPATCH(function)                                                                                 \
    }
#endif

namespace vegadesk::pricing::simd
{

/// The entry for the path this thread is on.
template<class Function, std::size_t Count>
Function chosen(const std::array<Function, Count>& functions) noexcept
{
    return functions[static_cast<std::size_t>(simdPath())];
}

} // namespace vegadesk::pricing::simd
