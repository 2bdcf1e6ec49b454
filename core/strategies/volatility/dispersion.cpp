#include "strategies/volatility/dispersion.h"

#include "strategies/hedging.h"
#include "strategies/orders.h"
#include "strategies/volatility/dispersion_entry.h"
#include "strategies/volatility/dispersion_upkeep.h"
#include "strategies/volatility/hedged_size.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>

namespace vegadesk::strategies
{

namespace
{

class Dispersion final : public Strategy
{
public:
    explicit Dispersion(base::Parameters parameters)
        : m_parameters(std::move(parameters)), m_settings(dispersionSettings(m_parameters))
    {
    }

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
    /// Empty without a basket, or where a figure is not known.
    std::optional<DispersionHolding> holding(const StrategyState& state) const
    {
        if (!state.basket)
            return {};
        return holdingOf(state, m_settings.weighting, m_settings.fewestNames);
    }

    base::Parameters m_parameters;
    DispersionSettings m_settings;
};

Candidates Dispersion::candidates(const StrategyState& state) const
{
    auto found = findEntry(m_settings, m_parameters, state);
    if (!found)
        return tl::make_unexpected(found.error());
    StraddleOffer& index = found->plan.index;
    const auto count = index.straddles;
    Candidate candidate;
    candidate.unit = "straddle of the index with its names";
    candidate.singular = "straddle";
    candidate.plural = "straddles";
    candidate.title = found->title;
    candidate.each = index.risk;
    candidate.each.stressLoss = found->plan.stressLoss / static_cast<double>(count);
    candidate.quotedUnits = static_cast<double>(count);
    candidate.most = count;
    candidate.priceRoom = m_settings.priceRoom;
    index.straddles = 1;
    candidate.legs = index.legs(m_settings.indexAction());
    return std::vector{std::move(candidate)};
}

/// The plan was made of whole straddles within every budget.
risk::Size Dispersion::size(const StrategyState&, const Candidate& candidate) const
{
    return {candidate.most, risk::SizeBound::Most};
}

EntryDecision Dispersion::entry(const StrategyState& state) const
{
    const auto found = findEntry(m_settings, m_parameters, state);
    if (!found)
        return tl::make_unexpected(found.error());
    const std::string reason =
        fmt::format("{} {}", counted(found->plan.index.straddles, "straddle", "straddles"), found->title);
    std::vector<Proposal> proposals;
    const auto add = [&](const StraddleOffer& offer, portfolio::Action action) {
        auto intent = marketable(*offer.state, offer.legs(action), m_settings.priceRoom);
        if (intent)
            proposals.push_back({ProposalKind::Entry, *std::move(intent), reason});
        return intent.has_value();
    };
    // What is bought goes first: should the rest not follow, its loss is bounded.
    bool isWhole = m_settings.isShort() || add(found->plan.index, m_settings.indexAction());
    for (const StraddleOffer& name : found->plan.names)
        isWhole = isWhole && add(name, m_settings.nameAction());
    isWhole = isWhole && (!m_settings.isShort() || add(found->plan.index, m_settings.indexAction()));
    if (!isWhole)
        return noEntry("a leg has no price it could be traded at");
    return proposals;
}

std::vector<Proposal> Dispersion::exit(const StrategyState& state) const
{
    if (!state.basket)
        return {};
    if (!holdsOptions(state) && namesHeld(state).empty())
        return unwindAll(m_settings, state, "no options left to hedge");
    const auto held = holding(state);
    if (!held)
        return {};
    if (const std::string reason = reasonToLeave(m_settings, state, *held); !reason.empty())
        return unwindAll(m_settings, state, reason);
    if (auto reporting = unwindReporting(m_settings, state, *held); !reporting.empty())
        return reporting;
    std::vector<Proposal> leftovers; // shares of names whose straddles are gone
    for (const BasketName& name : state.basket->names) {
        if (!holdsOptions(name.state))
            std::ranges::move(unwind(name.state, m_settings.priceRoom, "no options left to hedge"),
                              std::back_inserter(leftovers));
    }
    // An index without shares is hedged through its members': those are no leftovers of theirs.
    return leftovers;
}

std::vector<Proposal> Dispersion::hedge(const StrategyState& state) const
{
    const auto held = holding(state);
    if (!held)
        return {};
    std::vector<Proposal> proposals =
        !held->missing.empty()
            ? (mayComplete(m_settings, state) ? completed(m_settings, state, *held) : std::vector<Proposal>{})
            : balanced(m_settings, state, *held);
    if (!proposals.empty())
        return proposals; // the delta is that of what is held then
    const bool hasShares = state.underlyingType != market::InstrumentType::Index;
    if (hasShares)
        proposals = hedgeOf(state, m_parameters, {});
    for (const HeldStraddles& name : held->names) {
        HedgeAim aim;
        if (!hasShares)
            aim.targetShares =
                -held->index.delta * state.analytics->spot * name.weight / held->weight / name.state->analytics->spot;
        std::ranges::move(hedgeOf(*name.state, m_parameters, aim), std::back_inserter(proposals));
    }
    return proposals;
}

std::string Dispersion::warning(const StrategyState& state) const
{
    const auto held = holding(state);
    return held ? held->warning() : std::string();
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
            .parameters = dispersionSpecs(),
            .basketNames = 20,
            .usualCapital = 2'000'000,
            .make = [](base::Parameters parameters) -> std::unique_ptr<Strategy> {
                return std::make_unique<Dispersion>(std::move(parameters));
            }};
}

} // namespace vegadesk::strategies
