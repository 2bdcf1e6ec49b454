#pragma once

#include "base/random.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/surface_fit.h"

#include <algorithm>
#include <cmath>
#include <vector>

/// Quotes of a surface that is known.
namespace surface_quotes
{

using namespace vegadesk;
using namespace vegadesk::pricing;

/// A surface without arbitrage: SSVI with a constant correlation.
inline SviSlice trueSlice(double years)
{
    const double theta = 0.05 * years + 0.002;
    return EssviSlice{theta, -0.6, 0.9 * std::sqrt(theta)}.toSvi();
}

inline SmileQuotes quotesOf(const SviSlice& slice, double years, std::size_t count, double halfSpread)
{
    SmileQuotes out;
    out.years = years;
    out.forward = 100;
    const double deviation = std::sqrt(slice.totalVariance(0));
    for (std::size_t i = 0; i < count; ++i) {
        const double share = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
        const double k = deviation * (-4 + 7 * share);
        const double vol = std::sqrt(slice.totalVariance(k) / years);
        out.add(k, vol - halfSpread, vol, vol + halfSpread, std::max(leastQuoteError, halfSpread));
    }
    return out;
}

inline std::vector<SmileQuotes> trueQuotes(std::size_t count)
{
    std::vector<SmileQuotes> out;
    for (const double years : {0.02, 0.1, 0.25, 0.5, 1.0, 2.0})
        out.push_back(quotesOf(trueSlice(years), years, count, 0.002));
    return out;
}

inline void addNoise(std::vector<SmileQuotes>& quotes, base::Generator& generator, double size)
{
    for (SmileQuotes& each : quotes) {
        const double level = size * generator.normal();
        for (double& mid : each.mid)
            mid = std::max(0.02, mid + level + 0.3 * size * generator.normal());
    }
}

} // namespace surface_quotes
