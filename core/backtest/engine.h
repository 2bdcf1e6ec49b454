#pragma once

#include "backtest/bootstrap.h"
#include "backtest/metrics.h"
#include "backtest/periods.h"
#include "backtest/run_attribution.h"
#include "backtest/simulated_broker.h"
#include "history/chain_source.h"
#include "learning/doors/signal_series.h"
#include "portfolio/hedge_ledger.h"
#include "risk/limits.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

/// A model that entries wait for, and what it says of each session.
struct FollowedSignal {
    std::string name;                                                       ///< as strategies ask for it
    std::shared_ptr<const learning::market_signals::SignalSeries> series{}; ///< null: there is none
    std::string gap{};                                                      ///< why not
};

/// Everything that decides a run, apart from the data.
struct Config {
    std::string strategy; ///< registry name
    base::Parameters parameters;
    /// Of a rules file as it was read when the config was made, so that all runs of a sweep trade by the same; null: by name.
    std::shared_ptr<const strategies::StrategyInfo> rules{};
    std::optional<strategies::SignalRule> filter{}; ///< of entries
    std::vector<FollowedSignal>
        signals{};            ///< see followSignals(); one that is asked for and is not among them is not known
    double capital = 100'000; ///< dollars, > 0
    risk::Tolerance tolerance = risk::Tolerance::Moderate; ///< limits and the budget of a trade
    execution::FillSettings fills{.passive = execution::PassiveFills::Through, .slippage = 0.001};
    base::Nanos latency{0};
    Realism realism{};
    double riskFreeRate = 0;                ///< per year, taken off returns in Sharpe and Sortino
    double interestRate = 0;                ///< continuous, per year, of days whose rate the data do not tell
    bool withBootstrap = true;              ///< intervals of the figures; a sweep does without
    bool withSensitivity = true;            ///< the same run at 0, 50 and 100 % of the spread, on the same quotes
    std::optional<base::Date> from{}, to{}; ///< snapshots of other New York dates are passed over; both included
};
/// The strategy with its own fallbacks and capital, and everything else at its default. Errors: an unknown name.
base::Result<Config> configure(std::string_view strategy);
/// Its rules, or the registry's of that name. Errors: an unknown name.
base::Result<std::shared_ptr<const strategies::StrategyInfo>> strategyOf(const Config& config);
/// Names the first field outside its range.
base::Result<void> check(const Config& config);

/// One trade: a whole condor, or a straddle with all its hedges.
struct Trade {
    std::string group;
    std::string title;      ///< what was entered, in the strategy's words
    std::string exitReason; ///< empty while open
    base::Instant openedAt{}, closedAt{};
    bool isOpen = false; ///< at the end: its profit is at the last marks
    double profit = 0;   ///< cash, after fees
    double fees = 0;
    int orders = 0;
    double maxBuyingPower = 0; ///< cash, the most that the account's positions required in its life
};

/// Something that was decided, in words; their sequence is what two runs must share.
struct Decision {
    base::Instant at{};
    std::string kind; ///< "entry", "hedge", "adjust", "exit", "warning", "refused", "fill", "ended"
    std::string text;

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// How often the strategy looked at a picture, held nothing and stayed out, for one reason.
struct NoEntryCount {
    std::string reason;
    std::size_t times = 0;
};

/// The run at another share of the spread, or with other chances of resting orders.
struct SensitivityRow {
    double spreadFraction = 1;
    double passiveChance = 0;
    double netProfit = market::unknown;
    double sharpe = market::unknown;
    std::size_t trades = 0; ///< closed ones, as the figure of that name
};

/// Which contracts there were to choose from.
struct Universe {
    base::Date from{}, to{};          ///< of the lists: each day's chain is the one of that day
    std::size_t expirations = 0;      ///< that were listed at some time
    std::size_t endedExpirations = 0; ///< of these, those that expired before the end of the run: they are in it
};

/// A constituent that was replayed beside the underlying.
struct BasketEntry {
    std::string underlying;
    double weight = 0; ///< in the index, as the source has it

    friend bool operator==(const BasketEntry&, const BasketEntry&) = default;
};

/// How many runs a result was picked from.
struct TrialCount {
    std::size_t count = 1;                   ///< different ones, this one included
    double sharpeVariance = market::unknown; ///< of their daily Sharpe ratios; NaN below two
};

struct Report {
    explicit Report(Config run) : config(std::move(run)) {}

    Config config;
    std::string underlying, data;    ///< the source's own description
    std::string origin;              ///< ChainSource::origin()
    std::vector<BasketEntry> basket; ///< heaviest first; empty: the underlying alone
    std::string dataHash;            ///< of the quotes replayed, see DataHash
    bool isSimulated = false;
    bool isCancelled = false;   ///< everything below is then of the part that ran
    base::Date first{}, last{}; ///< of the snapshots replayed
    std::size_t snapshots = 0;
    std::uint64_t contractRows = 0; ///< quotes of option contracts replayed

    std::vector<EquityPoint> equity; ///< the start, then one a snapshot
    std::vector<double> drawdown;    ///< one a point, 0 or negative, fraction of the high
    std::vector<Trade> trades;
    std::vector<portfolio::HedgeLedger> hedgeLedgers; ///< one a trade of a strategy that hedges with shares
    std::vector<execution::Order> orders;
    std::vector<Decision> decisions;
    std::vector<NoEntryCount> noEntries; ///< most frequent first
    std::vector<Metric> metrics;
    TradingCosts costs;
    AccountFlows flows;
    double dividendsOfTrades = 0; ///< of the flows' dividends those that are in the profit of trades: cash, signed
    std::vector<PinnedExpiry> pins;
    base::Quantity assignedEarly = 0; ///< contracts
    std::uint64_t passiveDraws = 0;   ///< how often the chance of a resting order was drawn
    std::size_t marginCalls = 0, liquidations = 0;
    std::size_t reducedDays = 0; ///< on which the broker rejected so many orders in a row that only closes were taken
    bool hasDividends = false;   ///< the data name them, or a yield
    bool hasRates = false;       ///< the data tell interest rates
    bool hasReports = false;     ///< the data name the days on which the company reports
    Universe universe;
    std::string stopped; ///< why the run ended before the data did; empty: it did not
    QuoteTally quotes;
    std::vector<SensitivityRow> sensitivity;
    TrialCount trials; ///< one, unless judge() was told of more
    Bootstrap bootstrap;
    RunAttribution attribution;
    std::vector<RegimeProfit> regimes;
    std::vector<std::string> honesty; ///< sentences for every report: trials, costs, flags, assumptions
    std::string decisionHash;         ///< of all decisions; equal runs have equal hashes
    double seconds = 0;               ///< the run's own time: the one figure that differs between equal runs

    double metric(std::string_view id) const; ///< NaN when there is none of that name
};

/// FNV-1a, 64 bits, of all of them: 16 hexadecimal digits.
std::string hashOf(std::span<const Decision> decisions);

/// Told after every snapshot, on the engine's thread.
struct Progress {
    std::size_t done = 0, total = 0;
    base::Instant at{}; ///< of the snapshot
    double equity = 0;
};
using OnProgress = std::function<void(const Progress&)>;

/// Replays `source` from its start through the same loop that trades live. Stops within a snapshot of a stop request, with
/// what there is so far.
/// A source with constituents is replayed with all of them, at the moments of its own chains: one account, one loop, one trade.
/// Errors: a bad config; a source that cannot be read, lacks a needed settlement price, or gives chains of nothing; an
/// underlying the strategy cannot trade.
base::Result<Report> run(const Config& config, history::ChainSource& source, std::stop_token stop = {},
                         const OnProgress& progress = {});

} // namespace vegadesk::backtest
