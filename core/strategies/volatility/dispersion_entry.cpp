#include "strategies/volatility/dispersion_entry.h"

#include "strategies/chain_selection.h"
#include "strategies/hedging.h"
#include "strategies/volatility/hedged_size.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <span>

namespace vegadesk::strategies
{

namespace
{

constexpr int indexTolerance = 12; ///< monthly and weekly expirations leave no larger hole around 30 days

/// All spreads, in and out, and the hedges of all names: as the points of correlation that would pay for them.
double costOf(const DispersionSettings& settings, const base::Parameters& parameters, const StraddleOffer& index,
              std::span<const StraddleOffer> names)
{
    std::vector<BasketMember> members;
    double weights = 0, sum = 0;
    for (const StraddleOffer& name : names) {
        members.push_back({name.weight, name.volatility});
        weights += name.weight;
        sum += name.weight * name.volatility;
    }
    const double ratio = memberVega(settings.weighting, index.volatility, sum / weights);
    // In volatility of the index: dollars over dollars of its vega.
    double cost = index.spread / index.vega;
    if (index.state->underlyingType != market::InstrumentType::Index)
        cost += hedgeCostOf(*index.state, parameters, index.expiration, index.gamma);
    for (const StraddleOffer& name : names)
        cost += ratio * name.weight / weights *
                (name.spread / name.vega + hedgeCostOf(*name.state, parameters, name.expiration, name.gamma));
    return cost / volatilityPerCorrelation(index.volatility, members);
}

std::optional<NoEntry> reasonByCorrelation(const DispersionSettings& settings, const CorrelationLevel& level,
                                           double cost)
{
    if (std::isnan(level.percentile))
        return NoEntry{"implied correlation is not known for enough of the last year's days"};
    const double wanted = settings.percentile;
    if (settings.isShort() ? level.percentile < wanted : level.percentile > 1 - wanted)
        return NoEntry{fmt::format("implied correlation is {} its percentile {:g}",
                                   settings.isShort() ? "below" : "above", settings.isShort() ? wanted : 1 - wanted)};
    const double difference = (settings.isShort() ? 1 : -1) * (level.impliedTenor - level.realised) - cost;
    if (!(difference > settings.edge))
        return NoEntry{std::isnan(difference)
                           ? std::string("realised correlation or what the trade costs is not known")
                           : fmt::format("implied correlation is not {:g} {} the realised one after costs",
                                         settings.edge, settings.isShort() ? "above" : "below")};
    return {};
}

/// Without a history of the names the past is not known.
std::string percentText(double fraction)
{
    return std::isfinite(fraction) ? fmt::format("{:.1f} %", 100 * fraction) : std::string("not known");
}

} // namespace

tl::expected<StraddleOffer, NoEntry> indexOffer(const DispersionSettings& settings, const StrategyState& state,
                                                int days, int tolerance)
{
    auto offer = straddleOffer(state, settings.indexAction(), days, tolerance, settings.floor, settings.priceRoom);
    if (!offer)
        return noEntry("no straddle of the index is quoted and liquid at about days_to_expiry");
    return *std::move(offer);
}

std::vector<StraddleOffer> nameOffers(const DispersionSettings& settings, const StrategyState& state, int days)
{
    std::vector<StraddleOffer> offers;
    for (const BasketName& name : state.basket->names) {
        auto offer =
            straddleOffer(name.state, settings.nameAction(), days, nameTolerance, settings.floor, settings.priceRoom);
        if (!offer ||
            (settings.avoidsReports && reportsBy(name.state, name.state.chain->expirations[offer->expiration].date)))
            continue;
        offer->weight = name.weight;
        offers.push_back(*std::move(offer));
    }
    return offers;
}

tl::expected<DispersionEntry, NoEntry> findEntry(const DispersionSettings& settings, const base::Parameters& parameters,
                                                 const StrategyState& state)
{
    if (!state.basket || state.basket->names.size() < 2)
        return noEntry("no constituents of the underlying are known");
    const auto index = indexOffer(settings, state, settings.days, indexTolerance);
    if (!index)
        return tl::make_unexpected(index.error());
    const int days = daysToExpiry(state, index->expiration);
    if (days <= settings.exitDays)
        return noEntry("the nearest expiry is within exit_days already");
    std::vector<StraddleOffer> offers = nameOffers(settings, state, days);
    if (offers.size() < std::max<std::size_t>(2, settings.fewestNames))
        return noEntry("fewer than fewest_names constituents are liquid and without a report before the expiry");

    const DispersionSizing sizing{settings.side, settings.weighting, settings.names, settings.fewestNames,
                                  settings.most};
    const auto levelOf = [&](std::span<const StraddleOffer> names) {
        std::vector<const BasketName*> chosen;
        for (const BasketName& name : state.basket->names) {
            if (std::ranges::count(names, &name.state, &StraddleOffer::state) > 0)
                chosen.push_back(&name);
        }
        return correlationLevel(state, chosen, days);
    };
    if (settings.needsEdge) { // before it is known how many fit: of all that may be traded
        const CorrelationLevel level = levelOf(offers);
        if (auto why = reasonByCorrelation(settings, level, costOf(settings, parameters, *index, offers)))
            return tl::make_unexpected(*std::move(why));
    }
    auto plan = planFor(*index, std::move(offers), state.budget, sizing);
    if (!plan)
        return tl::make_unexpected(plan.error());
    const CorrelationLevel level = levelOf(plan->names);
    const double cost = costOf(settings, parameters, plan->index, plan->names);
    if (settings.needsEdge) {
        if (auto why = reasonByCorrelation(settings, level, cost))
            return tl::make_unexpected(*std::move(why));
    }
    DispersionEntry found{*std::move(plan), {}};
    found.title = fmt::format("of {} {} against {} names, {} days: implied correlation {} (proxy {}, percentile {}), "
                              "realised {}, costs {}, tracking error {}",
                              state.chain->underlying, settings.isShort() ? "sold" : "bought", found.plan.names.size(),
                              days, percentText(level.implied.exact), percentText(level.implied.proxy),
                              std::isfinite(level.percentile) ? fmt::format("{:.0f}", 100 * level.percentile)
                                                              : std::string("not known"),
                              percentText(level.realised), percentText(cost), percentText(level.trackingError));
    return found;
}

} // namespace vegadesk::strategies
