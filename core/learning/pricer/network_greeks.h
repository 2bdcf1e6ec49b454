#pragma once

#include "learning/pricer/network_pricer.h"
#include "pricing/black_scholes.h"

#include <functional>

namespace vegadesk::learning
{

/// What a market's Greeks are taken by, the strike being 1.
struct GreekPoint {
    double spot = 0, years = 0, rate = 0, vol = 0;
};

/// Fills in a sample of the network's teacher at a point.
using SampleAt = std::function<void(const GreekPoint& point, std::span<double> sample)>;

/// Price and Greeks over the strike; NaN outside the network's box at the point itself.
///
/// Source  the chain rule: slopes and curvature of the network are its own, those of features and closed form central differences,
///         good to about 1e-7 of their size.
pricing::Greeks networkGreeks(const NetworkPricer& pricer, const SampleAt& sampleAt, const GreekPoint& point);

} // namespace vegadesk::learning
