#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vegadesk::pricing
{

/// The widths that the batch kernels are compiled for. Baseline is what the whole build asks of a processor (SSE4 on
/// x86-64); the others also fuse multiply and add.
enum class SimdPath : std::uint8_t { Baseline, Avx2, Avx512 };

/// What this processor can run, narrowest first: Baseline always, and the last one is the default.
std::span<const SimdPath> supportedSimdPaths() noexcept;

/// The path that this thread's kernels take now.
SimdPath simdPath() noexcept;

/// "SSE4" (or the baseline's name elsewhere), "AVX2", "AVX-512": for logs and benchmarks.
std::string_view simdPathName(SimdPath path) noexcept;

/// Holds this thread to one path until it goes out of scope; pins nest.
///
/// Why     the wide paths round differently from Baseline in the last digits, because fused operations round once. What
///         must come out the same to the byte (a backtest's result) runs under Baseline, which every machine has.
class SimdPathPin
{
public:
    /// A path that the processor lacks is asserted against and becomes Baseline: ask supportedSimdPaths() first.
    explicit SimdPathPin(SimdPath path) noexcept;
    ~SimdPathPin();
    SimdPathPin(const SimdPathPin&) = delete;
    SimdPathPin& operator=(const SimdPathPin&) = delete;

private:
    SimdPath m_before;
};

} // namespace vegadesk::pricing
