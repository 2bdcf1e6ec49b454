#include "pricing/simd_path.h"

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace vegadesk::pricing
{

namespace
{

struct Paths {
    std::array<SimdPath, 3> known{SimdPath::Baseline, SimdPath::Avx2, SimdPath::Avx512};
    std::size_t count = 1;

    Paths()
    {
#if HWY_ARCH_X86
        const auto targets = hwy::SupportedTargets();
        if (targets & HWY_AVX2)
            count = targets & HWY_AVX3 ? 3 : 2;
#endif
    }
};

const Paths& paths()
{
    static const Paths found;
    return found;
}

SimdPath& current()
{
    thread_local SimdPath path = supportedSimdPaths().back();
    return path;
}

} // namespace

std::span<const SimdPath> supportedSimdPaths() noexcept
{
    return std::span(paths().known).first(paths().count);
}

SimdPath simdPath() noexcept
{
    return current();
}

std::string_view simdPathName(SimdPath path) noexcept
{
    switch (path) {
    case SimdPath::Avx512:
        return "AVX-512";
    case SimdPath::Avx2:
        return "AVX2";
    case SimdPath::Baseline:
        break;
    }
    return hwy::TargetName(HWY_STATIC_TARGET);
}

SimdPathPin::SimdPathPin(SimdPath path) noexcept : m_before(simdPath())
{
    const bool isSupported = std::ranges::find(supportedSimdPaths(), path) != supportedSimdPaths().end();
    assert(isSupported);
    current() = isSupported ? path : SimdPath::Baseline;
}

SimdPathPin::~SimdPathPin()
{
    current() = m_before;
}

} // namespace vegadesk::pricing
