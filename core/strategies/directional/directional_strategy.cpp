#include "strategies/directional/directional_strategy.h"

#include "market/calendar.h"
#include "strategies/directional/trend.h"
#include "strategies/orders.h"
#include "strategies/structure/leave_structure.h"
#include "strategies/structure/open_structure.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

struct Holding {
    double delta = 0; ///< shares; NaN while one is not known
    double paid = 0;  ///< cash for what is held
};

Holding holdingOf(const StrategyState& state)
{
    Holding holding;
    for (const portfolio::Position& position : state.positions) {
        const double size = (position.quantity * position.multiplier).toDouble();
        const auto contract = contractOf(state, position);
        const bool isOption = position.type == market::InstrumentType::EquityOption;
        holding.delta += isOption ? size * (contract ? deltaOf(state, *contract) : market::unknown) : size;
        holding.paid += size * position.averageOpenPrice.toDouble();
    }
    return holding;
}

/// Closes of the days on which the trade was open.
std::span<const double> closesSinceEntry(const StrategyState& state)
{
    const int days =
        market::tradingDaysBetween(market::newYorkDate(state.trade.openedAt), market::newYorkDate(state.now));
    return state.dailyCloses.last(std::min(state.dailyCloses.size(), static_cast<std::size_t>(std::max(days, 0))));
}

} // namespace

DirectionalStrategy::DirectionalStrategy(std::string name, base::Parameters parameters)
    : m_name(std::move(name)), m_parameters(std::move(parameters))
{
}

void DirectionalStrategy::addStopSpecs(std::vector<base::ParameterSpec>& specs)
{
    using enum base::ParameterKind;
    specs.push_back({.name = "stop_moves",
                     .unit = "average moves",
                     .about = "Leave when the price has come back so far from its best close since the entry.",
                     .minimum = 0.5,
                     .maximum = 50,
                     .fallback = 4});
    specs.push_back({.name = "move_days",
                     .unit = "days",
                     .about = "Trading days over which a day's move from close to close is averaged.",
                     .kind = Integer,
                     .minimum = 5,
                     .maximum = 100,
                     .fallback = 20});
}

Candidates DirectionalStrategy::candidates(const StrategyState& state) const
{
    const auto now = view(state);
    if (!now)
        return tl::make_unexpected(now.error());
    return candidatesOf(state, structure(*now));
}

std::string DirectionalStrategy::stopped(const StrategyState& state, Direction held) const
{
    const double move = averageMove(state.dailyCloses, static_cast<std::size_t>(m_parameters.integer("move_days")));
    const std::span<const double> since = closesSinceEntry(state);
    if (since.empty() || !(move > 0))
        return {};
    const bool isUp = held == Direction::Up;
    const double best = isUp ? std::ranges::max(since) : std::ranges::min(since);
    const double back = (isUp ? best - state.analytics->spot : state.analytics->spot - best) / move;
    if (!(back >= m_parameters["stop_moves"]))
        return {};
    return fmt::format("the price is {:.1f} average moves from its best close since the entry", back);
}

std::vector<Proposal> DirectionalStrategy::exit(const StrategyState& state) const
{
    const Holding holding = holdingOf(state);
    const Direction held = holding.delta < 0 ? Direction::Down : Direction::Up;
    const Structure rules = structure({held, holding.paid < 0});
    std::vector<Proposal> exits = exitsOf(state, rules);
    if (!exits.empty() || std::isnan(holding.delta) || holding.delta == 0)
        return exits;
    if (std::string why = turned(state, held); !why.empty())
        return unwind(state, rules.priceRoom, why);
    if (std::string why = stopped(state, held); !why.empty())
        return unwind(state, rules.priceRoom, why);
    return {};
}

} // namespace vegadesk::strategies
