#pragma once

#include "base/parameters.h"
#include "base/sentence.h"
#include "base/time.h"
#include "market/option_chain.h"
#include "portfolio/order_intent.h"
#include "portfolio/position.h"
#include "portfolio/profit_parts.h"
#include "pricing/chain_analytics.h"
#include "risk/sizing.h"

#include <tl/expected.hpp>

#include <functional>
#include <limits>
#include <map>
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
    std::optional<base::Instant> lastHedgeAt; ///< last fill of a hedge
};

/// Values that others work out, by name; what is not in it is not known.
using Signals = std::map<std::string, double, std::less<>>;
/// Why one is not in it, by name, in words that stay the same as long as the reason does.
using SignalGaps = std::map<std::string, std::string, std::less<>>;

struct Basket;

/// What a strategy may know: nothing after `now`. The same in a backtest, on the venue and live.
struct StrategyState {
    base::Instant now{};
    const market::OptionChain* chain = nullptr;                             ///< never null while a strategy runs
    const pricing::ChainAnalytics* analytics = nullptr;                     ///< of that chain, same layout
    market::InstrumentType underlyingType = market::InstrumentType::Equity; ///< an index cannot be traded as a hedge
    std::span<const double> dailyCloses; ///< of the underlying, oldest first, completed days only
    /// Volatility at the money of 30 days, per year, at the end of each completed day, oldest first; NaN where it is not known.
    /// It may reach less far back than the closes.
    std::span<const double> dailyVolatilities;
    std::optional<base::Date> exDividend;           ///< the next one, where announced
    double dividend = market::unknown;              ///< of that date, cash a share
    std::optional<base::Date> earnings;             ///< the next report, where known
    std::optional<base::Instant> sessionClose;      ///< of today's session; empty on a day without one
    const Signals* signals = nullptr;               ///< null: none
    const SignalGaps* signalGaps = nullptr;         ///< likewise
    std::span<const portfolio::Position> positions; ///< of this strategy's group in this underlying
    TradeState trade;                               ///< of those positions
    bool isHedgeWorking = false;                    ///< an order in the underlying's shares is at work, whoever sent it
    double netLiquidation = 0;                      ///< > 0
    /// Of one new trade, in cash, and of contracts what the limits let one leg have: what is quoted bounds it further.
    risk::RiskBudget budget;
    /// The limits' stop of a trade that took in a credit, as a multiple of it: no parameter waits for a larger loss.
    double creditStopLoss = std::numeric_limits<double>::infinity();
    const Basket* basket = nullptr; ///< what else the trade is in; null: nothing, it is in this underlying alone

    /// NaN where there is none of that name.
    double signal(std::string_view name) const;
    /// Empty where nobody says.
    std::string signalGap(std::string_view name) const;
};

/// One more underlying of a trade in several.
struct BasketName {
    double weight = 0; ///< in the index, > 0; those of a basket need not add up to 1
    /// Its own market, and what the trade holds there. `trade` is the whole trade's; it has no basket.
    StrategyState state;
};
/// The constituents whose markets are known now. A trade that holds something in another one is not asked.
struct Basket {
    std::vector<BasketName> names; ///< heaviest first
};

/// Adjust: what goes on changes (a leg is rolled, the next call is sold), by an order that opens something.
enum class ProposalKind : std::uint8_t { Entry, Hedge, Adjust, Exit };

/// An order a strategy wants, and why, in words a trader reads.
struct Proposal {
    ProposalKind kind = ProposalKind::Entry;
    portfolio::OrderIntent intent;
    std::string reason;
    double bandShares = market::unknown; ///< of a hedge: half-width of the band that asked for it; 0 by the clock
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

/// Something that could be opened now.
struct Candidate {
    std::vector<portfolio::OrderLeg> legs; ///< of one unit
    std::string unit;                      ///< what one is called where it is spoken of: "spread"
    std::string singular, plural;          ///< how one and several are counted: "bull put spread", "bull put spreads"
    std::string title;                     ///< what follows them: "470/480/520/530, 44 days"
    risk::ContractRisk each;               ///< of one unit, opened at its limit price
    double quotedUnits = market::unknown;  ///< that the quotes to be taken show
    std::int64_t most = 1'000'000;         ///< units, whatever the budgets bear
    double priceRoom = 0;                  ///< as marketable() takes it
};
using Candidates = tl::expected<std::vector<Candidate>, NoEntry>;
/// "1 condor", "2 condors".
std::string counted(std::int64_t units, std::string_view singular, std::string_view plural);

/// What a trade made in some time, as portfolio::Attribution says.
struct AttributionPeriod {
    portfolio::ProfitParts options, shares;
    /// Of the options' vega, what implied correlation did to the volatility of an index: the rest is the level's. 0 without a basket.
    base::Decimal correlation{};
};
/// A part of that profit as its strategy sees it.
struct AttributionLine {
    std::string id;      ///< "decay"
    base::Sentence what; ///< "Time decay"
    base::Decimal amount;
};

/// Pure functions of state: the same state gives the same proposals, in a backtest, on the venue and live.
class Strategy
{
public:
    virtual ~Strategy() = default;
    virtual std::string_view name() const = 0;
    virtual const base::Parameters& parameters() const = 0;

    /// What could be opened, best first: at least one, or the first thing that speaks against it.
    virtual Candidates candidates(const StrategyState& state) const = 0;
    /// Units of a candidate that fit into every budget; none rather than one that does not fit.
    virtual risk::Size size(const StrategyState& state, const Candidate& candidate) const;
    /// Asked only when the strategy holds nothing in this underlying. At least one proposal, or what speaks against it. Of its
    /// own accord the first candidate of which a unit fits, at a marketable price.
    virtual EntryDecision entry(const StrategyState& state) const;
    /// Asked while it holds something. Exits first: when exit() answers, hedge() is not asked.
    virtual std::vector<Proposal> exit(const StrategyState& state) const = 0;
    /// Hedges and adjustments.
    virtual std::vector<Proposal> hedge(const StrategyState& state) const = 0;
    /// What a person must know of an open trade that is not what it is meant to be, a leg that stands alone; empty: it is.
    virtual std::string warning(const StrategyState& /*state*/) const { return {}; }
    /// Lines that add up to the period's profit, to the cent. Of their own accord the sources by what they mean for options.
    virtual std::vector<AttributionLine> attribution(const AttributionPeriod& period) const;
};

struct StrategyInfo {
    std::string name{};  ///< "iron_condor"
    std::string title{}; ///< "Iron condor"
    std::string about{}; ///< one sentence
    std::vector<base::ParameterSpec> parameters{};
    bool hedgesWithUnderlying = false;  ///< cannot run on an index, which has no shares
    std::size_t basketNames = 0;        ///< heaviest constituents that it looks at too; 0: its underlying alone
    double usualCapital = 100'000;      ///< dollars of a backtest, unless told: less trades next to nothing
    std::vector<std::string> signals{}; ///< names of those that its rules of entry ask for
    std::string content{}; ///< digest of the rules file that it was read from, whatever its spaces; empty: built in
    std::function<std::unique_ptr<Strategy>(base::Parameters)> make{};
};

/// Every strategy by name, in the order users see them.
std::span<const StrategyInfo> registry();
/// Of the registry, or of a rules file ("rules:condor.json"), which is read anew each time.
/// Errors: an unknown name, with the known ones; a file that is not in order, see rules/rules_file.h.
base::Result<std::shared_ptr<const StrategyInfo>> find(std::string_view name);

} // namespace vegadesk::strategies
