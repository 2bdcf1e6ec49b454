#include "history/importers.h"

#include "history/basket_source.h"
#include "history/basket_table.h"
#include "history/import/chain_import.h"
#include "history/store/chain_store.h"
#include "market/calendar.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

namespace vegadesk::history
{

namespace
{

std::string listOf(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

/// What a folder's tables hold: into memory, since what is replayed once needs no file.
struct ReadTables {
    std::string path, remarks;
    std::map<std::string, std::vector<ChainYear>, std::less<>> quoted; ///< by underlying; of those with quotes

    std::vector<std::string> names() const
    {
        std::vector<std::string> names;
        for (const auto& [name, years] : quoted)
            names.push_back(name);
        return names;
    }
    /// Once for each name.
    std::unique_ptr<ChainSource> take(std::string_view name)
    {
        const auto found = quoted.find(name);
        return std::make_unique<StoredChainSource>("recorded quotes of " + found->first + " in " + path + remarks,
                                                   std::move(found->second));
    }
};

base::Result<ReadTables> readTables(const std::string& path, bool isStrict, const std::stop_token& stop)
{
    ChainIntake intake({.isStrict = isStrict, .stop = stop});
    for (const std::string& file : tablesIn(path)) {
        if (const auto read = intake.read(file); !read)
            return tl::make_unexpected(read.error());
    }
    std::error_code none;
    const auto report = intake.finish(path, std::filesystem::is_directory(path, none));
    if (!report)
        return tl::make_unexpected(report.error());
    ReadTables out{.path = path, .remarks = {}, .quoted = {}};
    for (auto& [name, builder] : intake.builders()) {
        std::vector<ChainYear> years = builder.finish();
        if (std::ranges::any_of(years, [](const ChainYear& year) { return !year.snapshots.empty(); }))
            out.quoted.emplace(name, std::move(years));
    }
    for (const std::string& said : {report->badLinesSentence(), report->remarksSentence()})
        out.remarks += said.empty() ? "" : "; " + said;
    return out;
}

base::Result<std::unique_ptr<ChainSource>> openTables(const std::string& path, std::string_view underlying,
                                                      bool isStrict, const std::stop_token& stop)
{
    auto tables = readTables(path, isStrict, stop);
    if (!tables)
        return tl::make_unexpected(tables.error());
    const std::vector<std::string> names = tables->names();
    const std::string chosen = underlying.empty() && names.size() == 1 ? names.front() : std::string(underlying);
    if (!tables->quoted.contains(chosen))
        return base::badInput("underlying", underlying, "one of " + listOf(names));
    return tables->take(chosen);
}

base::Result<std::unique_ptr<ChainSource>> open(const std::string& path, std::string_view underlying, bool isStrict,
                                                const std::stop_token& stop)
{
    if (!ChainStore::isStore(path))
        return openTables(path, underlying, isStrict, stop);
    auto stored = ChainStore(path).open(underlying);
    if (!stored)
        return tl::make_unexpected(stored.error());
    return std::move(*stored);
}

base::Result<void> checkAllThere(const std::string& path, const std::vector<std::string>& wanted,
                                 const std::vector<std::string>& there)
{
    std::vector<std::string> missing;
    std::ranges::copy_if(wanted, std::back_inserter(missing),
                         [&](const std::string& name) { return std::ranges::count(there, name) == 0; });
    if (missing.empty())
        return {};
    return base::fail(base::ErrorKind::NotFound, "basket", listOf(missing), "no chains of these in " + path);
}

/// One source for each name, in their order.
base::Result<std::vector<std::unique_ptr<ChainSource>>>
openAll(const std::string& path, const std::vector<std::string>& names, const std::stop_token& stop)
{
    std::vector<std::unique_ptr<ChainSource>> sources;
    if (ChainStore::isStore(path)) {
        const ChainStore store(path);
        if (const auto all = checkAllThere(path, names, store.underlyings()); !all)
            return tl::make_unexpected(all.error());
        for (const std::string& name : names) {
            auto stored = store.open(name);
            if (!stored)
                return tl::make_unexpected(stored.error());
            sources.push_back(std::move(*stored));
        }
        return sources;
    }
    auto tables = readTables(path, false, stop);
    if (!tables)
        return tl::make_unexpected(tables.error());
    if (const auto all = checkAllThere(path, names, tables->names()); !all)
        return tl::make_unexpected(all.error());
    for (const std::string& name : names)
        sources.push_back(tables->take(name));
    return sources;
}

/// The New York dates of the first and the last chain.
base::Result<std::pair<base::Date, base::Date>> daysOf(ChainSource& source)
{
    market::OptionChain chain;
    std::pair<base::Date, base::Date> days;
    for (const auto& [at, day] : {std::pair(base::Instant::min(), &days.first), {base::Instant::max(), &days.second}}) {
        if (const auto found = source.seek(at); !found)
            return tl::make_unexpected(found.error());
        if (const auto read = source.next(chain); !read)
            return tl::make_unexpected(read.error());
        *day = market::newYorkDate(chain.at);
    }
    source.rewind();
    return days;
}

base::Result<void> checkDays(ChainSource& index, ChainSource& member)
{
    const auto whole = daysOf(index), own = daysOf(member);
    if (!whole || !own)
        return tl::make_unexpected(whole ? own.error() : whole.error());
    if (own->first <= whole->second && own->second >= whole->first)
        return {};
    const auto words = [](const std::pair<base::Date, base::Date>& days) {
        return base::formatDate(days.first) + " to " + base::formatDate(days.second);
    };
    return base::badInput("days of " + member.underlying(), words(*own),
                          "some of those of " + index.underlying() + ", " + words(*whole));
}

} // namespace

base::Result<std::unique_ptr<ChainSource>> openRecordedChains(const std::string& path, std::string_view underlying,
                                                              const std::stop_token& stop)
{
    return open(path, underlying, true, stop);
}

base::Result<std::unique_ptr<ChainSource>> openSoundChains(const std::string& path, std::string_view underlying,
                                                           const std::stop_token& stop)
{
    return open(path, underlying, false, stop);
}

base::Result<std::unique_ptr<ChainSource>> openSoundBasket(const std::string& path, std::string_view underlying,
                                                           std::size_t most, const std::stop_token& stop)
{
    auto table = readBasketTable(basketTableOf(path), underlying);
    if (!table)
        return tl::make_unexpected(table.error());
    const std::size_t all = table->members.size();
    table->members.resize(std::min(all, most));
    std::vector<std::string> names{table->underlying};
    std::ranges::transform(table->members, std::back_inserter(names), &BasketTable::Member::symbol);
    auto sources = openAll(path, names, stop);
    if (!sources)
        return tl::make_unexpected(sources.error());
    std::vector<ConstituentChains> constituents;
    for (std::size_t i = 1; i < sources->size(); ++i) {
        if (const auto together = checkDays(*sources->front(), *(*sources)[i]); !together)
            return tl::make_unexpected(together.error());
        constituents.push_back({table->members[i - 1].weight, std::move((*sources)[i])});
    }
    std::string description = sources->front()->description() + "; with " + std::to_string(constituents.size());
    description += all > constituents.size() ? " of " + std::to_string(all) + " members, the heaviest" : " members";
    return std::make_unique<BasketSource>(std::move(sources->front()), std::move(constituents), std::move(description));
}

} // namespace vegadesk::history
