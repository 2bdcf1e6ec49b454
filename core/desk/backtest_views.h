#pragma once

#include "base/parameters.h"
#include "base/quantity.h"
#include "base/time.h"
#include "desk/hedge_views.h"
#include "desk/risk_views.h"
#include "desk/signal_choice.h"
#include "desk/views.h"
#include "market/option_chain.h"
#include "risk/limits.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{
struct Report;
}

/// Backtests as they are asked for and shown. As in views.h, what is not known is NaN, money is in dollars and fractions are of 1.
namespace vegadesk::desk
{

struct StrategyOption {
    std::string name, title, about;
    std::vector<base::ParameterSpec> parameters;
    double usualCapital = 100'000; ///< dollars of a backtest: on less it trades next to nothing
    bool isBasket =
        false; ///< trades several underlyings at once: those of a basket, or in backtests of the generated market
};

struct BacktestRequest {
    std::string strategy; ///< registry name, or "rules:" and a file
    std::string underlying = "SPY";
    base::Date start{}, end{}; ///< both included; zero: all days that the folder has
    double capital = 100'000;
    risk::Tolerance tolerance = risk::Tolerance::Moderate;
    double slippage = 0.001;
    double spreadFraction = 1.0;
    double interestRate = 0; ///< per year, of days whose rate the data do not tell
    std::uint64_t seed = 1;
    std::vector<std::pair<std::string, double>> parameters;
    std::string dataFolder; ///< empty: the generated market
    SignalChoice signal;    ///< that entries wait for
};

struct BacktestMetric {
    std::string id;   ///< "sharpe"
    std::string unit; ///< "fraction", "usd", "ratio", "count", "days"
    double value = unknown;
};

/// From the 5th to the 95th percentile of draws of a run's own days; infinite where that many draws have no losses.
struct BacktestInterval {
    std::string id; ///< of the metric
    double low = unknown, high = unknown;
};

/// What a trade held of one instrument.
struct BacktestLeg {
    std::string symbol;
    std::optional<market::OptionTerms> option; ///< empty: shares
    base::Quantity quantity;                   ///< contracts or shares, signed
    int multiplier = 1;
    double price = unknown; ///< per share, what it was opened at on average
};

/// A trade as it stood at one moment.
struct BacktestBook {
    base::Instant at{};
    std::vector<BacktestLeg> legs; ///< options by expiry and strike, then shares
    double cost = 0;               ///< dollars paid until then, fees included, less what came in
};

struct BacktestTrade {
    base::Instant opened{}, closed{};
    std::string title;
    double profit = unknown, fees = unknown;
    int orders = 0;
    std::string exitReason;
    std::string group{};          ///< names it in ledgers and attribution
    bool isOpen = false;          ///< at the end of the run
    BacktestBook entry{}, exit{}; ///< after the first fills, and before the last ones or, while it is open, at the end
};

/// A run as it is compared with others: one of this session, or one that the trials keep.
struct BacktestTrial {
    std::string content; ///< the same for runs that must come out the same
    base::Instant at{};  ///< when it first ran
    std::string strategy, underlying, data, first, last;
    std::vector<std::pair<std::string, std::string>> settings; ///< by name, ascending; those above are among them
    std::vector<BacktestMetric> metrics;
};

struct BacktestReport {
    std::uint64_t id = 0;
    BacktestRequest request;
    bool isCancelled = false;
    std::string failure; ///< empty: it ran
    std::vector<base::Instant> times;
    std::vector<double> equity, drawdown; ///< dollars, fraction (negative)
    std::vector<BacktestMetric> metrics;
    std::vector<BacktestInterval> intervals;
    std::size_t draws = 0; ///< that the intervals are of
    std::vector<BacktestTrade> trades;
    std::vector<AttributionRow> attribution; ///< the whole run, each trade, and what is of none; empty: nothing ran
    int unknownMarks = 0; ///< positions whose profit is wholly or in part unexplained for want of a mark
    std::vector<HedgeLedgerView> ledgers;         ///< of trades that were hedged
    std::vector<std::string> honesty;             ///< sentences on fills, slippage and flagged quotes
    BacktestTrial trial;                          ///< its settings and hash
    std::shared_ptr<const backtest::Report> full; ///< to be saved; null: it did not run
    double seconds = unknown;
};

enum class TradeMoment : std::uint8_t { Entry, Exit };

/// A trade's chain and payoff as they were.
struct TradePicture {
    struct Leg {
        BacktestLeg held;
        double bid = unknown, ask = unknown, iv = unknown, delta = unknown; ///< delta per share of the contract
    };
    struct Expiry {
        ExpirationTab tab;
        std::vector<ChainRow> rows; ///< strikes around the trade's; `position` says what it held
    };
    std::string failure; ///< empty: it is there
    std::string underlying;
    base::Instant at{}; ///< of the quotes: the last ones no later than the moment
    std::vector<Leg> legs;
    std::vector<Expiry> expiries; ///< those of the legs
    bool isSeveral = false;       ///< underlyings: there is no one price to draw a payoff over
    TicketView payoff; ///< for the plot: spots and curves, after the fees so far; no curves where a figure is not known
};

/// Runs that are kept, newest first.
struct TrialsView {
    std::vector<BacktestTrial> trials;
    std::string failure; ///< empty: they could be read
};

/// A rules file as a strategy.
struct OpenedRules {
    StrategyOption option;
    std::string failure; ///< the file's own error; empty: it is in order
};

enum class ReportFormat : std::uint8_t { Page /**< HTML */, Json, Trades /**< CSV */ };

} // namespace vegadesk::desk
