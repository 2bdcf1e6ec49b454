#pragma once

#include "market/symbols.h"
#include "strategies/make.h"
#include "strategies/strategy.h"
#include "strategies/test_chain.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::tests
{

/// A hundred days in even steps.
inline std::vector<double> historyOf(double from, double to)
{
    std::vector<double> history;
    for (int day = 0; day < 100; ++day)
        history.push_back(from + (to - from) * day / 99);
    return history;
}

/// A state with everything it points to.
struct World {
    explicit World(const TestMarket& setting) : chain(setting.chain()), analytics(setting.analyse(chain))
    {
        state.now = setting.now();
        state.chain = &chain;
        state.analytics = &analytics;
        state.netLiquidation = 100'000;
        state.budget = {.maxLoss = 10'000, .stress = 25'000, .margin = 50'000, .contracts = 1000};
    }
    World(const World&) = delete;

    /// Holds what `intent` opens, at the mids.
    void hold(const portfolio::OrderIntent& intent)
    {
        for (const portfolio::OrderLeg& leg : intent.legs) {
            const auto place = market::find(chain, leg.symbol);
            portfolio::Position position;
            position.symbol = leg.symbol;
            position.underlying = chain.underlying;
            position.type = leg.type;
            position.quantity = portfolio::signedQuantity(leg.action, leg.quantity);
            position.multiplier = place ? 100 : 1;
            const double price = place
                                     ? chain.expirations[place->expiration].side(place->right).quoteAt(place->row).mid()
                                     : chain.spot();
            position.averageOpenPrice = base::Decimal::fromDouble(price).value();
            state.trade.entryCash -= (position.quantity * position.multiplier).toDouble() * price;
            positions.push_back(position);
        }
        state.trade.openedAt = state.now;
        state.positions = positions;
    }
    void holdShares(base::Quantity shares)
    {
        portfolio::Position position;
        position.symbol = position.underlying = chain.underlying;
        position.type = market::InstrumentType::Equity;
        position.multiplier = 1;
        position.quantity = shares;
        positions.push_back(position);
        state.positions = positions;
    }

    market::OptionChain chain;
    pricing::ChainAnalytics analytics;
    std::vector<portfolio::Position> positions;
    strategies::StrategyState state;
};

inline double strikeOf(const std::string& symbol)
{
    return market::parseOccSymbol(symbol).value().strike.toDouble();
}

/// The same positions in another market.
inline std::unique_ptr<World> moved(const World& from, const TestMarket& to)
{
    auto world = std::make_unique<World>(to);
    world->positions = from.positions;
    world->state.positions = world->positions;
    world->state.trade = from.state.trade;
    return world;
}

} // namespace vegadesk::tests
