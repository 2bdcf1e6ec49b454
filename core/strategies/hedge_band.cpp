#include "strategies/hedge_band.h"

#include "market/quote.h"

#include <cmath>

namespace vegadesk::strategies
{

double whalleyWilmottHalfWidth(double spot, double years, double rate, double gamma, double cost, double riskAversion)
{
    if (!(spot > 0) || !(cost > 0) || !(riskAversion > 0))
        return market::unknown;
    return std::cbrt(1.5 * std::exp(-rate * years) * cost * spot * gamma * gamma / riskAversion);
}

double tradeToBandEdge(double delta, double target, double halfWidth)
{
    const double excess = delta - target;
    if (!(std::abs(excess) > halfWidth))
        return 0;
    return (excess > 0 ? halfWidth : -halfWidth) - excess;
}

} // namespace vegadesk::strategies
