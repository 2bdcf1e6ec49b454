#pragma once

#include "history_days.h"

#include "base/error.h"
#include "risk/regimes/regimes.h"

#include <string>
#include <vector>

namespace vegadesk::cli
{

/// What `regimes` found: the days that were asked for, as the filter judged them when they came.
struct RegimesReport {
    std::string source;
    bool hasImplied = false;
    std::vector<risk::MarketDay> market; ///< as long as days
    std::vector<risk::RegimeDay> days;
    HistoryDays history;                      ///< all that was learnt from
    std::size_t closes = 0, closesNeeded = 0; ///< until the last of the days, and before a first fit
    std::vector<risk::RegimeFit> fits;        ///< each that was in force on one of those days
};

/// Daily closes of a CSV with the columns date and close, and implied volatilities of such a file in points (20 is 20 %) where
/// `volatilityPath` is not empty; days that the second file lacks have none. Errors name file, line and column.
base::Result<std::vector<risk::MarketDay>> readMarketDays(const std::string& closesPath,
                                                          const std::string& volatilityPath);

/// Runs the filter over all of `market`, and keeps what lies in [from, to].
base::Result<RegimesReport> findRegimes(const std::vector<risk::MarketDay>& market, bool hasImplied, base::Date from,
                                        base::Date to);

std::string toText(const RegimesReport& report);
std::string toJsonText(const RegimesReport& report);
/// A picture as SVG: the close on a logarithmic scale over its regimes, implied volatility, and the probabilities below, by year.
std::string toSvg(const RegimesReport& report);

} // namespace vegadesk::cli
