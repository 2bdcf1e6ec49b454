#include "pricing/fourier/kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/fourier/kernel.cpp"
#include <hwy/foreach_target.h>

#include "pricing/fourier/complex_lanes-inl.h"
#include "pricing/simd/dispatch.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::fourier::HWY_NAMESPACE
{

/// A law's constants, spread over lanes once.
struct Law {
    const LogReturn& of;
    Vec years, kappa, sigma, sigma2, rho;
    double compensator, compensatorByMean; // e^{mu + delta²/2} - 1 and + 0

    explicit Law(const LogReturn& law)
        : of(law), years(real(law.years)),
          kappa(real(std::max(law.kappa, 1e-100))), // 0 is a limit of the same formulas, but 0/0 in them
          sigma(real(law.sigma)), sigma2(real(law.sigma * law.sigma)), rho(real(law.rho)),
          compensator(law.jumps() ? std::expm1(law.jumpMean + 0.5 * law.jumpDeviation * law.jumpDeviation) : 0),
          compensatorByMean(compensator + 1)
    {
    }
};

/// The parts of the exponent at one z that its derivatives share.
struct Parts {
    Complex z, alpha, beta, root, decayed, p, q, y, excess;
    LogRatio log;
    Complex a, b; // A / theta and B
};

HWY_INLINE Parts partsAt(const Law& law, Complex z)
{
    Parts at;
    at.z = z;
    at.alpha = z - z * z;
    at.beta = Complex{real(0), real(0)} - z * hn::Mul(law.rho, law.sigma);
    at.beta.re = hn::Add(at.beta.re, law.kappa);
    at.root = squareRoot(at.beta * at.beta + at.alpha * law.sigma2);
    const Decay decay = decayOf(at.root * law.years);
    at.decayed = decay.value;
    at.q = decay.complement * reciprocal(at.root);
    // (d - beta) / sigma², without the cancellation where d and beta are neighbours.
    const auto isPlain = hn::Lt(at.beta.re, hn::Zero(Tag()));
    const Complex sum = at.root + at.beta;
    at.p = at.alpha * reciprocal(select(isPlain, Complex{real(1), real(0)}, sum));
    if (!hn::AllFalse(Tag(), isPlain))
        at.p = select(isPlain, (at.root - at.beta) * hn::Div(real(1), hn::Max(law.sigma2, real(1e-300))), at.p);
    at.y = at.p * at.q * hn::Mul(real(-0.5), law.sigma2);
    at.log = logRatioOf(at.y);
    at.excess = Complex{law.years, real(0)} - at.q * at.log.value;
    at.a = at.p * at.excess * hn::Neg(law.kappa);
    at.b = at.alpha * at.q * reciprocal(at.y + 1) * -0.5;
    return at;
}

/// lambda-free part of the jumps' exponent, per year: e^{mu z + delta² z²/2} - 1 - z (e^{mu + delta²/2} - 1).
struct Jumps {
    Complex moment, exponent;
};
HWY_INLINE Jumps jumpsAt(const Law& law, Complex z)
{
    const double variance = law.of.jumpDeviation * law.of.jumpDeviation;
    Jumps at;
    at.moment = exponential(z * law.of.jumpMean + z * z * (0.5 * variance));
    at.exponent = at.moment - z * law.compensator + -1.0;
    return at;
}

HWY_INLINE void storeColumn(NodeColumn& column, std::size_t at, Complex value)
{
    hn::Store(value.re, Tag(), column.re.data() + at);
    hn::Store(value.im, Tag(), column.im.data() + at);
}

/// d exponent / d parameter, by the chain of d, p, Q, y through A and B.
HWY_INLINE void storeGradient(const Law& law, const Parts& at, Nodes& out, std::size_t row)
{
    const auto column = [&](Derivative which) -> NodeColumn& {
        return out.derivative[static_cast<std::size_t>(which)];
    };
    storeColumn(column(Derivative::V0), row, at.b);
    storeColumn(column(Derivative::Theta), row, at.a);

    const Complex inverseRoot = reciprocal(at.root);
    const Complex inverseShifted = reciprocal(at.y + 1);
    // Q'(d) = (T e^{-dT} - Q) / d, a series where dT is small.
    Complex slopeOfQ = (at.decayed * law.years - at.q) * inverseRoot;
    const Complex x = at.root * law.years;
    const auto isSmall = hn::Lt(normOf(x), real(0.01));
    if (!hn::AllFalse(Tag(), isSmall)) {
        Complex series{real(9.0 / 3628800), real(0)};
        double factorial = 3628800;
        for (int n = 7; n >= 0; --n) { // sum of (n + 1) (-x)^n / (n + 2)!
            factorial /= n + 3;
            series = Complex{real((n + 1) / factorial), real(0)} - series * x;
        }
        slopeOfQ = select(isSmall, series * hn::Neg(hn::Mul(law.years, law.years)), slopeOfQ);
    }
    const Complex theta{real(law.of.theta), real(0)};
    const Vec v0 = real(law.of.v0);
    const auto chain = [&](Complex slopeOfBeta, bool isSigma) {
        Complex slopeOfRoot = at.beta * slopeOfBeta;
        Complex slopeOfSum = slopeOfBeta;
        if (isSigma) {
            slopeOfRoot = slopeOfRoot + at.alpha * law.sigma;
            slopeOfSum = slopeOfSum + at.p * law.sigma;
        }
        slopeOfRoot = slopeOfRoot * inverseRoot;
        const Complex slopeP = at.p * slopeOfSum * inverseRoot * -1.0;
        const Complex slopeQ = slopeOfQ * slopeOfRoot;
        Complex slopeY = (slopeP * at.q + at.p * slopeQ) * hn::Mul(real(-0.5), law.sigma2);
        if (isSigma)
            slopeY = slopeY - at.p * at.q * law.sigma;
        const Complex slopeExcess = at.q * at.log.slope * slopeY + slopeQ * at.log.value; // of -excess
        const Complex slopeA = (at.p * slopeExcess - slopeP * at.excess) * law.kappa;
        const Complex slopeB = at.alpha * inverseShifted * (slopeQ - at.q * slopeY * inverseShifted) * -0.5;
        return slopeA * theta + slopeB * v0;
    };
    const Complex one{real(1), real(0)};
    storeColumn(column(Derivative::Kappa), row, chain(one, false) - at.p * at.excess * theta);
    storeColumn(column(Derivative::Sigma), row, chain(at.z * hn::Neg(law.rho), true));
    storeColumn(column(Derivative::Rho), row, chain(at.z * hn::Neg(law.sigma), false));
}

HWY_INLINE void storeJumpGradient(const Law& law, Complex z, const Jumps& jumps, Nodes& out, std::size_t row)
{
    const auto column = [&](Derivative which) -> NodeColumn& {
        return out.derivative[static_cast<std::size_t>(which)];
    };
    const double count = law.of.intensity * law.of.years;
    const Complex excess = z * (jumps.moment + -law.compensatorByMean);
    const Complex curved = z * (z * jumps.moment + -law.compensatorByMean);
    storeColumn(column(Derivative::Intensity), row, jumps.exponent * law.of.years);
    storeColumn(column(Derivative::JumpMean), row, excess * count);
    storeColumn(column(Derivative::JumpDeviation), row, curved * (count * law.of.jumpDeviation));
}

void fill(const LogReturn& logReturn, const Contour& contour, double logStrike, Wanted wanted, Nodes& out)
{
    const Tag tag;
    const std::size_t width = hn::Lanes(tag);
    const Law law(logReturn);
    const double sinAngle = std::sin(contour.angle);
    const double cosAngle = std::cos(contour.angle);
    const double perNode = contour.step * contour.scale * 0.31830988618379067154; // over pi: both halves of the path
    double highest = -std::numeric_limits<double>::infinity();
    out.count = 0;
    out.isComplete = false;
    while (out.count < maxNodes && !out.isComplete) {
        double blockHighest = -std::numeric_limits<double>::infinity();
        for (std::size_t part = 0; part < blockSize; part += width) {
            const std::size_t row = out.count + part;
            const Vec t = hn::Mul(real(contour.step), hn::Iota(tag, static_cast<double>(row)));
            const Vec grown = lanes::exponential(t);
            const Vec shrunk = hn::Div(real(1), grown);
            const Vec cosh = hn::Mul(real(0.5), hn::Add(grown, shrunk));
            const Vec sinh = hn::Mul(real(0.5), hn::Sub(grown, shrunk));
            const Complex z{hn::MulAdd(real(contour.scale * sinAngle), hn::Sub(real(1), cosh), real(contour.crossing)),
                            hn::Mul(real(contour.scale * cosAngle), sinh)};
            const Parts at = partsAt(law, z);
            Complex exponent = at.a * logReturn.theta + at.b * logReturn.v0;
            Jumps jumps{};
            if (logReturn.jumps()) {
                jumps = jumpsAt(law, z);
                exponent = exponent + jumps.exponent * (logReturn.intensity * logReturn.years);
            }
            // dz / (i dt) over z (z - 1), half of it at the real axis, which both halves share
            Complex weight{hn::Mul(real(perNode * cosAngle), cosh), hn::Mul(real(perNode * sinAngle), sinh)};
            weight = weight * reciprocal(Complex{real(0), real(0)} - at.alpha);
            if (row == 0) {
                const Vec halves = hn::IfThenElse(hn::FirstN(tag, 1), real(0.5), real(1));
                weight = weight * halves;
            }
            storeColumn(out.z, row, z);
            storeColumn(out.exponent, row, exponent);
            storeColumn(out.weight, row, weight);
            const Vec logSize = hn::MulAdd(hn::Sub(real(1), z.re), real(logStrike),
                                           hn::MulAdd(real(0.5), lanes::logarithm(normOf(weight)), exponent.re));
            blockHighest = std::max(blockHighest, hn::GetLane(hn::MaxOfLanes(tag, logSize)));
            if (wanted.greeks) {
                Complex slope =
                    at.b * (real(logReturn.kappa * logReturn.theta)) +
                    (at.alpha * -0.5 - at.beta * at.b + at.b * at.b * hn::Mul(real(0.5), law.sigma2)) * logReturn.v0;
                if (logReturn.jumps())
                    slope = slope + jumps.exponent * logReturn.intensity;
                storeColumn(out.derivative[static_cast<std::size_t>(Derivative::Years)], row, slope);
            }
            if (wanted.gradient) {
                storeGradient(law, at, out, row);
                if (logReturn.jumps())
                    storeJumpGradient(law, z, jumps, out, row);
            }
        }
        out.count += blockSize;
        highest = std::max(highest, blockHighest);
        out.isComplete = blockHighest < highest - (wanted.greeks || wanted.gradient ? 46 : 40);
    }
}

void sum(const Nodes& nodes, double logStrike, Wanted wanted, bool jumps, Integral& out)
{
    const Tag tag;
    const std::size_t width = hn::Lanes(tag);
    Vec value = hn::Zero(tag), size = hn::Zero(tag), tail = hn::Zero(tag);
    Vec first = hn::Zero(tag), second = hn::Zero(tag);
    std::array<Vec, derivativeCount> derivative;
    derivative.fill(hn::Zero(tag));
    std::size_t derivativeEnd = wanted.gradient ? (jumps ? derivativeCount : 6) : wanted.greeks ? 1 : 0;
    const std::size_t derivativeBegin = wanted.greeks ? 0 : 1;
    const Vec k = real(logStrike);
    const auto load = [&](const NodeColumn& column, std::size_t row) {
        return Complex{hn::Load(tag, column.re.data() + row), hn::Load(tag, column.im.data() + row)};
    };
    for (std::size_t row = 0; row < nodes.count; row += width) {
        const Complex z = load(nodes.z, row);
        Complex power = load(nodes.exponent, row) - z * k;
        power.re = hn::Add(power.re, k);
        const Complex term = load(nodes.weight, row) * exponential(power);
        value = hn::Add(value, term.re);
        const Vec absolute = hn::Abs(term.re);
        size = hn::Add(size, absolute);
        if (row + blockSize >= nodes.count)
            tail = hn::Add(tail, absolute);
        if (wanted.greeks) {
            const Complex once = term * z;
            first = hn::Add(first, once.re);
            second = hn::Add(second, hn::Sub((once * z).re, once.re));
        }
        for (std::size_t i = derivativeBegin; i < derivativeEnd; ++i)
            derivative[i] = hn::Add(derivative[i], (term * load(nodes.derivative[i], row)).re);
    }
    const auto total = [&](Vec v) { return hn::GetLane(hn::SumOfLanes(tag, v)); };
    const auto isEven = hn::Eq(hn::Iota(tag, 0.0), hn::Mul(real(2), hn::Floor(hn::Mul(real(0.5), hn::Iota(tag, 0.0)))));
    out.value = total(value);
    out.coarseValue = 2 * total(hn::IfThenElseZero(isEven, value));
    out.size = total(size);
    out.tail = total(tail);
    out.first = total(first);
    out.second = total(second);
    for (std::size_t i = derivativeBegin; i < derivativeEnd; ++i)
        out.derivative[i] = total(derivative[i]);
}

void scan(const LogReturn& logReturn, double logStrike, const std::array<double, 8>& distance,
          std::array<double, 8>& out)
{
    const Tag tag;
    const Law law(logReturn);
    for (std::size_t part = 0; part < distance.size(); part += hn::Lanes(tag)) {
        const Vec away = hn::LoadU(tag, distance.data() + part);
        const Vec further = hn::Add(away, real(1));
        const Complex z{logStrike >= 0 ? further : hn::Neg(away), hn::Zero(tag)};
        const Parts at = partsAt(law, z);
        Complex exponent = at.a * logReturn.theta + at.b * logReturn.v0;
        if (logReturn.jumps())
            exponent = exponent + jumpsAt(law, z).exponent * (logReturn.intensity * logReturn.years);
        // A moment explodes where 1 + y passes 0: at once seen for a real d; for d = iD it has happened when DT/2
        // passed the angle of (-beta, D).
        const auto turns = hn::Gt(at.root.im, at.root.re);
        const Vec angle = hn::Sub(real(3.14159265358979323846), angleOf(at.root.im, at.beta.re));
        const auto exploded = hn::IfThenElse(turns, hn::Sub(angle, hn::Mul(hn::Mul(real(0.5), law.years), at.root.im)),
                                             hn::Add(at.y.re, real(1)));
        const auto isFinite = hn::And(hn::Gt(exploded, hn::Zero(tag)), hn::Lt(exponent.re, real(1e300)));
        const Vec size = hn::Sub(hn::MulAdd(hn::Sub(real(1), z.re), real(logStrike), exponent.re),
                                 lanes::logarithm(hn::Mul(away, further)));
        hn::StoreU(hn::IfThenElse(isFinite, size, real(std::numeric_limits<double>::infinity())), tag,
                   out.data() + part);
    }
}

} // namespace vegadesk::pricing::fourier::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::fourier
{

void fillNodes(const LogReturn& law, const Contour& contour, double logStrike, Wanted wanted, Nodes& out) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(fill);
    simd::chosen(paths)(law, contour, logStrike, wanted, out);
}

void integrate(const Nodes& nodes, double logStrike, Wanted wanted, bool jumps, Integral& out) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(sum);
    simd::chosen(paths)(nodes, logStrike, wanted, jumps, out);
}

void realAxis(const LogReturn& law, double logStrike, const std::array<double, 8>& distance,
              std::array<double, 8>& out) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(scan);
    simd::chosen(paths)(law, logStrike, distance, out);
}

} // namespace vegadesk::pricing::fourier
#endif
