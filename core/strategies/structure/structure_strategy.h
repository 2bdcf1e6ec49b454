#pragma once

#include "strategies/strategy.h"
#include "strategies/structure/structure.h"

#include <functional>
#include <string>

namespace vegadesk::strategies
{

/// Runs a Structure: finds its legs, opens what fits, leaves and rolls by its rules.
class StructureStrategy : public Strategy
{
public:
    StructureStrategy(std::string name, base::Parameters parameters, Structure structure);

    std::string_view name() const override { return m_name; }
    const base::Parameters& parameters() const override { return m_parameters; }
    Candidates candidates(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;

private:
    std::string m_name;
    base::Parameters m_parameters;
    Structure m_structure;
};

/// A strategy whose parameters make a Structure.
StrategyInfo structureInfo(std::string name, std::string title, std::string about,
                           std::vector<base::ParameterSpec> parameters,
                           std::function<Structure(const base::Parameters&)> structureOf);

} // namespace vegadesk::strategies
