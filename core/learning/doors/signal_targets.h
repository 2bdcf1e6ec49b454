#pragma once

#include "base/error.h"
#include "learning/doors/signal_types.h"

#include <span>
#include <string_view>

namespace vegadesk::learning::market_signals
{

struct TargetInfo {
    Target target{};
    std::string_view name;     ///< "volatility_beats_implied"
    std::string_view title;    ///< "Realised above implied volatility"
    std::string_view question; ///< the exact definition, in words
};
std::span<const TargetInfo> targets();
const TargetInfo& infoOf(Target target);
/// Errors: an unknown name, with the known ones.
base::Result<Target> targetNamed(std::string_view name);

} // namespace vegadesk::learning::market_signals
