#pragma once

#include "strategies/strategy.h"

#include <cstdint>
#include <string>
#include <vector>

namespace vegadesk::strategies
{

/// The Greek that a position without delta is held for.
enum class GreekTarget : std::uint8_t { Theta, Vega, Gamma };

struct NeutralStructure {
    std::string unit;  ///< "iron condor"
    std::string units; ///< "iron condors"
    std::string title; ///< "470/480/520/530"
    std::vector<portfolio::OrderLeg> legs;
};

/// Structures whose strikes leave next to no delta, of what is tradable now.
///
///   Theta  an iron butterfly and iron condors with short deltas of 0.16 to 0.40, all at `near`, with wings of `wingDelta`
///   Gamma  a long straddle and long strangles of 0.25 to 0.40 at `near`
///   Vega   the same at `far`, and straddles bought there and sold at `near`, where that is another expiration
///
/// The straddle's strike is the one where call and put cancel best; of the others the call is the one whose delta is nearest to
/// what the put came to.
std::vector<NeutralStructure> neutralStructures(const StrategyState& state, GreekTarget target, std::size_t near,
                                                std::size_t far, double wingDelta);

} // namespace vegadesk::strategies
