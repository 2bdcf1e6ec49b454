#pragma once

#include "strategies/world.h"

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

/// A member of the index of a BasketWorld.
struct NameSetting {
    std::string symbol;
    double weight = 0, volatility = 0.3, spot = 100;
};

/// An index and its members, each in a market of its own, as a strategy of a basket sees them.
struct BasketWorld {
    explicit BasketWorld(const std::vector<NameSetting>& names, double indexVolatility = 0.2,
                         base::Date today = base::makeDate(2023, 3, 1))
        : index(marketOf({"SPY", 1, indexVolatility, 500}, today))
    {
        index.state.budget = {.maxLoss = 200'000, .stress = 2e6, .margin = 2e6, .contracts = 1000};
        index.state.netLiquidation = 10e6;
        for (const NameSetting& each : names) {
            members.push_back(std::make_unique<World>(marketOf(each, today)));
            members.back()->state.budget = index.state.budget;
            members.back()->state.netLiquidation = index.state.netLiquidation;
            weights.push_back(each.weight);
        }
    }

    static TestMarket marketOf(const NameSetting& name, base::Date today)
    {
        TestMarket market;
        market.underlying = name.symbol;
        market.today = today;
        market.spot = name.spot;
        market.volatility = name.volatility;
        market.halfSpread = 0.0002 * name.spot;
        market.size = 1000;
        market.firstStrike = std::round(0.6 * name.spot);
        market.lastStrike = 1.4 * name.spot;
        market.strikeStep = std::round(0.02 * name.spot);
        market.expiries = {base::makeDate(2023, 3, 17), base::makeDate(2023, 4, 6), base::makeDate(2023, 5, 19)};
        return market;
    }
    World* of(std::string_view symbol)
    {
        if (symbol == index.chain.underlying)
            return &index;
        for (const auto& each : members) {
            if (each->chain.underlying == symbol)
                return each.get();
        }
        qFatal("no such member");
    }
    /// Everything that was proposed is held, at the mids.
    void hold(const std::vector<strategies::Proposal>& proposals)
    {
        for (const strategies::Proposal& proposal : proposals)
            of(proposal.intent.underlying)->hold(proposal.intent);
        index.state.trade.openedAt = index.state.now;
    }
    /// The state with everything that it points to as it is now.
    const strategies::StrategyState& state()
    {
        basket.names.clear();
        for (std::size_t i = 0; i < members.size(); ++i) {
            members[i]->state.trade = index.state.trade;
            basket.names.push_back({weights[i], members[i]->state});
        }
        index.state.basket = &basket;
        return index.state;
    }

    World index;
    std::vector<std::unique_ptr<World>> members;
    std::vector<double> weights;
    strategies::Basket basket;
};

} // namespace vegadesk::tests
