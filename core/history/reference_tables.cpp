#include "history/reference_tables.h"

#include "history/csv_file.h"
#include "market/calendar.h"

#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>

namespace vegadesk::history
{

namespace
{

template<std::size_t N>
base::Result<std::array<std::size_t, N>> columnsOf(const CsvFile& file, const std::array<const char*, N>& names)
{
    std::array<std::size_t, N> out{};
    for (std::size_t i = 0; i < N; ++i) {
        const auto column = file.column(names[i]);
        if (!column)
            return base::fail(base::ErrorKind::NotFound, file.path(), names[i], "there is no column of that name");
        out[i] = *column;
    }
    return out;
}

/// The present line's numbers in those columns.
template<std::size_t N>
base::Result<std::array<double, N>> numbersOf(const CsvFile& file, const std::array<std::size_t, N>& columns)
{
    std::array<double, N> out{};
    for (std::size_t i = 0; i < N; ++i) {
        const auto number = file.number(columns[i]);
        if (!number)
            return tl::make_unexpected(number.error());
        out[i] = *number;
    }
    return out;
}

bool isDays(double days)
{
    return days >= 1 && days < 36525 && days == std::floor(days);
}
constexpr const char* allowedDays = "whole days, 1 to 36524";

base::Result<std::map<int, double>> readYields(const std::string& path)
{
    auto file = CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto columns = columnsOf<2>(*file, {"Days", "Rate"});
    if (!columns)
        return tl::make_unexpected(columns.error());
    std::map<int, double> yields;
    while (file->next()) {
        const auto numbers = numbersOf(*file, *columns);
        if (!numbers)
            return tl::make_unexpected(numbers.error());
        if (!isDays((*numbers)[0]))
            return file->refuse((*columns)[0], allowedDays);
        yields[static_cast<int>((*numbers)[0])] = (*numbers)[1] / 100;
    }
    return yields;
}

std::string listOf(const std::set<std::string, std::less<>>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

market::Expiration expirationOf(base::Date date, const std::map<double, std::array<double, 4>>& strikes)
{
    market::Expiration out;
    out.date = date;
    out.settlement = market::Settlement::AM;
    out.expiresAt = market::expiryInstant(date, out.settlement);
    out.style = market::ExerciseStyle::European;
    out.calls.resize(strikes.size());
    out.puts.resize(strikes.size());
    std::size_t row = 0;
    for (const auto& [strike, quotes] : strikes) {
        out.strikes.push_back(strike);
        out.calls.bid[row] = quotes[0];
        out.calls.ask[row] = quotes[1];
        out.puts.bid[row] = quotes[2];
        out.puts.ask[row] = quotes[3];
        for (auto* side : {&out.calls, &out.puts})
            side->flags[row] = market::classify(side->quoteAt(row), {}, base::Nanos(0));
        ++row;
    }
    return out;
}

} // namespace

double VolatilityRow::forward() const
{
    return spot * std::exp((rate - dividendYield) * years());
}

double VolatilityRow::discount() const
{
    return std::exp(-rate * years());
}

base::Result<std::vector<VolatilityRow>> readVolatilityTable(const std::string& path, std::string_view underlying)
{
    auto file = CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto columns =
        columnsOf<6>(*file, {"spot", "days", "zero_rate_act365", "div_yield", "strike", "implied_vol"});
    if (!columns)
        return tl::make_unexpected(columns.error());
    const auto name = file->column("underlying");
    if (!underlying.empty() && !name)
        return base::badInput("underlying", underlying, "none for " + path + ", which has no column underlying");
    std::map<int, VolatilityRow> rows;
    std::map<int, std::map<double, double>> vols;
    std::set<std::string, std::less<>> names;
    while (file->next()) {
        if (name)
            names.emplace(file->field(*name));
        const bool isUndecided = underlying.empty() && names.size() > 1;
        if (isUndecided || (!underlying.empty() && file->field(*name) != underlying))
            continue;
        const auto numbers = numbersOf(*file, *columns);
        if (!numbers)
            return tl::make_unexpected(numbers.error());
        const auto [spot, days, rate, dividendYield, strike, vol] = *numbers;
        if (!(spot > 0))
            return file->refuse((*columns)[0], "a number above 0");
        if (!isDays(days))
            return file->refuse((*columns)[1], allowedDays);
        if (!(strike > 0))
            return file->refuse((*columns)[4], "a number above 0");
        if (!(vol >= leastTableVol && vol <= mostTableVol))
            return file->refuse((*columns)[5], "0.001 to 10, which is 0.1 % to 1000 %");
        const int key = static_cast<int>(days);
        rows[key] = {spot, key, rate, dividendYield, {}, {}};
        if (!vols[key].emplace(strike, vol).second)
            return file->refuse((*columns)[4], "one volatility of a strike and expiry");
    }
    if (names.size() > 1 && underlying.empty())
        return base::badInput("underlying", "", "one of " + listOf(names));
    if (rows.empty() && !names.empty())
        return base::badInput("underlying", underlying, "one of " + listOf(names));
    if (rows.empty())
        return base::fail(base::ErrorKind::NotFound, path, "", "at least one line of volatilities");
    std::vector<VolatilityRow> out;
    for (auto& [days, row] : rows) {
        for (const auto& [strike, vol] : vols[days]) {
            row.strikes.push_back(strike);
            row.vols.push_back(vol);
        }
        out.push_back(std::move(row));
    }
    return out;
}

base::Result<std::vector<OptionTable>> readOptionTables(const std::string& folder)
{
    const auto yields = readYields(folder + "/yields.csv");
    if (!yields)
        return tl::make_unexpected(yields.error());
    auto file = CsvFile::read(folder + "/options.csv");
    if (!file)
        return tl::make_unexpected(file.error());
    const auto columns = columnsOf<6>(*file, {"Days", "Strike", "Call Bid", "Call Ask", "Put Bid", "Put Ask"});
    if (!columns)
        return tl::make_unexpected(columns.error());
    const auto expiry = columnsOf<1>(*file, {"Expiration"});
    if (!expiry)
        return tl::make_unexpected(expiry.error());
    struct Table {
        base::Date date;
        double rate;
        std::map<double, std::array<double, 4>> strikes;
    };
    std::map<int, Table> tables;
    while (file->next()) {
        const auto date = file->date((*expiry)[0]);
        if (!date)
            return tl::make_unexpected(date.error());
        const auto numbers = numbersOf(*file, *columns);
        if (!numbers)
            return tl::make_unexpected(numbers.error());
        const auto [days, strike, callBid, callAsk, putBid, putAsk] = *numbers;
        if (!isDays(days))
            return file->refuse((*columns)[0], allowedDays);
        const auto yield = yields->find(static_cast<int>(days));
        if (yield == yields->end())
            return file->refuse((*columns)[0], "days that yields.csv has a rate for");
        if (!(strike > 0))
            return file->refuse((*columns)[1], "a number above 0");
        for (std::size_t i = 2; i < columns->size(); ++i) {
            if (!((*numbers)[i] >= 0))
                return file->refuse((*columns)[i], "0 or more");
        }
        Table& table = tables.try_emplace(yield->first, Table{*date, yield->second, {}}).first->second;
        if (!table.strikes.emplace(strike, std::array{callBid, callAsk, putBid, putAsk}).second)
            return file->refuse((*columns)[1], "one line of a strike and expiry");
    }
    if (tables.empty())
        return base::fail(base::ErrorKind::NotFound, file->path(), "", "at least one line of quotes");
    std::vector<OptionTable> out;
    out.reserve(tables.size());
    for (const auto& [days, table] : tables)
        out.push_back({days, table.rate, expirationOf(table.date, table.strikes)});
    return out;
}

} // namespace vegadesk::history
