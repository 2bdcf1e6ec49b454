#pragma once

#include "strategies/strategy.h"
#include "strategies/volatility/dispersion_basket.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a dispersion trade holds, and whether it is one.
namespace vegadesk::strategies
{

/// The straddles of a trade in one underlying. Dollars are of all of them, signed: what is bought is positive.
struct HeldStraddles {
    const StrategyState* state = nullptr;
    double weight = 0;                   ///< of a member, as the basket has it
    std::int64_t straddles = 0;          ///< signed; of an uneven one, those that are whole
    bool isUneven = false;               ///< one leg has more contracts than the other
    double vega = 0;                     ///< per 1.00 of volatility
    double notional = 0;                 ///< contracts of the larger leg times the spot, without sign
    double delta = 0;                    ///< shares, those held included
    double optionDelta = 0;              ///< of one share of a straddle, without sign: how far it has left its strike
    double volatility = market::unknown; ///< at the money of their expiry
    int days = 0;                        ///< to expiry
};
/// Of the options in this underlying. No straddles and no vega where it holds none; empty where a figure is not known.
std::optional<HeldStraddles> heldStraddles(const StrategyState& state);

/// The whole trade now.
struct DispersionHolding {
    HeldStraddles index;
    std::vector<HeldStraddles> names;              ///< that hold options, in the basket's order
    CorrelationSide side = CorrelationSide::Short; ///< by the index' straddles, or without them the names'
    double weight = 0, weightedVolatility = 0;     ///< Σw and Σwσ of the names
    double wantedVega = market::unknown;           ///< of all names, for what the index has, without sign
    double namesVega = 0;                          ///< without sign
    /// What is traded alone: no straddles of the index, too few names, a leg without its other. Empty: nothing.
    std::string missing;
    /// Dollars of the larger leg that the other does not stand against, by vega.
    double unhedgedNotional = 0;

    /// How far the names' vega is from what belongs to the index', relative to it.
    double drift() const { return namesVega / wantedVega - 1; }
    int days() const; ///< to the nearest expiry
    /// That this is no dispersion trade, why, and how much stands unhedged; empty where it is one.
    std::string warning() const;
};
/// Empty where a figure is not known.
std::optional<DispersionHolding> holdingOf(const StrategyState& state, DispersionWeighting weighting,
                                           std::size_t fewestNames);
/// The names of the basket that hold options.
std::vector<const BasketName*> namesHeld(const StrategyState& state);

} // namespace vegadesk::strategies
