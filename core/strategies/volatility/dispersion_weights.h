#pragma once

#include "strategies/volatility/implied_correlation.h"

#include <cstdint>
#include <span>

/// Arithmetic of trading an index against its members. Volatilities are per year, weights of what is looked at add up to 1.
namespace vegadesk::strategies
{

/// What is equal on both legs of a dispersion trade.
enum class DispersionWeighting : std::uint8_t {
    Vega,  ///< vega: nothing is made or lost when all volatilities move by as many points
    Theta, ///< vega times volatility: nothing when they move by the same part, and the trade is one of correlation
    Gamma  ///< vega over volatility
};

/// Vega of all members together for one of the index': 1, σ_I/σ̄ or σ̄/σ_I with σ̄ = Σwᵢσᵢ. A member's part of it is its weight.
/// NaN where a volatility is not positive.
/// Source: domain reference C1; Bennett, Trading Volatility (2014), p. 187.
double memberVega(DispersionWeighting weighting, double indexVolatility, double averageVolatility);

/// How many points the index' volatility moves for a point of correlation, the members' volatilities as they are:
/// ((Σwσ)² − Σw²σ²) / 2σ_I. NaN where a volatility is not known.
double volatilityPerCorrelation(double indexVolatility, std::span<const BasketMember> members);

/// Where the members' volatilities alone take the index': at the exact implied correlation of before, with those of `after`, which
/// are the same members in the same order. One that is not known at either end is left out of both. NaN where fewer than two are
/// known, or no index volatility has that correlation.
double volatilityAtCorrelation(double indexBefore, std::span<const BasketMember> before,
                               std::span<const BasketMember> after);

} // namespace vegadesk::strategies
