#pragma once

#include "base/parameters.h"
#include "strategies/volatility/dispersion_basket.h"

#include <cstddef>
#include <cstdint>
#include <vector>

/// What a dispersion trade is asked to be.
namespace vegadesk::strategies
{

/// Its own, then those of hedges and "price_room".
std::vector<base::ParameterSpec> dispersionSpecs();

/// The parameters by what they mean; each spec says the unit.
struct DispersionSettings {
    CorrelationSide side;
    DispersionWeighting weighting;
    std::size_t names, fewestNames;
    bool needsEdge; ///< enters on correlation, and leaves on it
    double percentile, edge, exitPercentile;
    int days, exitDays; ///< to expiry, calendar
    double exitDelta, lossLimit;
    bool avoidsReports;
    LiquidityFloor floor;
    double vegaDrift, legMinutes;
    std::int64_t most; ///< straddles of the index
    double priceRoom;

    bool isShort() const { return side == CorrelationSide::Short; }
    /// By which the trade opens its leg in the index, and in a name.
    portfolio::Action indexAction() const;
    portfolio::Action nameAction() const;
};
/// Of parameters that have dispersionSpecs().
DispersionSettings dispersionSettings(const base::Parameters& parameters);

} // namespace vegadesk::strategies
