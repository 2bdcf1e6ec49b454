#include "fma_peak.h"

#include "thread_seconds.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "benchmarks/fma_peak.cpp"
#include <hwy/foreach_target.h>

#include "pricing/simd/dispatch.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace vegadesk::benchmarks::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

/// Sums that do not wait for each other: as many as hide a multiply-add's latency.
constexpr std::size_t chains = 12;

double run(std::size_t rounds)
{
    const hn::CappedTag<float, 16> f;
    [[maybe_unused]] volatile float start = 1, sink = 0; // or the compiler would work at another time than is measured
    const auto factor = hn::Set(f, 0.999F), more = hn::Set(f, 0.001F);
    const double before = threadSeconds();
    hn::Vec<decltype(f)> sums[chains];
    for (auto& sum : sums)
        sum = hn::Set(f, start);
    for (std::size_t round = 0; round < rounds; ++round) {
        for (auto& sum : sums)
            sum = hn::MulAdd(sum, factor, more);
    }
    auto total = hn::Zero(f);
    for (const auto& sum : sums)
        total = hn::Add(total, sum);
    sink = hn::GetLane(total);
    const double seconds = threadSeconds() - before;
    return 1e-9 * static_cast<double>(rounds * chains * hn::Lanes(f)) / seconds;
}

} // namespace vegadesk::benchmarks::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::benchmarks
{

double fmaPeak()
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(run);
    double best = 0;
    for (int repetition = 0; repetition < 7; ++repetition)
        best = std::max(best, pricing::simd::chosen(paths)(2'000'000));
    return best;
}

} // namespace vegadesk::benchmarks
#endif
