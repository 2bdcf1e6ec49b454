#pragma once

#include "base/error.h"
#include "market/option_chain.h"

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// One expiry of a table that gives volatilities instead of prices.
struct VolatilityRow {
    double spot = 0;
    int days = 0;
    double rate = 0;             ///< continuous, ACT/365
    double dividendYield = 0;    ///< continuous
    std::vector<double> strikes; ///< ascending
    std::vector<double> vols;    ///< per year; one a strike

    double years() const { return days / 365.0; }
    double forward() const;
    double discount() const;
};

/// Volatilities that such a table may hold: beyond lies a slip of the pen, not a market.
inline constexpr double leastTableVol = 0.001, mostTableVol = 10;

/// Reads a table with the columns spot, days, zero_rate_act365, div_yield, strike, implied_vol and perhaps underlying; expiries
/// ascend by days.
///   underlying  which one, where the table has that column; empty: the only one
/// Errors  name file, line and field: a number outside its range, or two vols of one strike and expiry; also a table
///         without rows or without one of the columns, an underlying that it does not have, several and none chosen.
base::Result<std::vector<VolatilityRow>> readVolatilityTable(const std::string& path, std::string_view underlying = {});

/// One expiry of a table that has calls and puts side by side.
struct OptionTable {
    int days = 0;    ///< calendar days to expiry, as the table counts them
    double rate = 0; ///< continuous, of that term
    market::Expiration expiration;
};

/// Reads Cboe's example for its volatility index: options.csv with Expiration, Days, Strike, Call Bid, Call Ask, Put Bid,
/// Put Ask, and yields.csv with Days and Rate (percent) from one folder. European, settled at the open.
/// Errors  as readVolatilityTable(); also days without a yield.
base::Result<std::vector<OptionTable>> readOptionTables(const std::string& folder);

} // namespace vegadesk::history
