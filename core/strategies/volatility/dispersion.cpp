#include "strategies/volatility/dispersion.h"

#include "strategies/hedging.h"
#include "strategies/orders.h"
#include "strategies/volatility/dispersion_holding.h"
#include "strategies/volatility/hedged_size.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace vegadesk::strategies
{

namespace
{

using portfolio::Action;

constexpr int indexTolerance = 12;     ///< monthly and weekly expirations leave no larger hole around 30 days
constexpr int nameTolerance = 4;       ///< from the index' expiry: the same week
constexpr double leastVegaToAdd = 0.5; ///< of a straddle at the money: what has left its strike is not added to

std::vector<base::ParameterSpec> specs()
{
    using enum base::ParameterKind;
    std::vector<base::ParameterSpec> all{
        {.name = "side",
         .about = "Short correlation sells the index and buys the names; long is the reverse.",
         .kind = Choice,
         .choices = {"short", "long"}},
        {.name = "weighting",
         .about = "What is equal on both legs: vega, vega times volatility (theta), or vega over volatility (gamma).",
         .kind = Choice,
         .choices = {"vega", "theta", "gamma"}},
        {.name = "names",
         .unit = "names",
         .about = "Most constituents that are traded, the best by weight times open interest.",
         .kind = Integer,
         .minimum = 2,
         .maximum = 30,
         .fallback = 10},
        {.name = "fewest_names",
         .unit = "names",
         .about = "With fewer than this there is no trade.",
         .kind = Integer,
         .minimum = 2,
         .maximum = 30,
         .fallback = 5},
        {.name = "entry",
         .about = "Enter only where implied correlation is high (long: low) and pays for all costs, or always.",
         .kind = Choice,
         .choices = {"edge", "always"}},
        {.name = "percentile",
         .about = "Implied correlation must stand at least so high among its last 252 days (long: as low).",
         .minimum = 0,
         .maximum = 1,
         .fallback = 0.8},
        {.name = "edge",
         .unit = "correlation",
         .about = "Implied correlation must exceed the realised one (long: the reverse) by this after all costs.",
         .minimum = -1,
         .maximum = 1,
         .fallback = 0},
        {.name = "exit_percentile",
         .about = "Leave when implied correlation is back at this percentile (long: 1 less this); with entry edge.",
         .minimum = 0,
         .maximum = 1,
         .fallback = 0.5},
        {.name = "days_to_expiry",
         .unit = "days",
         .about = "Calendar days to expiry of the straddles.",
         .kind = Integer,
         .minimum = 14,
         .maximum = 180,
         .fallback = 35},
        {.name = "exit_days",
         .unit = "days",
         .about = "Leave at so many calendar days to the nearest expiry.",
         .kind = Integer,
         .minimum = 0,
         .maximum = 60,
         .fallback = 14},
        {.name = "exit_delta",
         .unit = "delta",
         .about = "Leave when the index' straddle has this much delta a share: it has little vega left to trade.",
         .minimum = 0.3,
         .maximum = 1,
         .fallback = 0.75},
        {.name = "loss_limit",
         .unit = "times budget",
         .about = "Leave when the trade has lost this part of what a trade may lose by the risk limits.",
         .minimum = 0.05,
         .maximum = 5,
         .fallback = 1},
        {.name = "earnings",
         .about = "Leave names out that report before the expiry, and close one on the eve of its report, or not.",
         .kind = Choice,
         .choices = {"avoid", "allow"}},
        {.name = "min_open_interest",
         .unit = "contracts",
         .about = "Open interest that both options of a straddle must have.",
         .minimum = 0,
         .maximum = 1e6,
         .fallback = 100},
        {.name = "max_spread",
         .unit = "fraction of mid",
         .about = "Widest bid to ask of a straddle.",
         .minimum = 0.001,
         .maximum = 1,
         .fallback = 0.08},
        {.name = "vega_drift",
         .unit = "fraction",
         .about = "Adjust the names when their vega is so far from what belongs to the index'.",
         .minimum = 0.01,
         .maximum = 1,
         .fallback = 0.1},
        {.name = "leg_minutes",
         .unit = "minutes",
         .about = "How long a missing leg may be completed before everything is unwound.",
         .minimum = 0,
         .maximum = 390,
         .fallback = 15},
        {.name = "max_contracts",
         .unit = "straddles",
         .about = "Never more straddles of the index than this.",
         .kind = Integer,
         .minimum = 1,
         .maximum = 1000,
         .fallback = 100},
    };
    append(all, hedgeSpecs());
    all.push_back(priceRoomSpec());
    return all;
}

class Dispersion final : public Strategy
{
public:
    explicit Dispersion(base::Parameters parameters) : m_parameters(std::move(parameters)) {}

    std::string_view name() const override { return "dispersion"; }
    const base::Parameters& parameters() const override { return m_parameters; }
    /// The index' leg; its risk is the whole trade's, per straddle of the index.
    Candidates candidates(const StrategyState& state) const override;
    risk::Size size(const StrategyState& state, const Candidate& candidate) const override;
    EntryDecision entry(const StrategyState& state) const override;
    std::vector<Proposal> exit(const StrategyState& state) const override;
    std::vector<Proposal> hedge(const StrategyState& state) const override;
    std::string warning(const StrategyState& state) const override;
    std::vector<AttributionLine> attribution(const AttributionPeriod& period) const override;

private:
    struct Found {
        DispersionPlan plan;
        std::string title;
    };
    CorrelationSide side() const
    {
        return m_parameters.choice("side") == "short" ? CorrelationSide::Short : CorrelationSide::Long;
    }
    DispersionWeighting weighting() const
    {
        const std::string& word = m_parameters.choice("weighting");
        return word == "vega"    ? DispersionWeighting::Vega
               : word == "theta" ? DispersionWeighting::Theta
                                 : DispersionWeighting::Gamma;
    }
    bool needsEdge() const { return m_parameters.choice("entry") == "edge"; }
    bool avoidsReports() const { return m_parameters.choice("earnings") == "avoid"; }
    std::size_t fewestNames() const { return static_cast<std::size_t>(m_parameters.integer("fewest_names")); }
    LiquidityFloor floor() const { return {m_parameters["min_open_interest"], m_parameters["max_spread"]}; }

    tl::expected<StraddleOffer, NoEntry> indexOffer(const StrategyState& state, int days, int tolerance) const;
    std::vector<StraddleOffer> nameOffers(const StrategyState& state, int days) const;
    double costOf(const StraddleOffer& index, std::span<const StraddleOffer> names) const;
    std::optional<NoEntry> reasonByCorrelation(const CorrelationLevel& level, double cost) const;
    tl::expected<Found, NoEntry> find(const StrategyState& state) const;

    bool mayComplete(const StrategyState& state) const
    {
        return base::seconds(state.now - state.trade.openedAt) <= 60 * m_parameters["leg_minutes"];
    }
    std::vector<Proposal> unwindAll(const StrategyState& state, const std::string& reason) const;
    std::vector<Proposal> unwindReporting(const StrategyState& state, const DispersionHolding& holding) const;
    std::string reasonToLeave(const StrategyState& state, const DispersionHolding& holding) const;
    std::vector<Proposal> completed(const StrategyState& state, const DispersionHolding& holding) const;
    std::vector<Proposal> balanced(const StrategyState& state, const DispersionHolding& holding) const;

    base::Parameters m_parameters;
};

tl::expected<StraddleOffer, NoEntry> Dispersion::indexOffer(const StrategyState& state, int days, int tolerance) const
{
    const Action action = side() == CorrelationSide::Short ? Action::SellToOpen : Action::BuyToOpen;
    auto offer = straddleOffer(state, action, days, tolerance, floor(), m_parameters["price_room"]);
    if (!offer)
        return noEntry("no straddle of the index is quoted and liquid at about days_to_expiry");
    return *std::move(offer);
}

/// Of the names that may be traded; `days` to the index' expiry.
std::vector<StraddleOffer> Dispersion::nameOffers(const StrategyState& state, int days) const
{
    const Action action = side() == CorrelationSide::Short ? Action::BuyToOpen : Action::SellToOpen;
    std::vector<StraddleOffer> offers;
    for (const BasketName& name : state.basket->names) {
        auto offer = straddleOffer(name.state, action, days, nameTolerance, floor(), m_parameters["price_room"]);
        if (!offer || (avoidsReports() && reportsBy(name.state, name.state.chain->expirations[offer->expiration].date)))
            continue;
        offer->weight = name.weight;
        offers.push_back(*std::move(offer));
    }
    return offers;
}

/// All spreads, in and out, and the hedges of all names: as the points of correlation that would pay for them.
double Dispersion::costOf(const StraddleOffer& index, std::span<const StraddleOffer> names) const
{
    std::vector<BasketMember> members;
    double weights = 0, sum = 0;
    for (const StraddleOffer& name : names) {
        members.push_back({name.weight, name.volatility});
        weights += name.weight;
        sum += name.weight * name.volatility;
    }
    const double ratio = memberVega(weighting(), index.volatility, sum / weights);
    // In volatility of the index: dollars over dollars of its vega.
    double cost = index.spread / index.vega;
    if (index.state->underlyingType != market::InstrumentType::Index)
        cost += hedgeCostOf(*index.state, m_parameters, index.expiration, index.gamma);
    for (const StraddleOffer& name : names)
        cost += ratio * name.weight / weights *
                (name.spread / name.vega + hedgeCostOf(*name.state, m_parameters, name.expiration, name.gamma));
    return cost / volatilityPerCorrelation(index.volatility, members);
}

std::optional<NoEntry> Dispersion::reasonByCorrelation(const CorrelationLevel& level, double cost) const
{
    const bool isShort = side() == CorrelationSide::Short;
    if (std::isnan(level.percentile))
        return NoEntry{"implied correlation is not known for enough of the last year's days"};
    const double wanted = m_parameters["percentile"];
    if (isShort ? level.percentile < wanted : level.percentile > 1 - wanted)
        return NoEntry{fmt::format("implied correlation is {} its percentile {:g}", isShort ? "below" : "above",
                                   isShort ? wanted : 1 - wanted)};
    const double difference = (isShort ? 1 : -1) * (level.impliedTenor - level.realised) - cost;
    if (!(difference > m_parameters["edge"]))
        return NoEntry{std::isnan(difference)
                           ? std::string("realised correlation or what the trade costs is not known")
                           : fmt::format("implied correlation is not {:g} {} the realised one after costs",
                                         m_parameters["edge"], isShort ? "above" : "below")};
    return {};
}

tl::expected<Dispersion::Found, NoEntry> Dispersion::find(const StrategyState& state) const
{
    if (!state.basket || state.basket->names.size() < 2)
        return noEntry("no constituents of the underlying are known");
    const auto index = indexOffer(state, static_cast<int>(m_parameters.integer("days_to_expiry")), indexTolerance);
    if (!index)
        return tl::make_unexpected(index.error());
    const int days = daysToExpiry(state, index->expiration);
    if (days <= m_parameters.integer("exit_days"))
        return noEntry("the nearest expiry is within exit_days already");
    std::vector<StraddleOffer> offers = nameOffers(state, days);
    if (offers.size() < std::max<std::size_t>(2, fewestNames()))
        return noEntry("fewer than fewest_names constituents are liquid and without a report before the expiry");

    const auto wanted = static_cast<std::size_t>(m_parameters.integer("names"));
    DispersionSizing sizing{side(), weighting(), wanted, fewestNames(), m_parameters.integer("max_contracts")};
    const auto levelOf = [&](std::span<const StraddleOffer> names) {
        std::vector<const BasketName*> chosen;
        for (const BasketName& name : state.basket->names) {
            if (std::ranges::count(names, &name.state, &StraddleOffer::state) > 0)
                chosen.push_back(&name);
        }
        return correlationLevel(state, chosen, days);
    };
    if (needsEdge()) { // before it is known how many fit: of all that may be traded
        const CorrelationLevel level = levelOf(offers);
        if (auto why = reasonByCorrelation(level, costOf(*index, offers)))
            return tl::make_unexpected(*std::move(why));
    }
    auto plan = planFor(*index, std::move(offers), state.budget, sizing);
    if (!plan)
        return tl::make_unexpected(plan.error());
    const CorrelationLevel level = levelOf(plan->names);
    const double cost = costOf(plan->index, plan->names);
    if (needsEdge()) {
        if (auto why = reasonByCorrelation(level, cost))
            return tl::make_unexpected(*std::move(why));
    }
    const bool isShort = side() == CorrelationSide::Short;
    Found found{*std::move(plan), {}};
    found.title = fmt::format(
        "straddles of {} {} against {} names, {} days: implied correlation {:.1f} % (proxy {:.1f} %, percentile "
        "{:.0f}), realised {:.1f} %, costs {:.1f} %, tracking error {:.1f} %",
        state.chain->underlying, isShort ? "sold" : "bought", found.plan.names.size(), days, 100 * level.implied.exact,
        100 * level.implied.proxy, 100 * level.percentile, 100 * level.realised, 100 * cost, 100 * level.trackingError);
    return found;
}

Candidates Dispersion::candidates(const StrategyState& state) const
{
    auto found = find(state);
    if (!found)
        return tl::make_unexpected(found.error());
    StraddleOffer& index = found->plan.index;
    const auto count = index.straddles;
    Candidate candidate;
    candidate.unit = "straddle of the index with its names";
    candidate.title = found->title;
    candidate.each = index.risk;
    candidate.each.stressLoss = found->plan.stressLoss / static_cast<double>(count);
    candidate.quotedUnits = static_cast<double>(count);
    candidate.most = count;
    candidate.priceRoom = m_parameters["price_room"];
    index.straddles = 1;
    candidate.legs = index.legs(side() == CorrelationSide::Short ? Action::SellToOpen : Action::BuyToOpen);
    return std::vector{std::move(candidate)};
}

/// The plan was made of whole straddles within every budget.
risk::Size Dispersion::size(const StrategyState&, const Candidate& candidate) const
{
    return {candidate.most, risk::SizeBound::Most};
}

EntryDecision Dispersion::entry(const StrategyState& state) const
{
    const auto found = find(state);
    if (!found)
        return tl::make_unexpected(found.error());
    const bool isShort = side() == CorrelationSide::Short;
    const std::string reason = fmt::format("{} {}", found->plan.index.straddles, found->title);
    std::vector<Proposal> proposals;
    const auto add = [&](const StraddleOffer& offer, Action action) {
        auto intent = marketable(*offer.state, offer.legs(action), m_parameters["price_room"]);
        if (intent)
            proposals.push_back({ProposalKind::Entry, *std::move(intent), reason});
        return intent.has_value();
    };
    // What is bought goes first: should the rest not follow, its loss is bounded.
    bool isWhole = isShort || add(found->plan.index, Action::BuyToOpen);
    for (const StraddleOffer& name : found->plan.names)
        isWhole = isWhole && add(name, isShort ? Action::BuyToOpen : Action::SellToOpen);
    isWhole = isWhole && (!isShort || add(found->plan.index, Action::SellToOpen));
    if (!isWhole)
        return noEntry("a leg has no price it could be traded at");
    return proposals;
}

/// What is sold goes before what covers it. Nothing where a leg cannot be priced now: half an exit is worse than a late one.
std::vector<Proposal> Dispersion::unwindAll(const StrategyState& state, const std::string& reason) const
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
        std::vector<Proposal> own = unwind(*each, m_parameters["price_room"], reason);
        if (own.empty() && isSold(each))
            return {};
        std::ranges::move(own, std::back_inserter(proposals));
    }
    return proposals;
}

std::vector<Proposal> Dispersion::unwindReporting(const StrategyState& state, const DispersionHolding& holding) const
{
    std::vector<Proposal> proposals;
    std::size_t left = holding.names.size();
    for (const HeldStraddles& name : holding.names) {
        if (!avoidsReports() || !reportsBeforeNextSession(*name.state))
            continue;
        --left;
        std::ranges::move(unwind(*name.state, m_parameters["price_room"],
                                 fmt::format("{} reports before the next session", name.state->chain->underlying)),
                          std::back_inserter(proposals));
    }
    if (!proposals.empty() && left < fewestNames())
        return unwindAll(state, "too few names are left without a report before the next session");
    return proposals;
}

std::string Dispersion::reasonToLeave(const StrategyState& state, const DispersionHolding& holding) const
{
    if (!holding.missing.empty())
        return mayComplete(state) ? std::string()
                                  : fmt::format("no dispersion trade: {}, unhedged notional {:.0f} dollars",
                                                holding.missing, holding.unhedgedNotional);
    if (const int days = holding.days(); days <= m_parameters.integer("exit_days"))
        return fmt::format("{} days to expiry", days);
    if (holding.index.optionDelta >= m_parameters["exit_delta"])
        return fmt::format("the delta of the straddles of {} is {:.2f} a share: little vega is left there",
                           state.chain->underlying, holding.index.optionDelta);
    const double budget = state.budget.multiplier * state.budget.maxLoss;
    if (state.trade.profit <= -m_parameters["loss_limit"] * budget)
        return fmt::format("lost {:.0f} dollars of the {:.0f} that a trade may", -state.trade.profit, budget);
    if (!needsEdge())
        return {};
    const CorrelationLevel level = correlationLevel(state, namesHeld(state), holding.index.days);
    const double wanted = m_parameters["exit_percentile"];
    const bool isShort = holding.side == CorrelationSide::Short;
    if (isShort ? level.percentile <= wanted : level.percentile >= 1 - wanted)
        return fmt::format("implied correlation is back at {:.1f} %, percentile {:.0f}", 100 * level.implied.exact,
                           100 * level.percentile);
    return {};
}

std::vector<Proposal> Dispersion::exit(const StrategyState& state) const
{
    if (!state.basket)
        return {};
    if (!holdsOptions(state) && namesHeld(state).empty())
        return unwindAll(state, "no options left to hedge");
    const auto holding = holdingOf(state, weighting(), side(), fewestNames());
    if (!holding)
        return {};
    if (const std::string reason = reasonToLeave(state, *holding); !reason.empty())
        return unwindAll(state, reason);
    if (auto reporting = unwindReporting(state, *holding); !reporting.empty())
        return reporting;
    std::vector<Proposal> leftovers; // shares of names whose straddles are gone
    for (const BasketName& name : state.basket->names) {
        if (!holdsOptions(name.state))
            std::ranges::move(unwind(name.state, m_parameters["price_room"], "no options left to hedge"),
                              std::back_inserter(leftovers));
    }
    // An index without shares is hedged through its members': those are no leftovers of theirs.
    return leftovers;
}

/// The index' straddles to the names' that stand alone; names to the index' where they are missing.
std::vector<Proposal> Dispersion::completed(const StrategyState& state, const DispersionHolding& holding) const
{
    const bool isShort = holding.side == CorrelationSide::Short;
    std::vector<StraddleOffer> offers;
    const std::string reason = fmt::format("no dispersion trade yet: {}, unhedged notional {:.0f} dollars",
                                           holding.missing, holding.unhedgedNotional);
    std::vector<Proposal> proposals;
    const auto add = [&](const StraddleOffer& offer, Action action) {
        if (auto intent = marketable(*offer.state, offer.legs(action), m_parameters["price_room"]))
            proposals.push_back({ProposalKind::Adjust, *std::move(intent), reason});
    };
    double weights = 0, sum = 0;
    for (const HeldStraddles& name : holding.names) {
        weights += name.weight;
        sum += name.weight * name.volatility;
    }
    if (holding.index.vega == 0) {
        auto index = indexOffer(state, holding.days(), nameTolerance);
        if (!index)
            return {};
        const double each = index->vega * memberVega(weighting(), index->volatility, sum / weights);
        index->straddles = std::min(static_cast<std::int64_t>(holding.namesVega / each), index->most.contracts);
        if (index->straddles > 0)
            add(*index, isShort ? Action::SellToOpen : Action::BuyToOpen);
        return proposals;
    }
    offers = nameOffers(state, holding.index.days);
    std::erase_if(offers, [](const StraddleOffer& offer) { return holdsOptions(*offer.state); });
    const auto wanted = static_cast<std::size_t>(m_parameters.integer("names"));
    offers.resize(std::min(offers.size(), wanted > holding.names.size() ? wanted - holding.names.size() : 0));
    for (const StraddleOffer& offer : offers) {
        weights += offer.weight;
        sum += offer.weight * offer.volatility;
    }
    const double vega = std::abs(holding.index.vega) * memberVega(weighting(), holding.index.volatility, sum / weights);
    for (StraddleOffer& offer : offers) {
        offer.straddles =
            std::min(static_cast<std::int64_t>(vega * offer.weight / weights / offer.vega), offer.most.contracts);
        if (offer.straddles > 0)
            add(offer, isShort ? Action::BuyToOpen : Action::SellToOpen);
    }
    return proposals;
}

/// Names to their parts of what belongs to the index, in whole straddles of those that are held.
std::vector<Proposal> Dispersion::balanced(const StrategyState& state, const DispersionHolding& holding) const
{
    if (std::abs(holding.drift()) <= m_parameters["vega_drift"])
        return {};
    double weights = 0;
    for (const HeldStraddles& name : holding.names)
        weights += name.weight;
    std::vector<Proposal> proposals;
    for (const HeldStraddles& name : holding.names) {
        const double each = name.vega / static_cast<double>(name.straddles);
        if (!(each > 0))
            continue;
        const double wanted = holding.wantedVega * name.weight / weights / each;
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
        if (auto intent = marketable(*name.state, std::move(legs), m_parameters["price_room"]))
            proposals.push_back({ProposalKind::Adjust, *std::move(intent),
                                 fmt::format("the names' vega is {:+.0f} % off what belongs to {}",
                                             100 * holding.drift(), state.chain->underlying)});
    }
    return proposals;
}

std::vector<Proposal> Dispersion::hedge(const StrategyState& state) const
{
    const auto holding = state.basket ? holdingOf(state, weighting(), side(), fewestNames()) : std::nullopt;
    if (!holding)
        return {};
    std::vector<Proposal> proposals = !holding->missing.empty()
                                          ? (mayComplete(state) ? completed(state, *holding) : std::vector<Proposal>{})
                                          : balanced(state, *holding);
    if (!proposals.empty())
        return proposals; // the delta is that of what is held then
    const bool hasShares = state.underlyingType != market::InstrumentType::Index;
    if (hasShares)
        proposals = hedgeOf(state, m_parameters, {});
    double weights = 0;
    for (const HeldStraddles& name : holding->names)
        weights += name.weight;
    for (const HeldStraddles& name : holding->names) {
        HedgeAim aim;
        if (!hasShares)
            aim.targetShares =
                -holding->index.delta * state.analytics->spot * name.weight / weights / name.state->analytics->spot;
        std::ranges::move(hedgeOf(*name.state, m_parameters, aim), std::back_inserter(proposals));
    }
    return proposals;
}

std::string Dispersion::warning(const StrategyState& state) const
{
    const auto holding = state.basket ? holdingOf(state, weighting(), side(), fewestNames()) : std::nullopt;
    if (!holding || holding->missing.empty())
        return {};
    return fmt::format("no dispersion trade: {}, unhedged notional {:.0f} dollars", holding->missing,
                       holding->unhedgedNotional);
}

std::vector<AttributionLine> Dispersion::attribution(const AttributionPeriod& period) const
{
    using base::translatable;
    using enum portfolio::ProfitSource;
    const portfolio::ProfitParts &options = period.options, &shares = period.shares;
    base::Decimal hedges = options[Delta] + shares.total() - shares[Fees] - shares[Unexplained] - shares[Settlements];
    return {
        {"gamma_theta",
         {translatable("Core", "Moves against time decay (gamma and theta)")},
         options[Gamma] + options[Theta] + options[Rho]},
        {"vega_level", {translatable("Core", "Level of volatilities")}, options[Vega] - period.correlation},
        {"correlation", {translatable("Core", "Implied correlation")}, period.correlation},
        {"volga_cross",
         {translatable("Core", "Volatility together with moves (vanna, volga)")},
         options[Vanna] + options[Volga]},
        {"hedges", {translatable("Core", "Delta and its hedges with shares")}, hedges},
        {"trading", {translatable("Core", "Given away to the market in trades")}, options[Trades]},
        {"settlement",
         {translatable("Core", "Expiry, assignment and dividends")},
         options[Settlements] + shares[Settlements]},
        {"fees", {translatable("Core", "Fees")}, options[Fees] + shares[Fees]},
        {"unexplained", {translatable("Core", "Unexplained")}, options[Unexplained] + shares[Unexplained]},
    };
}

} // namespace

StrategyInfo dispersion()
{
    return {.name = "dispersion",
            .title = "Dispersion",
            .about = "Sells straddles of an index against those of its members, each hedged with shares, earning the "
                     "difference between implied and realised correlation.",
            .parameters = specs(),
            .basketNames = 20,
            .usualCapital = 2'000'000,
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<Dispersion>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies
