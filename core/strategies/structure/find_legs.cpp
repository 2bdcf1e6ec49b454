#include "strategies/structure/find_legs.h"

#include "strategies/orders.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

std::string_view nameOf(market::Right right)
{
    return right == market::Right::Call ? "call" : "put";
}

/// Which way is out of the money.
double outwards(market::Right right)
{
    return right == market::Right::Call ? 1 : -1;
}

tl::expected<std::size_t, NoEntry> findExpiry(const StrategyState& state, const ExpiryRule& rule, int exitDays)
{
    const auto expiration = nearestExpiration(state, rule.days, rule.tolerance);
    if (!expiration)
        return noEntry(fmt::format("no expiry is {} days away, give or take {}", rule.days, rule.tolerance));
    if (daysToExpiry(state, *expiration) <= exitDays)
        return noEntry("the nearest expiry is within exit_days already");
    return *expiration;
}

std::string missing(const LegRule& rule)
{
    switch (rule.by) {
    case StrikeBy::Delta:
        return fmt::format("no {} of delta {:g} is quoted on both sides", nameOf(rule.right), rule.value);
    case StrikeBy::Forward:
        return "no strike has a call and a put that are both quoted on both sides";
    case StrikeBy::Distance:
    case StrikeBy::SameAs:
        break;
    }
    return fmt::format("no {} for the {} is quoted on both sides", nameOf(rule.right), rule.name);
}

} // namespace

std::optional<Contract> findLeg(const StrategyState& state, const LegRule& rule, std::size_t expiration,
                                std::span<const std::optional<Contract>> others)
{
    const auto strikeFrom = [&] { return strikeOf(state, *others[*rule.from]); };
    std::optional<Contract> found;
    switch (rule.by) {
    case StrikeBy::Delta:
        found = nearestDelta(state, expiration, rule.right, rule.value, rule.tolerance);
        break;
    case StrikeBy::Forward:
        if (const auto row = nearestStraddleRow(state, expiration, state.analytics->expirations[expiration].forward))
            return Contract{expiration, *row, rule.right};
        return std::nullopt;
    case StrikeBy::Distance:
        found = nearestStrike(state, expiration, rule.right, strikeFrom() + outwards(rule.right) * rule.value,
                              rule.tolerance);
        break;
    case StrikeBy::SameAs:
        return nearestStrike(state, expiration, rule.right, strikeFrom(), 0);
    }
    const bool isBeyond = found && (!rule.from || outwards(rule.right) * (strikeOf(state, *found) - strikeFrom()) > 0);
    return isBeyond ? found : std::nullopt;
}

tl::expected<std::vector<Contract>, NoEntry> findLegs(const StrategyState& state, const Structure& structure)
{
    const auto near = findExpiry(state, structure.near, structure.exit.days);
    if (!near)
        return tl::make_unexpected(near.error());
    std::size_t far = *near;
    if (structure.far) {
        const auto found = findExpiry(state, *structure.far, structure.exit.days);
        if (!found)
            return tl::make_unexpected(found.error());
        far = *found;
        if (state.chain->expirations[far].expiresAt <= state.chain->expirations[*near].expiresAt)
            return noEntry("the far expiry is not after the near one");
    }

    std::vector<std::optional<Contract>> found(structure.legs.size());
    for (const bool isDependent : {false, true}) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            const LegRule& rule = structure.legs[i];
            if (rule.from.has_value() != isDependent)
                continue;
            found[i] = findLeg(state, rule, rule.isFar ? far : *near, found);
            if (!found[i])
                return noEntry(missing(rule));
        }
    }
    for (std::size_t put = 0; put < found.size(); ++put) {
        for (std::size_t call = 0; call < found.size(); ++call) {
            const LegRule &low = structure.legs[put], &high = structure.legs[call];
            const bool mustBeApart = low.right == market::Right::Put && high.right == market::Right::Call &&
                                     low.by == StrikeBy::Delta && high.by == StrikeBy::Delta;
            if (mustBeApart && strikeOf(state, *found[put]) >= strikeOf(state, *found[call]))
                return noEntry(fmt::format("the {} would not stand below the {}", low.name, high.name));
        }
    }
    std::vector<Contract> contracts;
    std::ranges::transform(found, std::back_inserter(contracts), [](const auto& each) { return *each; });
    return contracts;
}

std::vector<portfolio::OrderLeg> openingLegs(const StrategyState& state, const Structure& structure,
                                             std::span<const Contract> contracts)
{
    using portfolio::Action;
    std::vector<portfolio::OrderLeg> legs;
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        const LegRule& rule = structure.legs[i];
        legs.push_back(
            optionLeg(state, contracts[i], rule.isBought ? Action::BuyToOpen : Action::SellToOpen, rule.ratio));
    }
    return legs;
}

double widthOf(const StrategyState& state, const Structure& structure, std::span<const Contract> contracts)
{
    double width = 0;
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        for (std::size_t j = 0; j < contracts.size(); ++j) {
            const bool isSpread = structure.legs[i].isBought && !structure.legs[j].isBought &&
                                  contracts[i].right == contracts[j].right &&
                                  contracts[i].expiration == contracts[j].expiration;
            if (isSpread)
                width = std::max(width, std::abs(strikeOf(state, contracts[i]) - strikeOf(state, contracts[j])));
        }
    }
    return width;
}

} // namespace vegadesk::strategies
