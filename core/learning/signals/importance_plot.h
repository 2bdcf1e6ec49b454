#pragma once

#include "learning/doors/signal_types.h"

#include <span>
#include <string>
#include <string_view>

namespace vegadesk::learning::market_signals
{

/// Bars of the features' shares in their order, as an SVG that stands alone, readable on light and dark paper.
std::string importancePlot(std::span<const FeatureShare> importance, std::string_view title);

} // namespace vegadesk::learning::market_signals
