#include "strategies/directional/breakout.h"
#include "strategies/directional/momentum.h"
#include "strategies/directional/vertical.h"
#include "strategies/directional/wheel.h"
#include "strategies/neutral/delta_neutral.h"
#include "strategies/neutral/iron_butterfly.h"
#include "strategies/neutral/iron_condor.h"
#include "strategies/rules/rules_file.h"
#include "strategies/strategy.h"
#include "strategies/volatility/calendar.h"
#include "strategies/volatility/dispersion.h"
#include "strategies/volatility/gamma_scalping.h"
#include "strategies/volatility/straddle.h"

#include <algorithm>
#include <fmt/ranges.h>

namespace vegadesk::strategies
{

std::span<const StrategyInfo> registry()
{
    static const std::vector<StrategyInfo> all{
        gammaScalping(), dispersion(), straddle(), strangle(),       calendar(),    ironCondor(),     ironButterfly(),
        deltaNeutral(),  vertical(),   momentum(), breakoutSpread(), coveredCall(), cashSecuredPut(), wheel()};
    return all;
}

base::Result<std::shared_ptr<const StrategyInfo>> find(std::string_view name)
{
    if (name.starts_with(rulesPrefix)) {
        auto rules = loadRules(name);
        if (!rules)
            return tl::make_unexpected(rules.error());
        return std::make_shared<const StrategyInfo>(*std::move(rules));
    }
    const std::span<const StrategyInfo> all = registry();
    const auto found = std::ranges::find(all, name, &StrategyInfo::name);
    if (found != all.end())
        return std::shared_ptr<const StrategyInfo>(std::shared_ptr<void>(), &*found); // outlives all that ask
    std::vector<std::string> names;
    std::ranges::transform(all, std::back_inserter(names), &StrategyInfo::name);
    return base::badInput("strategy", name, fmt::format("one of {}, or {}FILE", fmt::join(names, ", "), rulesPrefix));
}

} // namespace vegadesk::strategies
