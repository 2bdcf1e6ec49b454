#include "strategies/structure/structure_strategy.h"

#include "strategies/structure/leave_structure.h"
#include "strategies/structure/open_structure.h"

namespace vegadesk::strategies
{

StructureStrategy::StructureStrategy(std::string name, base::Parameters parameters, Structure structure)
    : m_name(std::move(name)), m_parameters(std::move(parameters)), m_structure(std::move(structure))
{
}

Candidates StructureStrategy::candidates(const StrategyState& state) const
{
    return candidatesOf(state, m_structure);
}

std::vector<Proposal> StructureStrategy::exit(const StrategyState& state) const
{
    return exitsOf(state, m_structure);
}

std::vector<Proposal> StructureStrategy::hedge(const StrategyState& state) const
{
    return rollsOf(state, m_structure);
}

StrategyInfo structureInfo(std::string name, std::string title, std::string about,
                           std::vector<base::ParameterSpec> parameters,
                           std::function<Structure(const base::Parameters&)> structureOf)
{
    const auto make = [name,
                       structureOf = std::move(structureOf)](base::Parameters values) -> std::unique_ptr<Strategy> {
        Structure structure = structureOf(values);
        return std::make_unique<StructureStrategy>(name, std::move(values), std::move(structure));
    };
    return {.name = std::move(name),
            .title = std::move(title),
            .about = std::move(about),
            .parameters = std::move(parameters),
            .make = make};
}

} // namespace vegadesk::strategies
