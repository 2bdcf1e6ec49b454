#pragma once

#include "pricing/american/boundary.h"

namespace vegadesk::pricing::american_detail
{

/// A put of strike 1 with yield < rate < 0, which is kept above one boundary and again below another: near zero spot
/// the strike gains by waiting, near the strike it costs. By finite differences, in a few milliseconds; with Greeks
/// five times as long. It takes any other put too: those whose one boundary cannot be solved for.
/// Source  Andersen and Lake, "Fast American option pricing: the double-boundary case" (2021), for the regime.
PutValue putOnGrid(const PutInputs& inputs, double spot, RateGreek rate) noexcept;

/// The price alone.
double putPriceOnGrid(const PutInputs& inputs, double spot) noexcept;

} // namespace vegadesk::pricing::american_detail
