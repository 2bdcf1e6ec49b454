#pragma once

#include "strategies/volatility/dispersion_parameters.h"

#include <string>
#include <vector>

/// Whether a dispersion trade is worth entering now, and with what.
namespace vegadesk::strategies
{

/// An expiry of a name counts so many days from the index': the same week.
inline constexpr int nameTolerance = 4;

/// The straddle that could be traded in the index, `tolerance` days from `days` at most.
tl::expected<StraddleOffer, NoEntry> indexOffer(const DispersionSettings& settings, const StrategyState& state,
                                                int days, int tolerance);
/// Those of the names that may be traded; `days` to the index' expiry. Requires a basket.
std::vector<StraddleOffer> nameOffers(const DispersionSettings& settings, const StrategyState& state, int days);

struct DispersionEntry {
    DispersionPlan plan;
    std::string title; ///< what follows the number of straddles of the index
};
/// `parameters` say what hedging costs.
tl::expected<DispersionEntry, NoEntry> findEntry(const DispersionSettings& settings, const base::Parameters& parameters,
                                                 const StrategyState& state);

} // namespace vegadesk::strategies
