#include "strategies/volatility/dispersion_upkeep.h"

#include "strategies/hedging.h"
#include "strategies/orders.h"
#include "strategies/volatility/dispersion_entry.h"
#include "strategies/volatility/hedged_size.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace vegadesk::strategies
{

using portfolio::Action;

namespace
{

constexpr double leastVegaToAdd = 0.5; ///< of a straddle at the money: what has left its strike is not added to

} // namespace

std::vector<Proposal> unwindAll(const DispersionSettings& settings, const StrategyState& state,
                                const std::string& reason)
{
    std::vector<const StrategyState*> all{&state};
    for (const BasketName& name : state.basket->names)
        all.push_back(&name.state);
    const auto isSold = [](const StrategyState* each) {
        return std::ranges::any_of(each->positions, [](const portfolio::Position& position) {
            return position.type == market::InstrumentType::EquityOption && position.quantity < 0;
        });
    };
    std::ranges::stable_partition(all, isSold);
    std::vector<Proposal> proposals;
    for (const StrategyState* const each : all) {
        std::vector<Proposal> own = unwind(*each, settings.priceRoom, reason);
        if (own.empty() && isSold(each))
            return {};
        std::ranges::move(own, std::back_inserter(proposals));
    }
    return proposals;
}

std::vector<Proposal> unwindReporting(const DispersionSettings& settings, const StrategyState& state,
                                      const DispersionHolding& holding)
{
    std::vector<Proposal> proposals;
    std::size_t left = holding.names.size();
    for (const HeldStraddles& name : holding.names) {
        if (!settings.avoidsReports || !reportsBeforeNextSession(*name.state))
            continue;
        --left;
        std::ranges::move(unwind(*name.state, settings.priceRoom,
                                 fmt::format("{} reports before the next session", name.state->chain->underlying)),
                          std::back_inserter(proposals));
    }
    if (!proposals.empty() && left < settings.fewestNames)
        return unwindAll(settings, state, "too few names are left without a report before the next session");
    return proposals;
}

std::string reasonToLeave(const DispersionSettings& settings, const StrategyState& state,
                          const DispersionHolding& holding)
{
    if (!holding.missing.empty())
        return mayComplete(settings, state) ? std::string() : holding.warning();
    if (const int days = holding.days(); days <= settings.exitDays)
        return fmt::format("{} days to expiry", days);
    if (holding.index.optionDelta >= settings.exitDelta)
        return fmt::format("the delta of the straddles of {} is {:.2f} a share: little vega is left there",
                           state.chain->underlying, holding.index.optionDelta);
    const double budget = state.budget.multiplier * state.budget.maxLoss;
    if (state.trade.profit <= -settings.lossLimit * budget)
        return fmt::format("lost {:.0f} dollars of the {:.0f} that a trade may", -state.trade.profit, budget);
    if (!settings.needsEdge)
        return {};
    const CorrelationLevel level = correlationLevel(state, namesHeld(state), holding.index.days);
    const double wanted = settings.exitPercentile;
    const bool isShort = holding.side == CorrelationSide::Short;
    if (isShort ? level.percentile <= wanted : level.percentile >= 1 - wanted)
        return fmt::format("implied correlation is back at {:.1f} %, percentile {:.0f}", 100 * level.implied.exact,
                           100 * level.percentile);
    return {};
}

bool mayComplete(const DispersionSettings& settings, const StrategyState& state)
{
    return base::seconds(state.now - state.trade.openedAt) <= 60 * settings.legMinutes;
}

std::vector<Proposal> completed(DispersionSettings settings, const StrategyState& state,
                                const DispersionHolding& holding)
{
    settings.side = holding.side; // the trade goes on as it began, whatever is asked of the next
    const std::string reason = fmt::format("no dispersion trade yet: {}, unhedged notional {:.0f} dollars",
                                           holding.missing, holding.unhedgedNotional);
    std::vector<Proposal> proposals;
    const auto add = [&](const StraddleOffer& offer, Action action) {
        if (auto intent = marketable(*offer.state, offer.legs(action), settings.priceRoom))
            proposals.push_back({ProposalKind::Adjust, *std::move(intent), reason});
    };
    if (holding.index.vega == 0) {
        auto index = indexOffer(settings, state, holding.days(), nameTolerance);
        if (!index)
            return {};
        const double each = index->vega * memberVega(settings.weighting, index->volatility,
                                                     holding.weightedVolatility / holding.weight);
        index->straddles = std::min(static_cast<std::int64_t>(holding.namesVega / each), index->most.contracts);
        if (index->straddles > 0)
            add(*index, settings.indexAction());
        return proposals;
    }
    std::vector<StraddleOffer> offers = nameOffers(settings, state, holding.index.days);
    std::erase_if(offers, [](const StraddleOffer& offer) { return holdsOptions(*offer.state); });
    const std::size_t held = holding.names.size();
    offers.resize(std::min(offers.size(), settings.names > held ? settings.names - held : 0));
    double weights = holding.weight, sum = holding.weightedVolatility;
    for (const StraddleOffer& offer : offers) {
        weights += offer.weight;
        sum += offer.weight * offer.volatility;
    }
    const double vega =
        std::abs(holding.index.vega) * memberVega(settings.weighting, holding.index.volatility, sum / weights);
    for (StraddleOffer& offer : offers) {
        offer.straddles =
            std::min(static_cast<std::int64_t>(vega * offer.weight / weights / offer.vega), offer.most.contracts);
        if (offer.straddles > 0)
            add(offer, settings.nameAction());
    }
    return proposals;
}

std::vector<Proposal> balanced(const DispersionSettings& settings, const StrategyState& state,
                               const DispersionHolding& holding)
{
    if (std::abs(holding.drift()) <= settings.vegaDrift)
        return {};
    std::vector<Proposal> proposals;
    for (const HeldStraddles& name : holding.names) {
        const double each = name.vega / static_cast<double>(name.straddles);
        if (!(each > 0))
            continue;
        const double wanted = holding.wantedVega * name.weight / holding.weight / each;
        const auto change =
            static_cast<std::int64_t>(std::trunc(wanted - std::abs(static_cast<double>(name.straddles))));
        const bool isAdding = change > 0;
        // Towards the whole only: a name that has drifted the other way does not need to be moved for it.
        if (change == 0 || isAdding != (holding.drift() < 0))
            continue;
        std::vector<portfolio::OrderLeg> legs;
        bool isWorn = false;
        for (const portfolio::Position& position : name.state->positions) {
            const auto contract = contractOf(*name.state, position);
            if (!contract)
                continue;
            const bool isLong = position.quantity > 0;
            const pricing::ExpirationAnalytics& figures = name.state->analytics->expirations[contract->expiration];
            const auto atTheMoney = nearestStraddleRow(*name.state, contract->expiration, figures.forward);
            isWorn = isWorn || !atTheMoney ||
                     figures.calls.vega[contract->row] < leastVegaToAdd * figures.calls.vega[*atTheMoney];
            const Action action = isAdding ? (isLong ? Action::BuyToOpen : Action::SellToOpen)
                                           : (isLong ? Action::SellToClose : Action::BuyToClose);
            legs.push_back({position.symbol, position.type, action, std::abs(change)});
        }
        if (isAdding && isWorn)
            continue;
        if (auto intent = marketable(*name.state, std::move(legs), settings.priceRoom))
            proposals.push_back({ProposalKind::Adjust, *std::move(intent),
                                 fmt::format("the names' vega is {:+.0f} % off what belongs to {}",
                                             100 * holding.drift(), state.chain->underlying)});
    }
    return proposals;
}

} // namespace vegadesk::strategies
