#include "strategies/directional/momentum.h"

#include "strategies/directional/directional_strategy.h"
#include "strategies/directional/trend.h"
#include "strategies/structure/structure_parameters.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own{
        {.name = "trend",
         .about = "What a trend is: twelve months without the last one, or a fast average against a slow one.",
         .kind = Choice,
         .choices = {"twelve_one", "averages"}},
        {.name = "fast_days",
         .unit = "days",
         .about = "Closes in the fast average (with trend averages).",
         .kind = Integer,
         .minimum = 2,
         .maximum = 100,
         .fallback = 20},
        {.name = "slow_days",
         .unit = "days",
         .about = "Closes in the slow average (with trend averages).",
         .kind = Integer,
         .minimum = 10,
         .maximum = 250,
         .fallback = 100},
        {.name = "min_trend",
         .unit = "fraction",
         .about = "How far the trend must be from zero to enter.",
         .minimum = 0,
         .maximum = 0.5,
         .fallback = 0.01},
        {.name = "ways", .about = "Which trends are followed.", .kind = Choice, .choices = {"both", "up"}},
        {.name = "instrument",
         .about = "Whether a debit spread is bought or a single option.",
         .kind = Choice,
         .choices = {"spread", "option"}},
        deltaSpec("debit_long_delta", "Absolute delta of the option bought.", 0.55),
        deltaSpec("debit_short_delta", "Absolute delta of the option sold beyond it (with instrument spread).", 0.30),
        {.name = "volatility_target",
         .unit = "volatility",
         .about = "Volatility per year that the delta held may bring the account.",
         .minimum = 0.01,
         .maximum = 1,
         .fallback = 0.15}};
    DirectionalStrategy::addStopSpecs(own);
    return withCommon(std::move(own),
                      {.units = "units", .days = 60, .daysTolerance = 15, .mostDebit = 0.65, .profitTarget = 1});
}

class Momentum final : public DirectionalStrategy
{
public:
    explicit Momentum(base::Parameters parameters) : DirectionalStrategy("momentum", std::move(parameters)) {}

private:
    double trend(const StrategyState& state) const;
    tl::expected<View, NoEntry> view(const StrategyState& state) const override;
    Structure structure(View view) const override;
    std::string turned(const StrategyState& state, Direction held) const override;
};

double Momentum::trend(const StrategyState& state) const
{
    if (parameters().choice("trend") == "twelve_one")
        return twelveOneMomentum(state.dailyCloses);
    return averageCross(state.dailyCloses, static_cast<std::size_t>(parameters().integer("fast_days")),
                        static_cast<std::size_t>(parameters().integer("slow_days")));
}

tl::expected<DirectionalStrategy::View, NoEntry> Momentum::view(const StrategyState& state) const
{
    const double trend = this->trend(state);
    if (std::isnan(trend))
        return noEntry(fmt::format("too few daily closes are known for the trend {}", parameters().choice("trend")));
    if (std::abs(trend) < parameters()["min_trend"] || trend == 0)
        return noEntry(fmt::format("the trend is weaker than {:g}", parameters()["min_trend"]));
    if (trend < 0 && parameters().choice("ways") == "up")
        return noEntry("the trend is down, and only those up are followed");
    return View{trend > 0 ? Direction::Up : Direction::Down, false};
}

Structure Momentum::structure(View view) const
{
    Structure structure = verticalOf(parameters(), view.direction, false);
    structure.volatilityTarget = parameters()["volatility_target"];
    if (parameters().choice("instrument") == "option") {
        structure.legs.resize(1);
        structure.unit = view.direction == Direction::Up ? "call" : "put";
        structure.units = structure.unit + "s";
    }
    return structure;
}

std::string Momentum::turned(const StrategyState& state, Direction held) const
{
    const double trend = this->trend(state);
    const bool isGone = held == Direction::Up ? trend < 0 : trend > 0;
    return isGone ? "the trend has turned" : "";
}

} // namespace

StrategyInfo momentum()
{
    return {.name = "momentum",
            .title = "Momentum",
            .about = "Follows the trend of the underlying's own closes with a debit spread, sized by its volatility.",
            .parameters = specs(),
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<Momentum>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies
