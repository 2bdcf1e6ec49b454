#pragma once

#include "base/error.h"
#include "base/parameters.h"

#include <span>
#include <string>
#include <vector>

namespace vegadesk::desk
{

/// The values of a parameter from `first` to `last`, both included, `step` apart, as base::Parameters writes them.
/// Errors: a bound outside the parameter's own, a step that is not above 0, an end before the start, a number that is none of its
/// kind, too many.
base::Result<std::vector<std::string>> axisRange(const base::ParameterSpec& spec, double first, double last,
                                                 double step);
/// The same of single values. Errors: none, one outside the bounds, one twice.
base::Result<std::vector<std::string>> axisValues(const base::ParameterSpec& spec, std::span<const std::string> texts);

} // namespace vegadesk::desk
