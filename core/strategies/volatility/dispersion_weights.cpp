#include "strategies/volatility/dispersion_weights.h"

#include <cmath>
#include <vector>

namespace vegadesk::strategies
{

namespace
{

/// (Σwσ)² and Σw²σ², weights re-scaled to 1: the index' variance at a correlation of one and of none.
struct Variances {
    double together = 0, apart = 0;
};

Variances variancesOf(std::span<const BasketMember> members)
{
    double weights = 0, sum = 0, squares = 0;
    for (const BasketMember& member : members) {
        weights += member.weight;
        sum += member.weight * member.volatility;
        squares += std::pow(member.weight * member.volatility, 2);
    }
    return {sum * sum / (weights * weights), squares / (weights * weights)};
}

} // namespace

double memberVega(DispersionWeighting weighting, double indexVolatility, double averageVolatility)
{
    if (!(indexVolatility > 0) || !(averageVolatility > 0))
        return market::unknown;
    switch (weighting) {
    case DispersionWeighting::Vega:
        return 1;
    case DispersionWeighting::Theta:
        return indexVolatility / averageVolatility;
    case DispersionWeighting::Gamma:
        return averageVolatility / indexVolatility;
    }
    return market::unknown;
}

double volatilityPerCorrelation(double indexVolatility, std::span<const BasketMember> members)
{
    const Variances variances = variancesOf(members);
    return (variances.together - variances.apart) / (2 * indexVolatility);
}

double volatilityAtCorrelation(double indexBefore, std::span<const BasketMember> before,
                               std::span<const BasketMember> after)
{
    std::vector<BasketMember> from, to;
    for (std::size_t i = 0; i < before.size() && i < after.size(); ++i) {
        if (!(before[i].volatility > 0) || !(after[i].volatility > 0))
            continue;
        from.push_back(before[i]);
        to.push_back({before[i].weight, after[i].volatility});
    }
    if (from.size() < 2)
        return market::unknown;
    const Variances old = variancesOf(from), now = variancesOf(to);
    const double correlation = (indexBefore * indexBefore - old.apart) / (old.together - old.apart);
    return std::sqrt(now.apart + correlation * (now.together - now.apart));
}

} // namespace vegadesk::strategies
