#include "strategies/volatility/straddle.h"

#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using market::Right;

constexpr double deltaTolerance = 0.06;

base::ParameterSpec sideSpec(std::string_view units)
{
    return {.name = "side",
            .about = "Whether " + std::string(units) + " are bought or sold.",
            .kind = Choice,
            .choices = {"long", "short"}};
}

std::vector<base::ParameterSpec> specsOf(std::vector<base::ParameterSpec> own, const std::string& units)
{
    own.insert(own.begin(), sideSpec(units));
    return withCommon(std::move(own), {.units = units, .flow = Flow::Either});
}

Structure finished(Structure structure, const base::Parameters& parameters)
{
    structure.isCredit = parameters.choice("side") == "short";
    for (LegRule& leg : structure.legs)
        leg.isBought = !structure.isCredit;
    takeCommon(structure, parameters);
    return structure;
}

Structure straddleOf(const base::Parameters& parameters)
{
    Structure structure{.unit = "straddle", .units = "straddles"};
    structure.legs = {{.name = "put", .right = Right::Put, .by = StrikeBy::Forward},
                      {.name = "call", .right = Right::Call, .by = StrikeBy::Forward}};
    return finished(std::move(structure), parameters);
}

Structure strangleOf(const base::Parameters& parameters)
{
    Structure structure{.unit = "strangle", .units = "strangles"};
    for (const Right right : {Right::Put, Right::Call})
        structure.legs.push_back({.name = right == Right::Put ? "put" : "call",
                                  .right = right,
                                  .value = parameters["delta"],
                                  .tolerance = deltaTolerance});
    return finished(std::move(structure), parameters);
}

} // namespace

StrategyInfo straddle()
{
    return structureInfo("straddle", "Straddle",
                         "Buys or sells a call and a put at the forward and holds them without a hedge.",
                         specsOf({}, "straddles"), straddleOf);
}

StrategyInfo strangle()
{
    base::ParameterSpec delta = deltaSpec("delta", "Absolute delta of the put and of the call.", 0.25);
    delta.maximum = 0.45;
    return structureInfo("strangle", "Strangle",
                         "Buys or sells a put and a call out of the money and holds them without a hedge.",
                         specsOf({std::move(delta)}, "strangles"), strangleOf);
}

} // namespace vegadesk::strategies
