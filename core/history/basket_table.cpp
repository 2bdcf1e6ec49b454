#include "history/basket_table.h"

#include "history/csv_file.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

namespace vegadesk::history
{

namespace
{

constexpr double roundingOfSum = 1e-9;

/// Of a member's line, which stands.
base::Result<double> weightOf(const CsvFile& file, std::size_t column)
{
    constexpr std::string_view allowed = "a number above 0, 1 at most: 0.07 for 7 %";
    const auto weight = file.number(column);
    if (!weight || !(*weight > 0) || *weight > 1)
        return file.refuse(column, allowed);
    return weight;
}

base::Result<void> checkWhole(const BasketTable& table, const std::string& path)
{
    double sum = 0;
    for (const BasketTable::Member& member : table.members)
        sum += member.weight;
    const std::string of = " of " + table.underlying + " in " + path;
    if (sum > 1 + roundingOfSum)
        return base::badInput("sum of the weights" + of, std::to_string(sum), "1 at most");
    if (table.members.size() < 2)
        return base::badInput("number of members" + of, std::to_string(table.members.size()), "2 or more");
    return {};
}

base::Result<BasketTable> chosenOf(std::map<std::string, BasketTable, std::less<>>& all, const std::string& path,
                                   std::string_view underlying)
{
    const auto chosen = underlying.empty() && all.size() == 1 ? all.begin() : all.find(underlying);
    if (chosen != all.end())
        return std::move(chosen->second);
    std::string names;
    for (const auto& [name, table] : all)
        names += (names.empty() ? "one of " : ", ") + name;
    return base::badInput("underlying", underlying,
                          (names.empty() ? "none" : names) + ": of those " + path + " has members");
}

} // namespace

std::string basketTableOf(const std::string& data)
{
    std::error_code none;
    const std::filesystem::path path(data);
    return ((std::filesystem::is_directory(path, none) ? path : path.parent_path()) / "basket.csv").string();
}

base::Result<BasketTable> readBasketTable(const std::string& path, std::string_view underlying)
{
    std::error_code none;
    if (!std::filesystem::exists(path, none))
        return base::fail(base::ErrorKind::NotFound, "basket", path,
                          "a table of the index' members, with the columns underlying, symbol and weight");
    auto file = CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(std::move(file.error()));
    std::size_t columns[3]{};
    constexpr std::string_view names[]{"underlying", "symbol", "weight"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        const auto found = file->column(names[i]);
        if (!found)
            return base::fail(base::ErrorKind::NotFound, names[i], path, "there is no column of that name");
        columns[i] = *found;
    }
    std::map<std::string, BasketTable, std::less<>> all;
    while (file->next()) {
        const std::string index(file->field(columns[0])), symbol(file->field(columns[1]));
        if (index.empty())
            return file->refuse(columns[0], "the index' symbol");
        BasketTable& table = all[index];
        table.underlying = index;
        if (symbol.empty() || symbol == index ||
            std::ranges::count(table.members, symbol, &BasketTable::Member::symbol) > 0)
            return file->refuse(columns[1], "a symbol, each member once, and not the index itself");
        const auto weight = weightOf(*file, columns[2]);
        if (!weight)
            return tl::make_unexpected(weight.error());
        table.members.push_back({symbol, *weight});
    }
    auto chosen = chosenOf(all, path, underlying);
    if (!chosen)
        return chosen;
    if (const auto sound = checkWhole(*chosen, path); !sound)
        return tl::make_unexpected(sound.error());
    std::ranges::stable_sort(chosen->members, std::greater{}, &BasketTable::Member::weight);
    return chosen;
}

} // namespace vegadesk::history
