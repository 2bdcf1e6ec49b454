#pragma once

#include "learning/doors/signal_library.h"

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// What a signal says of one session after the other.
struct SignalSeries {
    SignalInfo info;
    std::vector<Prediction> predictions; ///< ascending by session; that of each by days until the session before
    std::string source;                  ///< of the days

    /// Null where it says nothing of that session: the day before is not among its days.
    const Prediction* of(base::Date session) const;
};

/// Follows `days`, ascending. Tens of milliseconds a year.
/// Errors  those of SignalStream::add(), and Cancelled.
base::Result<SignalSeries> followed(const Signal& signal, std::span<const HistoryDay> days,
                                    const std::stop_token& stop = {});

/// What may be decided by in a session: a probability, or why there is none.
struct SignalReading {
    double probability = market::unknown;
    std::string gap; ///< in words that stay the same as long as the reason does; empty: there is a probability
};
/// A probability in sample is none, nor is that of a demonstration `isLive`, where money is real.
SignalReading readingOf(const SignalSeries& series, base::Date session, bool isLive);

inline constexpr std::string_view signalEnding = ".signal";
/// The file of a signal that is named or given as a path: a name, which has neither slash nor ending, is one of `folder`'s.
std::string signalFile(std::string_view folder, std::string_view nameOrPath);

} // namespace vegadesk::learning::market_signals
