#pragma once

#include "backtest/metrics.h"
#include "backtest/simulated_broker.h"
#include "history/chain_source.h"
#include "risk/limits.h"
#include "strategies/strategy.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

/// Everything that decides a run, apart from the data.
struct Config {
    std::string strategy; ///< registry name
    base::Parameters parameters;
    double capital = 100'000;                              ///< dollars, > 0
    risk::Tolerance tolerance = risk::Tolerance::Moderate; ///< limits and the budget of a trade
    execution::FillSettings fills{.slippage = 0.001};
    base::Nanos latency{0};
    double riskFreeRate = 0;                ///< per year, taken off returns in Sharpe and Sortino
    bool withSensitivity = true;            ///< the same run at 0, 50 and 100 % of the spread, on the same quotes
    std::optional<base::Date> from{}, to{}; ///< snapshots of other New York dates are passed over; both included
};
/// The strategy with its own fallbacks and everything else at its default. Errors: an unknown name.
base::Result<Config> configure(std::string_view strategy);
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
};

/// Something that was decided, in words; their sequence is what two runs must share.
struct Decision {
    base::Instant at{};
    std::string kind; ///< "entry", "hedge", "exit", "refused", "fill", "ended"
    std::string text;

    friend bool operator==(const Decision&, const Decision&) = default;
};

/// How often the strategy looked at a picture, held nothing and stayed out, for one reason.
struct NoEntryCount {
    std::string reason;
    std::size_t times = 0;
};

/// The run at another share of the spread.
struct SensitivityRow {
    double spreadFraction = 1;
    double netProfit = market::unknown;
    double sharpe = market::unknown;
    std::size_t trades = 0;
};

struct Report {
    explicit Report(Config run) : config(std::move(run)) {}

    Config config;
    std::string underlying, data; ///< the source's own description
    bool isSimulated = false;
    bool isCancelled = false;   ///< everything below is then of the part that ran
    base::Date first{}, last{}; ///< of the snapshots replayed
    std::size_t snapshots = 0;
    std::uint64_t contractRows = 0; ///< quotes of option contracts replayed

    std::vector<EquityPoint> equity; ///< the start, then one a snapshot
    std::vector<double> drawdown;    ///< one a point, 0 or negative, fraction of the high
    std::vector<Trade> trades;
    std::vector<execution::Order> orders;
    std::vector<Decision> decisions;
    std::vector<NoEntryCount> noEntries; ///< most frequent first
    std::vector<Metric> metrics;
    TradingCosts costs;
    QuoteTally quotes;
    std::vector<SensitivityRow> sensitivity;
    std::vector<std::string> honesty; ///< sentences for every report: trials, costs, flags, assumptions
    std::string decisionHash;         ///< of all decisions; equal runs have equal hashes
    double seconds = 0;               ///< the run's own time: the one figure that differs between equal runs

    double metric(std::string_view id) const; ///< NaN when there is none of that name
};

/// Told after every snapshot, on the engine's thread.
struct Progress {
    std::size_t done = 0, total = 0;
    base::Instant at{}; ///< of the snapshot
    double equity = 0;
};
using OnProgress = std::function<void(const Progress&)>;

/// Replays `source` from its start through the same loop that trades live. Stops within a snapshot of a stop request, with
/// what there is so far.
/// Errors: a bad config; a source that cannot be read, lacks a needed settlement price, or gives chains of nothing; an
/// underlying the strategy cannot trade.
base::Result<Report> run(const Config& config, history::ChainSource& source, std::stop_token stop = {},
                         const OnProgress& progress = {});

} // namespace vegadesk::backtest
