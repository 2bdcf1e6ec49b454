#pragma once

#include "base/parameters.h"
#include "pricing/reference/quantlib.h"

#include <string_view>

namespace vegadesk::pricing::reference
{

/// What QuantLib says of a model of pricing::models(), given the same parameters by name.
/// Errors  NotFound for a model that it is not asked for; as the model's function in quantlib.h.
base::Result<Greeks> priceModel(std::string_view id, const base::Parameters& parameters, Right right,
                                const MarketPoint& market, double strike, double years);

} // namespace vegadesk::pricing::reference
