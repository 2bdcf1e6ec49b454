#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/quote.h"

#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::risk
{

/// Daily moves of one underlying and of its options' volatilities, oldest first, as long as FactorHistory::dates.
struct FactorColumn {
    std::string underlying;
    std::vector<double> spotReturns;       ///< ln of close to close; NaN where there is none
    std::vector<double> volatilityReturns; ///< ln of a month's implied volatility, day to day; NaN where there is none
    /// The volatility's moves are not measured: they follow the spot's, by the slope of what was (factor_history.cpp).
    bool isVolatilityModelled = false;
};

/// What moved the book's prices, day by day: what VaR draws from and is tested on.
struct FactorHistory {
    std::vector<base::Date> dates; ///< of the end of each move, ascending
    std::vector<FactorColumn> columns;

    const FactorColumn* find(const std::string& underlying) const
    {
        for (const FactorColumn& column : columns)
            if (column.underlying == underlying)
                return &column;
        return nullptr;
    }
};

/// The end of one day of one underlying.
struct DailyClose {
    base::Date date{};
    double close = market::unknown;
    double impliedVolatility = market::unknown; ///< per year, as market::Candle has it
};

/// Days that are over at `now`, ascending, one a date (the last that was given), without those that have no positive close or lie
/// on no trading day. A daily candle's date is New York's twelve hours after its start, and so the same whether it starts at
/// midnight in London, at midnight in New York or at the open.
std::vector<DailyClose> dailyClosesOf(std::span<const market::Candle> candles, base::Instant now);

/// The same of a file that a user brings: comma-separated under a header with the columns date and close, and iv where it is known
/// (per year, 0.2 for 20 %; nothing or "nan" on days without). Other columns are passed over.
/// Errors  BadInput naming line and column; a date twice is one.
base::Result<std::vector<DailyClose>> readDailyCloses(std::istream& input, base::Instant now);

struct UnderlyingCloses {
    std::string underlying;
    std::vector<DailyClose> days; ///< ascending
};

/// A day whose close over the one before is nearly a ratio of small numbers, while the implied volatility says nothing of a crash.
struct LikelySplit {
    std::string underlying;
    base::Date date{};
    double ratio = 1; ///< new shares for an old one
};

struct FactorHistoryReport {
    FactorHistory history;
    std::vector<LikelySplit> splits; ///< the moves of those days are left out
};

/// What a volatility is taken to lose, in ln, for each unit that ln of the spot gains, where nothing else is known. Ours: between
/// an index's five to six and a share's two to three.
inline constexpr double usualVolatilitySlope = -4;

/// Moves by date. One needs a close on the trading day before; where that is missing there is none.
///
/// Volatility  measured where both days have one. A day without gets the spot's move times the slope of the underlying's own days
///             that have both (at least 20, through the origin); without such days the index's volatility move, and where there is
///             none of that either, usualVolatilitySlope times the spot's. Where fewer than leastMeasured of the days are measured
///             isVolatilityModelled says so: such moves have no noise of their own, so they understate what vega can lose. The
///             slope is of the whole history, also of what was later.
/// `index`     the symbol among `all` that measures the market; empty or not there: none.
FactorHistoryReport factorHistoryOf(std::span<const UnderlyingCloses> all, std::string_view index);

/// As a share of the days with a spot's move.
inline constexpr double leastMeasured = 0.9;

} // namespace vegadesk::risk
