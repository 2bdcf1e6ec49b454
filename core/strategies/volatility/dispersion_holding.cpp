#include "strategies/volatility/dispersion_holding.h"

#include "strategies/hedging.h"
#include "strategies/held_options.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

std::optional<HeldStraddles> heldStraddles(const StrategyState& state)
{
    HeldStraddles held;
    held.state = &state;
    double calls = 0, puts = 0, most = 0;
    bool isKnown = true;
    const double shares = forEachOption(state, [&](const HeldOption& option) {
        const pricing::SideAnalytics& side = option.expiration->side(option.contract.right);
        const double contracts = option.size / state.chain->expirations[option.contract.expiration].multiplier;
        (option.contract.right == market::Right::Call ? calls : puts) += contracts;
        held.vega += option.size * side.vega[option.contract.row];
        held.delta += option.size * side.delta[option.contract.row];
        most = std::max(most, std::abs(option.size));
        const int days = daysToExpiry(state, option.contract.expiration);
        if (std::isnan(held.volatility) || days < held.days) {
            held.days = days;
            held.volatility = option.expiration->atmVolatility;
        }
        isKnown = isKnown && held.volatility > 0;
    });
    held.optionDelta = most > 0 ? std::abs(held.delta) / most : 0;
    held.delta += shares;
    held.notional = most * state.analytics->spot;
    if (!isKnown || !std::isfinite(held.vega) || !std::isfinite(held.delta) || !std::isfinite(held.notional))
        return std::nullopt;
    held.isUneven = calls != puts;
    const double whole = calls * puts > 0 ? std::copysign(std::min(std::abs(calls), std::abs(puts)), calls) : 0;
    held.straddles = static_cast<std::int64_t>(whole);
    return held;
}

std::vector<const BasketName*> namesHeld(const StrategyState& state)
{
    std::vector<const BasketName*> held;
    for (const BasketName& name : state.basket ? std::span(state.basket->names) : std::span<const BasketName>{}) {
        if (holdsOptions(name.state))
            held.push_back(&name);
    }
    return held;
}

int DispersionHolding::days() const
{
    int days = holdsOptions(*index.state) ? index.days : names.front().days;
    for (const HeldStraddles& name : names)
        days = std::min(days, name.days);
    return days;
}

std::string DispersionHolding::warning() const
{
    if (missing.empty())
        return {};
    return fmt::format("no dispersion trade: {}, unhedged notional {:.0f} dollars", missing, unhedgedNotional);
}

std::optional<DispersionHolding> holdingOf(const StrategyState& state, DispersionWeighting weighting,
                                           std::size_t fewestNames)
{
    DispersionHolding holding;
    const auto index = heldStraddles(state);
    if (!index)
        return std::nullopt;
    holding.index = *index;
    double notional = 0, namesVega = 0;
    bool isUneven = holding.index.isUneven;
    for (const BasketName* const name : namesHeld(state)) {
        auto held = heldStraddles(name->state);
        if (!held)
            return std::nullopt;
        held->weight = name->weight;
        holding.weight += held->weight;
        holding.weightedVolatility += held->weight * held->volatility;
        holding.namesVega += std::abs(held->vega);
        namesVega += held->vega;
        notional += held->notional;
        isUneven = isUneven || held->isUneven;
        holding.names.push_back(*held);
    }
    holding.side = holding.index.vega < 0 || (holding.index.vega == 0 && namesVega > 0) ? CorrelationSide::Short
                                                                                        : CorrelationSide::Long;
    const double indexVega = std::abs(holding.index.vega);
    if (holding.names.empty() && indexVega == 0)
        return std::nullopt;
    if (!holding.names.empty() && indexVega > 0)
        holding.wantedVega =
            indexVega * memberVega(weighting, holding.index.volatility, holding.weightedVolatility / holding.weight);

    if (indexVega == 0)
        holding.missing = fmt::format("the straddles of {} names stand alone", holding.names.size());
    else if (holding.names.empty())
        holding.missing = fmt::format("the straddles of {} stand alone", state.chain->underlying);
    else if (isUneven)
        holding.missing = "a straddle has one leg without the other";
    else if (holding.names.size() < fewestNames)
        holding.missing = fmt::format("only {} names are held against the index", holding.names.size());
    const bool isOneSided = std::isnan(holding.wantedVega);
    if (isOneSided)
        holding.unhedgedNotional = std::max(holding.index.notional, notional);
    else if (holding.wantedVega > holding.namesVega)
        holding.unhedgedNotional = holding.index.notional * (1 - holding.namesVega / holding.wantedVega);
    else
        holding.unhedgedNotional = notional * (1 - holding.wantedVega / holding.namesVega);
    return holding;
}

} // namespace vegadesk::strategies
