#include "risk/hedging/hedge_band.h"

#include "market/quote.h"

#include <cmath>

namespace vegadesk::risk
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

ZakamoulineBand zakamoulineBand(double spot, double years, double rate, double volatility, double gamma, double cost,
                                double riskAversion)
{
    constexpr ZakamoulineBand none{market::unknown, market::unknown, market::unknown, market::unknown};
    if (!(spot > 0) || !(years > 0) || !(volatility > 0) || !(cost > 0) || !(riskAversion > 0))
        return none;
    const double size = std::abs(gamma), common = std::pow(std::exp(-rate * years) / volatility, 0.25);
    ZakamoulineBand band;
    band.staticPart = cost / (riskAversion * spot * volatility * volatility * years);
    band.gammaPart = 1.12 * std::pow(cost, 0.31) * std::pow(years, 0.05) * common * std::sqrt(size / riskAversion);
    band.volatilityShift = -4.76 * std::pow(cost, 0.78) * std::pow(years, -0.02) * common *
                           std::pow(riskAversion * spot * spot * size, 0.15);
    const double variance = 1 + (gamma < 0 ? -band.volatilityShift : band.volatilityShift);
    if (!(variance > 0) || !std::isfinite(band.gammaPart))
        return none;
    band.hedgeVolatility = volatility * std::sqrt(variance);
    return band;
}

} // namespace vegadesk::risk
