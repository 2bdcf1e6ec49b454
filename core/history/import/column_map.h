#pragma once

#include "base/error.h"
#include "base/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::history
{

/// What a column of a table of quotes may say. Prices in dollars a share (or a point), sizes in contracts.
enum class Field : std::uint8_t {
    Underlying,
    Root,
    Symbol, ///< OCC: root, expiry, right and strike in one
    Date,   ///< of the quote, New York; a time after it counts
    Time,   ///< of the quote, New York
    Expiry,
    Days, ///< calendar days to expiry: the date, where there is no column of it
    Strike,
    Right,      ///< C or P, call or put
    Settlement, ///< AM or PM
    Bid,
    Ask,
    BidSize,
    AskSize,
    Last,
    Volume,
    OpenInterest,
    CallBid, ///< from here on: tables with both sides of a strike in a line
    CallAsk,
    CallSizes, ///< "bid x ask"
    CallLast,
    CallVolume,
    CallOpenInterest,
    PutBid,
    PutAsk,
    PutSizes,
    PutLast,
    PutVolume,
    PutOpenInterest,
    Spot, ///< of the underlying
    SpotBid,
    SpotAsk,
};
inline constexpr std::size_t fieldCount = static_cast<std::size_t>(Field::SpotAsk) + 1;
/// As maps name it: "open_interest".
std::string_view toText(Field field);

enum class TimeUnit : std::uint8_t {
    Milliseconds, ///< since midnight
    Hours,        ///< since midnight, with decimals
    Clock         ///< hh:mm or hh:mm:ss
};
/// Of dates with slashes or dots that do not begin with the year.
enum class DateOrder : std::uint8_t { MonthFirst, DayFirst };

/// Which column of a table of quotes says what.
struct ColumnMap {
    std::string name{};
    std::string about{};
    /// Names that the column may have; the first that a table has counts. Compared without case, spaces around and brackets.
    std::vector<std::pair<Field, std::vector<std::string>>> columns{};
    std::string underlying{}; ///< of tables without a column of it; else the file's name up to its first "_"
    std::optional<std::chrono::seconds> time{}; ///< since midnight, of tables without one; none: the session's close
    std::chrono::seconds beforeClose{0};        ///< of tables without any time: so long before the session's close
    TimeUnit timeUnit = TimeUnit::Milliseconds;
    DateOrder dateOrder = DateOrder::MonthFirst;
    bool isZeroAskNone = true; ///< an ask of 0 is no offer

    /// Whether a line is of one contract, or of a strike's call and put.
    bool isWide() const;
};

/// Layouts that are known by name, in the order in which a table is tried against them.
std::span<const ColumnMap> columnMapPresets();
base::Result<ColumnMap> findColumnMap(std::string_view name);
/// Reads a map from JSON; docs/backtesting.md describes it. Errors name the file and the key.
base::Result<ColumnMap> readColumnMap(const std::string& path);

/// The place of each field's column in a table, none where it lacks it.
using Columns = std::vector<std::optional<std::size_t>>;
Columns columnsFor(const ColumnMap& map, std::span<const std::string> header);
/// The fields that a map needs and these columns lack, in words; empty: they do.
std::string missingFields(const ColumnMap& map, const Columns& columns);
/// A column's name as maps are compared with it.
std::string plainName(std::string_view name);

} // namespace vegadesk::history
