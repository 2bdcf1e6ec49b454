#include "history/generated_basket.h"

#include <algorithm>
#include <string>
#include <utility>

namespace vegadesk::history
{

namespace
{

/// Heaviest first; equal ones in the universe's order.
std::vector<const SimulatedUnderlying*> constituentsOf(std::string_view underlying)
{
    std::vector<const SimulatedUnderlying*> names;
    if (underlying != "SPX" && underlying != "SPY")
        return names;
    for (const SimulatedUnderlying& name : simulatedUniverse()) {
        if (name.indexWeight > 0)
            names.push_back(&name);
    }
    std::ranges::stable_sort(names, std::greater{}, &SimulatedUnderlying::indexWeight);
    return names;
}

} // namespace

base::Result<std::unique_ptr<BasketSource>> generatedBasket(std::string_view underlying, base::Date from, base::Date to,
                                                            std::uint64_t seed, std::size_t names, int snapshotsPerDay,
                                                            CorporateEvents events)
{
    auto index = GeneratedChainSource::make(underlying, from, to, seed, snapshotsPerDay, events);
    if (!index)
        return tl::make_unexpected(std::move(index.error()));
    const auto all = constituentsOf(underlying);
    if (all.empty())
        return base::badInput("underlying", underlying,
                              "SPX or SPY: of others the simulated market has no constituents");
    if (names < 2 || names > all.size())
        return base::badInput("names", std::to_string(names), "2 to " + std::to_string(all.size()));
    std::vector<ConstituentChains> constituents;
    for (std::size_t i = 0; i < names; ++i) {
        auto chains = GeneratedChainSource::make(all[i]->symbol, from, to, seed, snapshotsPerDay, events);
        if (!chains)
            return tl::make_unexpected(std::move(chains.error()));
        constituents.push_back({all[i]->indexWeight, std::move(*chains)});
    }
    std::string description = (*index)->description();
    return std::make_unique<BasketSource>(std::move(*index), std::move(constituents), std::move(description));
}

} // namespace vegadesk::history
