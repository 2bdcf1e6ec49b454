#include "strategies/directional/breakout.h"

#include "strategies/directional/directional_strategy.h"
#include "strategies/directional/trend.h"
#include "strategies/implied_level.h"
#include "strategies/structure/structure_parameters.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own{{.name = "range_days",
                                          .unit = "days",
                                          .about = "Closes that the last one must be outside of.",
                                          .kind = Integer,
                                          .minimum = 5,
                                          .maximum = 250,
                                          .fallback = 20},
                                         {.name = "buy_below",
                                          .unit = "rank",
                                          .about = "Pay a debit where implied volatility's rank is no higher.",
                                          .minimum = 0,
                                          .maximum = 1,
                                          .fallback = 0.3},
                                         {.name = "sell_above",
                                          .unit = "rank",
                                          .about = "Take a credit where it is no lower.",
                                          .minimum = 0,
                                          .maximum = 1,
                                          .fallback = 0.5}};
    addVerticalSpecs(own);
    DirectionalStrategy::addStopSpecs(own);
    own =
        withCommon(std::move(own), {.units = "spreads", .flow = Flow::Either, .leastCredit = 0.12, .mostDebit = 0.65});
    // Its own two say more.
    std::erase_if(
        own, [](const base::ParameterSpec& spec) { return spec.name == "min_iv_rank" || spec.name == "max_iv_rank"; });
    return own;
}

class Breakout final : public DirectionalStrategy
{
public:
    explicit Breakout(base::Parameters parameters) : DirectionalStrategy("breakout", std::move(parameters)) {}

private:
    double signal(const StrategyState& state) const
    {
        return breakout(state.dailyCloses, static_cast<std::size_t>(parameters().integer("range_days")));
    }
    tl::expected<View, NoEntry> view(const StrategyState& state) const override;
    Structure structure(View view) const override { return verticalOf(parameters(), view.direction, view.isCredit); }
    std::string turned(const StrategyState& state, Direction held) const override;
};

tl::expected<DirectionalStrategy::View, NoEntry> Breakout::view(const StrategyState& state) const
{
    const double way = signal(state);
    if (std::isnan(way))
        return noEntry("too few daily closes are known for the range");
    if (way == 0)
        return noEntry("the last close is within the range of those before it");
    const double rank = impliedRank(state.dailyVolatilities, constantMaturityVolatility(*state.analytics));
    if (std::isnan(rank))
        return noEntry(
            fmt::format("the rank of implied volatility is not known: it takes {} days of it", fewestDaysForRank));
    const bool isCheap = rank <= parameters()["buy_below"], isDear = rank >= parameters()["sell_above"];
    if (!isCheap && !isDear)
        return noEntry("implied volatility is neither cheap nor dear");
    return View{way > 0 ? Direction::Up : Direction::Down, !isCheap};
}

std::string Breakout::turned(const StrategyState& state, Direction held) const
{
    const double way = signal(state);
    const bool isAgainst = held == Direction::Up ? way < 0 : way > 0;
    return isAgainst ? "the price has left its range the other way" : "";
}

} // namespace

StrategyInfo breakoutSpread()
{
    return {
        .name = "breakout",
        .title = "Breakout",
        .about =
            "Follows a close outside its recent range with a spread that is bought where volatility is cheap and sold "
            "where it is dear.",
        .parameters = specs(),
        .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
            return std::make_unique<Breakout>(std::move(parameters));
        }};
}

} // namespace vegadesk::strategies
