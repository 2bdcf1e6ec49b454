#include "strategies/structure/open_structure.h"

#include "market/calendar.h"
#include "risk/sizing.h"
#include "strategies/candidate_risk.h"
#include "strategies/implied_level.h"
#include "strategies/orders.h"
#include "strategies/signal_filter.h"
#include "strategies/structure/find_legs.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::strategies
{

namespace
{

std::optional<NoEntry> reasonByVolatility(const StrategyState& state, const EntryRules& rules)
{
    if (rules.leastRank <= 0 && rules.mostRank >= 1)
        return std::nullopt;
    const double rank = impliedRank(state.dailyVolatilities, constantMaturityVolatility(*state.analytics));
    if (std::isnan(rank))
        return NoEntry{
            fmt::format("the rank of implied volatility is not known: it takes {} days of it", fewestDaysForRank)};
    if (rank < rules.leastRank)
        return NoEntry{fmt::format("the rank of implied volatility is below {:g}", rules.leastRank)};
    if (rank > rules.mostRank)
        return NoEntry{fmt::format("the rank of implied volatility is above {:g}", rules.mostRank)};
    return std::nullopt;
}

/// Reports inside the trade's life, and the near expiry's volatility over the far one's.
std::optional<NoEntry> reasonByExpiries(const StrategyState& state, const EntryRules& rules,
                                        std::span<const Contract> contracts)
{
    const auto [near, far] = std::ranges::minmax(contracts, {}, &Contract::expiration);
    if (rules.earnings == Earnings::Avoided && state.earnings && *state.earnings >= market::newYorkDate(state.now) &&
        *state.earnings <= state.chain->expirations[far.expiration].date)
        return NoEntry{"a report is expected before the expiry"};
    if (rules.leastFrontExcess == -never)
        return std::nullopt;
    const double excess = state.analytics->expirations[near.expiration].atmVolatility -
                          state.analytics->expirations[far.expiration].atmVolatility;
    if (!(excess >= rules.leastFrontExcess)) // nor where it is not known
        return NoEntry{
            fmt::format("the near expiry's volatility is not {:g} above the far one's", rules.leastFrontExcess)};
    return std::nullopt;
}

std::optional<NoEntry> reasonByPrice(const Structure& structure, double net, double width)
{
    const EntryRules& rules = structure.entry;
    if (!std::isfinite(net))
        return NoEntry{fmt::format("a leg of the {} has no price it could be traded at", structure.unit)};
    if (!structure.isCredit) {
        if (!(net > 0))
            return NoEntry{fmt::format("the {} would cost nothing: quotes that cannot be right", structure.unit)};
        if (width > 0 && !(net <= rules.mostRatio * width))
            return NoEntry{fmt::format("crossing the spreads costs more than {:g} of the width", rules.mostRatio)};
        return std::nullopt;
    }
    if (!(net < 0))
        return NoEntry{"crossing the spreads leaves no credit"};
    if (width > 0 && !(-net >= rules.leastRatio * width))
        return NoEntry{fmt::format("crossing the spreads leaves less than {:g} of the width", rules.leastRatio)};
    if (width > 0 && !(-net < width))
        return NoEntry{"the credit is not below the width: quotes that cannot be right"};
    return std::nullopt;
}

/// "bull put spread" of "bull put spreads", of which one is called "spread".
std::string singularOf(const Structure& structure)
{
    return structure.units.ends_with(structure.unit + "s") ? structure.units.substr(0, structure.units.size() - 1)
                                                           : structure.unit;
}

std::string titleOf(const StrategyState& state, std::span<const Contract> contracts, double net, double width)
{
    std::vector<std::string> strikes;
    std::vector<int> days;
    for (const Contract contract : contracts) {
        strikes.push_back(fmt::format("{:g}", strikeOf(state, contract)));
        days.push_back(daysToExpiry(state, contract.expiration));
    }
    strikes.erase(std::unique(strikes.begin(), strikes.end()), strikes.end());
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return fmt::format("{}, {} days, {} {:.2f}{}", fmt::join(strikes, "/"), fmt::join(days, "/"),
                       net < 0 ? "credit" : "debit", std::abs(net),
                       width > 0 ? fmt::format(" of width {:g}", width) : std::string());
}

/// Units that bring the exposure by delta to the volatility target; NaN where a figure is not known.
double unitsForVolatility(const StrategyState& state, const Structure& structure, std::span<const Contract> contracts)
{
    double delta = 0;
    for (std::size_t i = 0; i < contracts.size(); ++i) {
        const LegRule& rule = structure.legs[i];
        const int multiplier = state.chain->expirations[contracts[i].expiration].multiplier;
        delta += (rule.isBought ? 1 : -1) * rule.ratio * multiplier * deltaOf(state, contracts[i]);
    }
    const double sigma = risk::ewmaVolatility(state.dailyCloses);
    const double notional = std::abs(delta) * state.analytics->spot;
    if (!(sigma > 0) || !(notional > 0) || !std::isfinite(notional))
        return market::unknown;
    const risk::VolatilityTarget target{.target = structure.volatilityTarget};
    return std::floor(risk::sizeForVolatility(sigma, target) * state.netLiquidation / notional);
}

} // namespace

std::optional<NoEntry> reasonToStayOut(const StrategyState& state, const EntryRules& rules)
{
    if (auto why = reasonBySignals(state, rules.signals))
        return why;
    return reasonByVolatility(state, rules);
}

Candidates candidatesOf(const StrategyState& state, const Structure& structure)
{
    if (auto why = reasonToStayOut(state, structure.entry))
        return tl::make_unexpected(*std::move(why));
    const auto contracts = findLegs(state, structure);
    if (!contracts)
        return tl::make_unexpected(contracts.error());
    if (auto why = reasonByExpiries(state, structure.entry, *contracts))
        return tl::make_unexpected(*std::move(why));
    const std::vector<portfolio::OrderLeg> legs = openingLegs(state, structure, *contracts);
    const double net = naturalNet(state, legs);
    const double width = widthOf(state, structure, *contracts);
    if (auto why = reasonByPrice(structure, net, width))
        return tl::make_unexpected(*std::move(why));

    // Its risk is that of the limit, which is the worst that the fill can bring.
    auto candidate = candidateOf(state, legs, structure.priceRoom);
    if (!candidate)
        return noEntry(fmt::format("a leg of the {} has no price it could be traded at", structure.unit));
    const auto atLimit = marketable(state, legs, structure.priceRoom);
    if (structure.isCredit && (!atLimit || atLimit->effect != portfolio::PriceEffect::Credit))
        return noEntry(fmt::format("at its limit price the {} would bring no credit", structure.unit));
    candidate->most = structure.mostUnits;
    if (!std::isnan(structure.volatilityTarget)) {
        const double units = unitsForVolatility(state, structure, *contracts);
        if (std::isnan(units))
            return noEntry("the underlying's own volatility is not known: it takes 11 daily closes");
        if (units < 1)
            return noEntry(fmt::format("one {} is more than the volatility target allows", structure.unit));
        candidate->most = std::min(candidate->most, static_cast<std::int64_t>(units));
    }
    candidate->unit = structure.unit;
    candidate->singular = singularOf(structure);
    candidate->plural = structure.units;
    candidate->title = titleOf(state, *contracts, net, width);
    return std::vector{*std::move(candidate)};
}

} // namespace vegadesk::strategies
