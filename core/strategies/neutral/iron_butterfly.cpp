#include "strategies/neutral/iron_butterfly.h"

#include "strategies/neutral/wings.h"
#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

namespace vegadesk::strategies
{

namespace
{

using market::Right;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own;
    addWingSpecs(own, true, 0.16, 20);
    return withCommon(
        std::move(own),
        {.units = "butterflies", .flow = Flow::Credit, .leastCredit = 0.4, .profitTarget = 0.25, .lossMultiple = 1});
}

Structure structureOf(const base::Parameters& parameters)
{
    Structure butterfly{.unit = "butterfly", .units = "butterflies", .isCredit = true};
    butterfly.legs = {wingOf(parameters, Right::Put, 1),
                      {.name = "short put", .right = Right::Put, .by = StrikeBy::Forward},
                      {.name = "short call", .right = Right::Call, .by = StrikeBy::Forward},
                      wingOf(parameters, Right::Call, 2)};
    takeCommon(butterfly, parameters);
    return butterfly;
}

} // namespace

StrategyInfo ironButterfly()
{
    return structureInfo("iron_butterfly", "Iron butterfly",
                         "Sells a straddle at the forward with wings bought and takes a part of the credit early.",
                         specs(), structureOf);
}

} // namespace vegadesk::strategies
