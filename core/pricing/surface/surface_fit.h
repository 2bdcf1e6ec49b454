#pragma once

#include "base/error.h"
#include "pricing/surface/smile_quotes.h"
#include "pricing/surface/volatility_surface.h"

#include <limits>
#include <span>
#include <stop_token>

namespace vegadesk::pricing
{

struct SurfaceSettings {
    double spot = std::numeric_limits<double>::quiet_NaN(); ///< for forwards before the first expiry; NaN: not known
    /// Off: each slice by itself, to see what the quotes alone say. It may hold arbitrage; findArbitrage() counts it.
    bool forbidsArbitrage = true;
};

/// Fits SVI slices to quotes of one underlying, without butterfly and calendar arbitrage at any strike.
///
/// Method   an eSSVI chain is free of both by construction (essvi.h). Each slice by itself is then fitted with SVI; where
///          these cross nothing they are the answer. Else every slice in turn is fitted between its neighbours as they
///          stand, eSSVI at first, and the sweep is repeated as the neighbours improve; each step ends within the exact
///          checks, so the surface is free of arbitrage at every moment. SliceOrigin says what became of each.
/// Inputs   `quotes` ascend in years; an expiry without quotes is passed over.
/// Errors   BadInput naming the column: years not ascending, columns of unlike length, k not strictly ascending, a vol
///          or an error not positive; nothing to fit. Cancelled when `stop` says so, within one slice's time.
base::Result<VolatilitySurface> fitSurface(std::span<const SmileQuotes> quotes, const SurfaceSettings& settings = {},
                                           const std::stop_token& stop = {});

} // namespace vegadesk::pricing
