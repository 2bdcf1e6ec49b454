#pragma once

#include "base/parameters.h"
#include "base/time.h"
#include "market/option_chain.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"
#include "pricing/chain_analytics.h"

#include <tl/expected.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::strategies
{

/// The open trade of a strategy in one underlying: all it did since it last held nothing.
struct TradeState {
    base::Instant openedAt{}; ///< first fill
    double entryCash = 0;     ///< cash the entry order moved so far, signed: positive was received
    double profit = 0;        ///< realised and open at the mids, after fees; NaN while a mark is not known
};

/// What a strategy may know: nothing after `now`. The same in a backtest, on the venue and live.
struct StrategyState {
    base::Instant now{};
    const market::OptionChain* chain = nullptr;                             ///< never null while a strategy runs
    const pricing::ChainAnalytics* analytics = nullptr;                     ///< of that chain, same layout
    market::InstrumentType underlyingType = market::InstrumentType::Equity; ///< an index cannot be traded as a hedge
    std::span<const double> dailyCloses;            ///< of the underlying, oldest first, completed days only
    std::span<const portfolio::Position> positions; ///< of this strategy's group in this underlying
    TradeState trade;                               ///< of those positions
    double netLiquidation = 0;                      ///< > 0
    double riskBudget = 0;                          ///< most cash one new trade may lose
};

enum class ProposalKind : std::uint8_t { Entry, Hedge, Exit };

/// An order a strategy wants, and why, in words a trader reads.
struct Proposal {
    ProposalKind kind = ProposalKind::Entry;
    portfolio::OrderIntent intent;
    std::string reason;
};

/// Why a strategy stays out, in words that are the same whenever the reason is: a run counts them, so they hold no figure
/// of the moment.
struct NoEntry {
    std::string reason;
};
inline tl::unexpected<NoEntry> noEntry(std::string reason)
{
    return tl::make_unexpected(NoEntry{std::move(reason)});
}
using EntryDecision = tl::expected<std::vector<Proposal>, NoEntry>;

/// Pure functions of state: the same state gives the same proposals, in a backtest, on the venue and live.
class Strategy
{
public:
    virtual ~Strategy() = default;
    virtual std::string_view name() const = 0;
    virtual const base::Parameters& parameters() const = 0;

    /// Asked only when the strategy holds nothing in this underlying. At least one proposal, or the first thing that speaks
    /// against it.
    virtual EntryDecision entry(const StrategyState& state) const = 0;
    /// Asked while it holds something. Exits first: when exit() answers, hedge() is not asked.
    virtual std::vector<Proposal> exit(const StrategyState& state) const = 0;
    virtual std::vector<Proposal> hedge(const StrategyState& state) const = 0;
};

struct StrategyInfo {
    std::string name{};  ///< "iron_condor"
    std::string title{}; ///< "Iron condor"
    std::string about{}; ///< one sentence
    std::vector<base::ParameterSpec> parameters{};
    bool hedgesWithUnderlying = false; ///< cannot run on an index, which has no shares
    std::function<std::unique_ptr<Strategy>(base::Parameters)> make{};
};

/// Every strategy by name, in the order users see them.
std::span<const StrategyInfo> registry();
base::Result<const StrategyInfo*> find(std::string_view name);

} // namespace vegadesk::strategies
