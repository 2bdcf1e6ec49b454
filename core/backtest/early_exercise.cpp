#include "backtest/early_exercise.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::backtest
{

double intrinsicOf(const HeldOption& option)
{
    const double sign = option.right == market::Right::Call ? 1 : -1;
    return std::max(0.0, sign * (option.spot - option.strike));
}

double timeValueAfterDividend(const HeldOption& call)
{
    if (std::isfinite(call.sameStrikePut))
        return call.sameStrikePut - call.strike * std::expm1(-call.rate * call.years);
    return call.mark - intrinsicOf(call);
}

bool isExercisedForDividend(const HeldOption& call, double dividend)
{
    return call.right == market::Right::Call && dividend > 0 && intrinsicOf(call) > 0 &&
           timeValueAfterDividend(call) < dividend;
}

} // namespace vegadesk::backtest
