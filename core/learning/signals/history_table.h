#pragma once

#include "base/error.h"
#include "base/time.h"
#include "history/chain_source.h"
#include "learning/doors/signal_types.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::learning::market_signals
{

/// What signals are learnt from.
struct HistoryTable {
    std::string source; ///< for reports: "sp500.csv.gz with vix.csv.gz", "simulated market, seed 7"
    bool isGenerated = false;
    std::vector<HistoryDay> days; ///< ascending by date

    /// Whether any day has it: a signal is learnt from what its data know.
    bool knows(double HistoryDay::* column) const;
};

/// Daily bars (columns date, close, and open, high, low where there are) and the closes of a volatility index in points (20 is
/// 20 %), from CSV files, plain or gzip. A day of the first without one of the second has no implied volatility.
/// Errors  name file, line and field: a date not after the last one, a price or volatility that is not positive, a range that
///         does not hold open and close.
base::Result<HistoryTable> readDailyFiles(const std::string& barsPath, const std::string& volatilityPath);

/// Daily bars of the simulated market with its implied volatility of 30 days; neither term structure nor skew.
/// Errors  an unknown underlying, dates outside the simulated years or in the wrong order.
base::Result<HistoryTable> generatedHistory(std::string_view underlying, base::Date from, base::Date to,
                                            std::uint64_t seed);

/// A day of each date's last chain: close (the source's, else the spot of that chain), volatilities of 30 and 91 days at the money and the
/// skew. Chains alone know a skew: an index of volatility does not.
/// Cost    milliseconds a chain. Errors: the source's, and Cancelled.
base::Result<HistoryTable> tableOfChains(history::ChainSource& source, const std::stop_token& stop = {});

/// Whether a day can follow `last` (null: it is the first). Errors name date, field, value and what is allowed.
base::Result<void> checkDay(const HistoryDay& day, const HistoryDay* last);

/// 16 hexadecimal digits of every number and date, and of the source's words: equal tables have equal ones on every machine.
std::string hashOf(const HistoryTable& table);

} // namespace vegadesk::learning::market_signals
