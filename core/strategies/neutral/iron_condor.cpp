#include "strategies/neutral/iron_condor.h"

#include "strategies/neutral/wings.h"
#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using market::Right;

constexpr double shortDeltaTolerance = 0.08;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own{{.name = "short_delta",
                                          .unit = "delta",
                                          .about = "Absolute delta of the short put and the short call.",
                                          .minimum = 0.05,
                                          .maximum = 0.45,
                                          .fallback = 0.30}};
    addWingSpecs(own, true, 0.16, 10);
    own.push_back({.name = "roll",
                   .about = "Whether the side that is not threatened is rolled towards the price, for a credit.",
                   .kind = Choice,
                   .choices = {"no", "untested"}});
    own.push_back({.name = "roll_delta",
                   .unit = "delta",
                   .about = "Roll once the other side's short delta is beyond this (with roll untested).",
                   .minimum = 0.1,
                   .maximum = 0.9,
                   .fallback = 0.45});
    return withCommon(std::move(own), {.units = "condors", .flow = Flow::Credit, .leastCredit = 0.25});
}

Structure structureOf(const base::Parameters& parameters)
{
    Structure condor{.unit = "condor", .units = "condors", .isCredit = true};
    const auto shortLeg = [&](const char* name, Right right) {
        return LegRule{
            .name = name, .right = right, .value = parameters["short_delta"], .tolerance = shortDeltaTolerance};
    };
    condor.legs = {wingOf(parameters, Right::Put, 1), shortLeg("short put", Right::Put),
                   shortLeg("short call", Right::Call), wingOf(parameters, Right::Call, 2)};
    if (parameters.choice("roll") == "untested")
        condor.roll.testedDelta = parameters["roll_delta"];
    takeCommon(condor, parameters);
    return condor;
}

} // namespace

StrategyInfo ironCondor()
{
    return structureInfo(
        "iron_condor", "Iron condor",
        "Sells a strangle with wings bought and manages it at half the credit or a fixed number of days.", specs(),
        structureOf);
}

} // namespace vegadesk::strategies
