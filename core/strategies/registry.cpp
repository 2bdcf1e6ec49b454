#include "strategies/neutral/iron_condor.h"
#include "strategies/strategy.h"
#include "strategies/volatility/gamma_scalping.h"

#include <algorithm>
#include <fmt/ranges.h>

namespace vegadesk::strategies
{

std::span<const StrategyInfo> registry()
{
    static const std::vector<StrategyInfo> all{gammaScalping(), ironCondor()};
    return all;
}

base::Result<const StrategyInfo*> find(std::string_view name)
{
    const std::span<const StrategyInfo> all = registry();
    const auto found = std::ranges::find(all, name, &StrategyInfo::name);
    if (found != all.end())
        return &*found;
    std::vector<std::string> names;
    std::ranges::transform(all, std::back_inserter(names), &StrategyInfo::name);
    return base::badInput("strategy", name, fmt::format("one of {}", fmt::join(names, ", ")));
}

} // namespace vegadesk::strategies
