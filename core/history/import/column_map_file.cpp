#include "history/import/column_map.h"

#include "history/mapped_file.h"

#include <array>
#include <charconv>
#include <simdjson.h>

namespace vegadesk::history
{

namespace
{

/// A key of a map's file, for errors.
tl::unexpected<base::Error> refuse(const std::string& path, std::string_view key, std::string_view value,
                                   std::string_view allowed)
{
    return base::badInput(path + " " + std::string(key), value, allowed);
}

std::optional<Field> fieldNamed(std::string_view name)
{
    for (std::size_t i = 0; i < fieldCount; ++i) {
        if (toText(static_cast<Field>(i)) == name)
            return static_cast<Field>(i);
    }
    return std::nullopt;
}

base::Result<std::vector<std::string>> namesOf(const std::string& path, std::string_view key,
                                               simdjson::dom::element value)
{
    std::vector<std::string> out;
    std::string_view text;
    simdjson::dom::array list;
    if (value.get(text) == simdjson::SUCCESS) {
        out.emplace_back(text);
    } else if (value.get(list) == simdjson::SUCCESS) {
        for (const simdjson::dom::element each : list) {
            if (each.get(text) != simdjson::SUCCESS)
                return refuse(path, key, "", "a column's name, or a list of names it may have");
            out.emplace_back(text);
        }
    }
    if (out.empty())
        return refuse(path, key, "", "a column's name, or a list of names it may have");
    return out;
}

base::Result<void> readColumns(const std::string& path, simdjson::dom::object columns, ColumnMap& out)
{
    for (const auto& [key, value] : columns) {
        const auto field = fieldNamed(key);
        if (!field)
            return refuse(path, "columns", key, "a field that docs/backtesting.md lists, such as \"strike\"");
        auto names = namesOf(path, key, value);
        if (!names)
            return tl::make_unexpected(names.error());
        out.columns.emplace_back(*field, std::move(*names));
    }
    return {};
}

std::optional<std::chrono::seconds> clockOf(std::string_view text)
{
    int hour = 0, minute = 0;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, hour);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ':')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, minute);
    if (second.ec != std::errc{} || second.ptr != end || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return std::nullopt;
    return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

template<class Enum, std::size_t N>
base::Result<Enum> choiceOf(const std::string& path, std::string_view key, std::string_view text,
                            const std::array<std::pair<std::string_view, Enum>, N>& choices)
{
    std::string list;
    for (const auto& [name, value] : choices) {
        if (name == text)
            return value;
        list += (list.empty() ? "" : ", ") + std::string(name);
    }
    return refuse(path, key, text, "one of " + list);
}

constexpr std::array<std::pair<std::string_view, TimeUnit>, 3> timeUnits{
    {{"milliseconds", TimeUnit::Milliseconds}, {"hours", TimeUnit::Hours}, {"clock", TimeUnit::Clock}}};
constexpr std::array<std::pair<std::string_view, DateOrder>, 2> dateOrders{
    {{"month first", DateOrder::MonthFirst}, {"day first", DateOrder::DayFirst}}};

base::Result<void> readSetting(const std::string& path, std::string_view key, simdjson::dom::element value,
                               ColumnMap& out)
{
    if (key == "zero_ask_is_no_offer") {
        if (value.get(out.isZeroAskNone) != simdjson::SUCCESS)
            return refuse(path, key, "", "true or false");
        return {};
    }
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS)
        return refuse(path, key, "", "a text");
    if (key == "name") {
        out.name = text;
    } else if (key == "about") {
        out.about = text;
    } else if (key == "underlying") {
        out.underlying = text;
    } else if (key == "time") {
        out.time = clockOf(text);
        if (!out.time)
            return refuse(path, key, text, "a time of day in New York such as 15:45");
    } else if (key == "time_unit") {
        const auto unit = choiceOf(path, key, text, timeUnits);
        if (!unit)
            return tl::make_unexpected(unit.error());
        out.timeUnit = *unit;
    } else if (key == "date_order") {
        const auto order = choiceOf(path, key, text, dateOrders);
        if (!order)
            return tl::make_unexpected(order.error());
        out.dateOrder = *order;
    } else {
        return refuse(path, key, text,
                      "one of name, about, columns, underlying, time, time_unit, date_order, zero_ask_is_no_offer");
    }
    return {};
}

} // namespace

base::Result<ColumnMap> readColumnMap(const std::string& path)
{
    const auto file = TextFile::open(path);
    if (!file)
        return tl::make_unexpected(file.error());
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(file->text().data(), file->text().size()).get(object) != simdjson::SUCCESS)
        return refuse(path, "map", "", "one JSON object");
    ColumnMap out;
    out.name = path;
    for (const auto& [key, value] : object) {
        simdjson::dom::object columns;
        if (key == "columns" && value.get(columns) != simdjson::SUCCESS)
            return refuse(path, key, "", "an object of fields and columns' names");
        const auto read = key == "columns" ? readColumns(path, columns, out) : readSetting(path, key, value, out);
        if (!read)
            return tl::make_unexpected(read.error());
    }
    std::vector<std::string> all;
    for (const auto& [field, alternatives] : out.columns)
        all.push_back(plainName(alternatives.front()));
    if (const std::string missing = missingFields(out, columnsFor(out, all)); !missing.empty())
        return refuse(path, "columns", "", "every field that a quote needs; missing are " + missing);
    return out;
}

} // namespace vegadesk::history
