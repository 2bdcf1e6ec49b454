#pragma once

#include "base/parameters.h"
#include "strategies/rules/json_section.h"
#include "strategies/structure/structure.h"

#include <simdjson.h>
#include <vector>

namespace vegadesk::strategies
{

/// The rules file's legs, and a parameter for the delta or distance of each that has one; see parameterOf().
struct RulesLegs {
    std::vector<LegRule> legs;
    std::vector<base::ParameterSpec> specs;
    bool hasFar = false;
    bool hasWidth = false; ///< a long and a short leg of one right and expiry
};
/// Errors  by place: "legs[2].beyond".
base::Result<RulesLegs> readLegs(simdjson::dom::element element);

/// Name of the parameter of a leg: "short_put_delta"; empty where it has none.
std::string parameterOf(const LegRule& leg);

} // namespace vegadesk::strategies
