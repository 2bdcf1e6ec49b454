#pragma once

#include "backtest/engine.h"
#include "learning/doors/signal_library.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::backtest
{

/// What the models of a run are read from and followed by.
struct SignalSources {
    std::string folder; ///< of those that are given by name
    /// The days. Of the simulated market, a model that looks at what chains alone tell has the days of its chains.
    learning::market_signals::HistoryRequest history;
};

/// Days of the simulated market that a run from `from` to `to` is followed by: from five years before, since features take four.
learning::market_signals::HistoryRequest simulatedDays(std::string_view underlying, base::Date from, base::Date to,
                                                       std::uint64_t seed);

/// Days that a run is followed by: those of the folder's own chains, or of the simulated market's where there is none.
learning::market_signals::HistoryRequest daysOf(const Config& config, std::string_view chainsFolder,
                                                std::string_view underlying, std::uint64_t seed);

/// Reads the models that the strategy's filter and rules ask for, and what each says of every session. Loads nothing where none is asked for.
/// Errors  a filter's model that cannot be read, the plugin, the history's, Cancelled. Of a rules file's that is not there, the run says so.
base::Result<void> followSignals(Config& config, const SignalSources& sources, const std::stop_token& stop = {});

/// What may be decided by in a session.
learning::market_signals::SignalReading readingOf(const FollowedSignal& signal, base::Date session);
/// What tells one model from another.
std::string modelOf(const learning::market_signals::SignalSeries& series);

/// What is to be said of the models that entries from `first` to `last` waited for.
std::vector<std::string> signalSentences(const Config& config, base::Date first, base::Date last);
/// What is known of a filter alone.
std::string filterSentence(const strategies::SignalRule& filter);

} // namespace vegadesk::backtest
