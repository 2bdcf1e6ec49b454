#include "pricing/jump/poisson_series.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/jump/poisson_series.cpp"
#include <hwy/foreach_target.h>

#include "pricing/simd/dispatch.h"
#include "pricing/simd/lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::jump::HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;
using namespace vegadesk::pricing::HWY_NAMESPACE;

/// Eight terms are one block on every path.
using Tag = hn::CappedTag<double, 8>;
using Vec = hn::Vec<Tag>;

void fillDeviations(double variance, double variancePerJump, PoissonSeries& out)
{
    const Tag tag;
    for (std::size_t row = 0; row < out.count; row += hn::Lanes(tag)) {
        const Vec n = hn::Iota(tag, out.first + static_cast<double>(row));
        const Vec deviation = hn::Sqrt(hn::MulAdd(n, hn::Set(tag, variancePerJump), hn::Set(tag, variance)));
        hn::Store(deviation, tag, out.deviation.data() + row);
        const Vec inverse = hn::Min(hn::Div(hn::Set(tag, 1.0), deviation), hn::Set(tag, 1e300)); // none: a step
        hn::Store(inverse, tag, out.inverseDeviation.data() + row);
    }
}

SeriesSums sumTerms(const PoissonSeries& series, double strike)
{
    const Tag tag;
    const bool isCall = strike >= 1;
    const auto real = [](double x) { return hn::Set(Tag(), x); };
    const Vec zero = hn::Zero(tag);
    const Vec k = real(strike);
    const Vec shift = real(series.drift - std::log(strike));
    Vec value = zero, asset = zero, density = zero;
    Vec valueByCount = zero, assetByCount = zero, densityByCount = zero;
    for (std::size_t row = 0; row < series.count; row += hn::Lanes(tag)) {
        const Vec n = hn::Iota(tag, series.first + static_cast<double>(row));
        const Vec weight = hn::Load(tag, series.weight.data() + row);
        const Vec share = hn::Load(tag, series.share.data() + row);
        const Vec deviation = hn::Load(tag, series.deviation.data() + row);
        const Vec inverse = hn::Load(tag, series.inverseDeviation.data() + row);
        const Vec x = hn::MulAdd(n, real(series.driftPerJump), shift);
        const Vec near = hn::MulAdd(x, inverse, hn::Mul(real(0.5), deviation));                 // d1
        const Vec far = hn::Sub(near, deviation);                                               // d2
        const Vec bell = hn::Mul(share, exponential(hn::Mul(real(-0.5), hn::Mul(near, near)))); // also K's at d2
        const Vec nearTail = hn::Mul(bell, scaledNormalTail(hn::Abs(near)));
        const Vec farTail = hn::Mul(bell, scaledNormalTail(hn::Abs(far)));
        const Vec strikeLeg = hn::Mul(weight, k);
        // The legs on the paying side: of a call above the strike, of a put below it.
        const auto nearIsTail = isCall ? hn::Lt(near, zero) : hn::Gt(near, zero);
        const auto farIsTail = isCall ? hn::Lt(far, zero) : hn::Gt(far, zero);
        const Vec assetIn = hn::IfThenElse(nearIsTail, nearTail, hn::Sub(share, nearTail));
        const Vec strikeIn = hn::IfThenElse(farIsTail, farTail, hn::Sub(strikeLeg, farTail));
        const Vec signedAsset = isCall ? assetIn : hn::Neg(assetIn);
        const Vec term = hn::Max(zero, isCall ? hn::Sub(assetIn, strikeIn) : hn::Sub(strikeIn, assetIn));
        const Vec termDensity = hn::Mul(hn::Mul(real(0.39894228040143267794), bell), inverse);
        value = hn::Add(value, term);
        asset = hn::Add(asset, signedAsset);
        density = hn::Add(density, termDensity);
        valueByCount = hn::MulAdd(n, term, valueByCount);
        assetByCount = hn::MulAdd(n, signedAsset, assetByCount);
        densityByCount = hn::MulAdd(n, termDensity, densityByCount);
    }
    const auto total = [&](Vec v) { return hn::GetLane(hn::SumOfLanes(tag, v)); };
    return {total(value),        total(asset),        total(density),
            total(valueByCount), total(assetByCount), total(densityByCount)};
}

} // namespace vegadesk::pricing::jump::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::jump
{

namespace
{

/// 1/n, so that a recurrence waits for no division.
const std::array<double, 256>& inverses()
{
    static const std::array<double, 256> table = [] {
        std::array<double, 256> out{};
        for (std::size_t n = 1; n < out.size(); ++n)
            out[n] = 1 / static_cast<double>(n);
        return out;
    }();
    return table;
}

/// P(n) of a Poisson law; in extended precision because n ln(mean) and ln n! nearly cancel.
double poisson(double n, double mean)
{
    if (n == 0)
        return std::exp(-mean);
    const long double wide = mean;
    return static_cast<double>(std::exp(n * std::log(wide) - wide - std::lgamma(static_cast<long double>(n) + 1)));
}

} // namespace

void fillSeries(const MertonParameters& parameters, double years, PoissonSeries& out) noexcept
{
    constexpr double negligible = 1e-21;
    const double variance = parameters.jumpDeviation * parameters.jumpDeviation;
    out.driftPerJump = parameters.jumpMean + 0.5 * variance;
    out.compensator = std::expm1(out.driftPerJump);
    const double mean = std::max(parameters.intensity, 1e-250) * years; // 0 is the limit, but 0/0 in its derivative
    const double shareMean = mean * (1 + out.compensator);
    out.drift = -mean * out.compensator;
    out.count = 0;
    const double lower = std::min(mean, shareMean);
    const double upper = std::max(mean, shareMean);
    out.first = std::max(0.0, std::floor(lower - 10 * std::sqrt(lower) - 12));
    if (!(upper + 10 * std::sqrt(upper) + 40 - out.first < static_cast<double>(maxTerms)))
        return;
    double weight = poisson(out.first, mean);
    double share = poisson(out.first, shareMean);
    auto n = static_cast<std::size_t>(out.first);
    const auto& inverse = inverses();
    std::size_t count = 0;
    while (count + 8 < maxTerms) {
        out.weight[count] = weight;
        out.share[count] = share;
        ++count;
        if (std::max(weight, share) < negligible && static_cast<double>(n) > upper)
            break;
        ++n;
        const double by = n < inverse.size() ? inverse[n] : 1 / static_cast<double>(n);
        weight *= mean * by;
        share *= shareMean * by;
    }
    out.count = (count + 7) / 8 * 8;
    for (; count < out.count; ++count)
        out.weight[count] = out.share[count] = 0;
    static constexpr auto paths = VEGADESK_SIMD_PATHS(fillDeviations);
    simd::chosen(paths)(parameters.vol * parameters.vol * years, variance, out);
}

SeriesSums sumSeries(const PoissonSeries& series, double strike) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(sumTerms);
    return simd::chosen(paths)(series, strike);
}

} // namespace vegadesk::pricing::jump
#endif
