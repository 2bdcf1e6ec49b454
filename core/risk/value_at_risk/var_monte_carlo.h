#pragma once

#include "risk/stress/profit_surface.h"
#include "risk/value_at_risk/value_at_risk.h"
#include "risk/value_at_risk/var_factors.h"
#include "risk/value_at_risk/var_parametric.h"

namespace vegadesk::risk
{

/// See valueAtRisk(). `paths` of them are valued by `surface`, four times as many more by `deltaGamma` alone.
VarFigure monteCarlo(const FactorModel& model, const ProfitSurface& surface, const DeltaGamma& deltaGamma, double tail,
                     std::size_t paths, std::uint64_t seed, const std::vector<std::size_t>& underlyings);

} // namespace vegadesk::risk
