#pragma once

#include "base/error.h"
#include "pricing/surface/svi.h"

#include <span>

namespace vegadesk::pricing::reference
{

/// QuantLib's SviInterpolation with its defaults: five free parameters, vega weights, Levenberg-Marquardt, new guesses until
/// the error is small. It knows no ban on arbitrage.
/// Shapes  strikes ascend; vols has their length.
/// Errors  BadInput for years or a forward that is not positive; Internal with QuantLib's own words.
base::Result<SviSlice> fitSvi(double forward, double years, std::span<const double> strikes,
                              std::span<const double> vols);

} // namespace vegadesk::pricing::reference
