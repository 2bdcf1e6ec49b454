#include "history/importers.h"

#include "history/import/chain_import.h"
#include "history/store/chain_store.h"

#include <algorithm>
#include <filesystem>
#include <map>

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

/// Into memory: what is replayed once needs no file.
base::Result<std::unique_ptr<ChainSource>> openTables(const std::string& path, std::string_view underlying,
                                                      bool isStrict, const std::stop_token& stop)
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
    std::map<std::string, std::vector<ChainYear>, std::less<>> quoted;
    std::vector<std::string> names;
    for (auto& [name, builder] : intake.builders()) {
        std::vector<ChainYear> years = builder.finish();
        if (std::ranges::any_of(years, [](const ChainYear& year) { return !year.snapshots.empty(); })) {
            names.push_back(name);
            quoted.emplace(name, std::move(years));
        }
    }
    const auto chosen =
        quoted.find(underlying.empty() && names.size() == 1 ? std::string_view(names.front()) : underlying);
    if (chosen == quoted.end())
        return base::badInput("underlying", underlying, "one of " + listOf(names));
    std::string description = "recorded quotes of " + chosen->first + " in " + path;
    if (const std::string bad = report->badLinesSentence(); !bad.empty())
        description += "; " + bad;
    return std::make_unique<StoredChainSource>(std::move(description), std::move(chosen->second));
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

} // namespace vegadesk::history
