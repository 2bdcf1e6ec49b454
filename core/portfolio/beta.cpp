#include "portfolio/beta.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::portfolio
{

namespace
{

bool isClose(const DatedClose& day)
{
    return day.close > 0 && std::isfinite(day.close);
}

} // namespace

BetaEstimate estimateBeta(std::span<const double> returns, std::span<const double> reference, std::size_t window)
{
    const auto isCommon = [&](std::size_t i) { return std::isfinite(returns[i]) && std::isfinite(reference[i]); };
    BetaEstimate out;
    std::size_t first = returns.size();
    double mean = 0, referenceMean = 0;
    while (first > 0 && out.returns < window) {
        --first;
        if (!isCommon(first))
            continue;
        ++out.returns;
        mean += returns[first];
        referenceMean += reference[first];
    }
    if (out.returns < betaReturnsLeast)
        return out;
    const auto count = static_cast<double>(out.returns);
    mean /= count;
    referenceMean /= count;

    double together = 0, squares = 0, referenceSquares = 0;
    for (std::size_t i = first; i < returns.size(); ++i) {
        if (!isCommon(i))
            continue;
        const double own = returns[i] - mean, others = reference[i] - referenceMean;
        together += own * others;
        squares += own * own;
        referenceSquares += others * others;
    }
    if (!(referenceSquares > 0))
        return out;
    out.beta = together / referenceSquares;
    out.correlation = together / std::sqrt(squares * referenceSquares);
    const double unexplained = std::max(0.0, squares - out.beta * together);
    out.standardError = std::sqrt(unexplained / (count - 2) / referenceSquares);
    return out;
}

BetaEstimate estimateBeta(std::span<const DatedClose> closes, std::span<const DatedClose> reference, std::size_t window)
{
    std::vector<double> returns, referenceReturns;
    const DatedClose* last = nullptr;
    const DatedClose* lastReference = nullptr;
    for (std::size_t i = 0, j = 0; i < closes.size() && j < reference.size();) {
        if (closes[i].date != reference[j].date) {
            ++(closes[i].date < reference[j].date ? i : j);
            continue;
        }
        const DatedClose& own = closes[i++];
        const DatedClose& other = reference[j++];
        if (!isClose(own) || !isClose(other))
            continue;
        if (last) {
            returns.push_back(std::log(own.close / last->close));
            referenceReturns.push_back(std::log(other.close / lastReference->close));
        }
        last = &own;
        lastReference = &other;
    }
    return estimateBeta(returns, referenceReturns, window);
}

} // namespace vegadesk::portfolio
