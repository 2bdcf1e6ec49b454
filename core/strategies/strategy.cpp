#include "strategies/strategy.h"

#include "strategies/orders.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using base::translatable;
using portfolio::ProfitSource;

/// Why not a single unit fits.
std::string tooLarge(const Candidate& candidate, risk::SizeBound bound)
{
    switch (bound) {
    case risk::SizeBound::MaxLoss:
        return fmt::format("one {} could lose more than one trade may", candidate.unit);
    case risk::SizeBound::Stress:
        return fmt::format("one {} would lose more under stress than is left of the limits", candidate.unit);
    case risk::SizeBound::Margin:
        return fmt::format("one {} needs more margin than is left of the limits", candidate.unit);
    case risk::SizeBound::Liquidity:
        return fmt::format("less than one {} is quoted", candidate.unit);
    case risk::SizeBound::None:
    case risk::SizeBound::Unknown:
    case risk::SizeBound::Most:
        break;
    }
    return fmt::format("what one {} may cost is not known", candidate.unit);
}

base::Decimal sumOf(const portfolio::ProfitParts& parts, std::span<const ProfitSource> sources)
{
    base::Decimal sum;
    for (const ProfitSource source : sources)
        sum += parts[source];
    return sum;
}

} // namespace

double StrategyState::signal(std::string_view name) const
{
    if (!signals)
        return market::unknown;
    const auto found = signals->find(name);
    return found == signals->end() ? market::unknown : found->second;
}

std::string StrategyState::signalGap(std::string_view name) const
{
    if (!signalGaps)
        return {};
    const auto found = signalGaps->find(name);
    return found == signalGaps->end() ? std::string() : found->second;
}

std::string counted(std::int64_t units, std::string_view singular, std::string_view plural)
{
    return fmt::format("{} {}", units, units == 1 ? singular : plural);
}

risk::Size Strategy::size(const StrategyState& state, const Candidate& candidate) const
{
    risk::RiskBudget budget = state.budget;
    budget.contracts = std::min(budget.contracts, candidate.quotedUnits);
    return risk::contractsWithin(candidate.each, budget, candidate.most);
}

EntryDecision Strategy::entry(const StrategyState& state) const
{
    const Candidates found = candidates(state);
    if (!found)
        return tl::make_unexpected(found.error());
    std::string why;
    for (const Candidate& candidate : *found) {
        const risk::Size fits = size(state, candidate);
        if (fits.contracts < 1) {
            why = why.empty() ? tooLarge(candidate, fits.bound) : why;
            continue;
        }
        std::vector<portfolio::OrderLeg> legs = candidate.legs;
        for (portfolio::OrderLeg& leg : legs)
            leg.quantity = leg.quantity * fits.contracts;
        auto intent = marketable(state, std::move(legs), candidate.priceRoom);
        if (intent)
            return std::vector{Proposal{
                ProposalKind::Entry, std::move(*intent),
                fmt::format("{} {}", counted(fits.contracts, candidate.singular, candidate.plural), candidate.title)}};
        why = why.empty() ? fmt::format("a leg of the {} has no price it could be traded at", candidate.unit) : why;
    }
    return noEntry(why.empty() ? "nothing fits that could be opened" : std::move(why));
}

std::vector<AttributionLine> Strategy::attribution(const AttributionPeriod& period) const
{
    using enum ProfitSource;
    const portfolio::ProfitParts& options = period.options;
    portfolio::ProfitParts all = options;
    all += period.shares;
    const auto of = [](const portfolio::ProfitParts& parts, std::initializer_list<ProfitSource> sources) {
        return sumOf(parts, {sources.begin(), sources.size()});
    };
    return {
        {"direction", {translatable("Core", "Direction of the options (delta)")}, of(options, {Delta})},
        {"gamma", {translatable("Core", "Size of the moves (gamma)")}, of(options, {Gamma})},
        {"decay", {translatable("Core", "Time decay and rates")}, of(options, {Theta, Rho})},
        {"volatility", {translatable("Core", "Implied volatility")}, of(options, {Vega})},
        {"skew", {translatable("Core", "Volatility together with moves (vanna, volga)")}, of(options, {Vanna, Volga})},
        {"shares",
         {translatable("Core", "Shares held")},
         of(period.shares, {Delta, Gamma, Theta, Vega, Rho, Vanna, Volga})},
        {"trading", {translatable("Core", "Given away to the market in trades")}, of(all, {Trades})},
        {"settlement", {translatable("Core", "Expiry, assignment and dividends")}, of(all, {Settlements})},
        {"fees", {translatable("Core", "Fees")}, of(all, {Fees})},
        {"unexplained", {translatable("Core", "Unexplained")}, of(all, {Unexplained})},
    };
}

} // namespace vegadesk::strategies
