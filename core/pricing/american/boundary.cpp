#include "pricing/american/boundary.h"

#include "pricing/american/boundary_system.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::pricing::american_detail
{

namespace
{

/// Relaxation times after which the boundary follows its late law to 1e-8 of the strike.
constexpr double relaxationTimes = 9;

/// Below this a perpetual boundary is as good as none; the scale of h is then merely a large one.
constexpr double leastPower = 1e-6;

} // namespace

Exercise exerciseOf(double rate, double yield)
{
    if (rate > 0 && rate < leastStart * yield)
        return Exercise::Never;
    if (rate > 0 || (rate == 0 && yield < 0))
        return Exercise::BelowOneBoundary;
    return rate < 0 && yield < rate ? Exercise::BetweenTwo : Exercise::Never;
}

Boundary frameOf(const PutInputs& inputs, RateGreek rate) noexcept
{
    Boundary out;
    out.inputs = inputs;
    if (inputs.yield > inputs.rate) {
        out.logStart = std::log(inputs.rate / inputs.yield);
        out.logStartByRate = rate == RateGreek::Yield ? -1 / inputs.yield : 1 / inputs.rate;
    }
    const double variance = inputs.vol * inputs.vol;
    const double drift = inputs.rate - inputs.yield - 0.5 * variance;
    // The perpetual put falls as spot^-power above its boundary power / (1 + power).
    const double root = std::sqrt(drift * drift + 2 * inputs.rate * variance);
    const double power = drift < 0 ? 2 * inputs.rate / (root - drift) : (drift + root) / variance;
    out.limit = out.logStart + std::log1p(1 / std::max(power, leastPower));
    if (power > leastPower) {
        const double byPower = -1 / (power * (1 + power));
        out.limitByVol =
            byPower * ((2 * inputs.rate - drift) * inputs.vol / root - inputs.vol - 2 * power * inputs.vol) / variance;
        const double rootByRate = rate == RateGreek::Yield ? -drift / root : (drift + variance) / root;
        out.limitByRate = out.logStartByRate + byPower * ((rate == RateGreek::Yield ? -1 : 1) + rootByRate) / variance;
    }
    out.relaxation = inputs.years * root * root / (2 * variance);
    out.horizon = inputs.years * std::min(1.0, relaxationTimes / std::max(out.relaxation, relaxationTimes));
    return out;
}

Boundary solveBoundary(const PutInputs& inputs, RateGreek rate, const Boundary* like) noexcept
{
    Boundary out = frameOf(inputs, rate);
    const bool isNear = like && like->isSolved && std::abs(std::log(like->inputs.vol / inputs.vol)) < 0.5;
    solveSystem(out, rate, isNear ? like : nullptr);
    if (!out.isSolved && isNear)
        solveSystem(out, rate, nullptr);
    return out;
}

double Boundary::lateVariable(double yearsLeft) const
{
    return std::sqrt(squares.back()) + relaxation * (yearsLeft - horizon) / inputs.years +
           1.5 * std::log(yearsLeft / horizon);
}

double Boundary::logNow() const
{
    return logStart + limit * std::expm1(-lateVariable(inputs.years));
}

} // namespace vegadesk::pricing::american_detail
