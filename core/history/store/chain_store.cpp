#include "history/store/chain_store.h"

#include <algorithm>
#include <filesystem>

namespace vegadesk::history
{

namespace
{

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".chains";

/// "SPX" of "…/SPX-2023.chains"; empty of any other name.
std::string underlyingOf(const fs::path& path)
{
    const std::string name = path.filename().string();
    const std::size_t dash = name.rfind('-');
    return name.ends_with(suffix) && dash != std::string::npos ? name.substr(0, dash) : std::string();
}

std::string listOf(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

} // namespace

bool ChainStore::isStore(const std::string& folder)
{
    return !ChainStore(folder).underlyings().empty();
}

std::vector<std::string> ChainStore::underlyings() const
{
    std::vector<std::string> names;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, none)) {
        if (std::string name = underlyingOf(entry.path()); !name.empty())
            names.push_back(std::move(name));
    }
    std::ranges::sort(names);
    const auto [first, last] = std::ranges::unique(names);
    names.erase(first, last);
    return names;
}

std::vector<std::string> ChainStore::filesOf(std::string_view underlying) const
{
    std::vector<std::string> files;
    std::error_code none;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, none)) {
        if (underlyingOf(entry.path()) == underlying)
            files.push_back(entry.path().string());
    }
    std::ranges::sort(files); // four digits of a year at the end
    return files;
}

base::Result<void> ChainStore::addPiece(const ChainYear& piece) const
{
    const std::string path =
        (fs::path(m_folder) / (piece.underlying + "-" + std::to_string(piece.period) + std::string(suffix))).string();
    if (!fs::exists(path))
        return piece.write(path);
    const auto earlier = ChainYear::open(path);
    if (!earlier)
        return tl::make_unexpected(earlier.error());
    ChainBuilder both(piece.underlying);
    for (const ChainYear* const each : {&piece, &*earlier}) {
        if (const auto absorbed = both.absorb(*each); !absorbed)
            return absorbed;
    }
    ChainYear merged = std::move(both.finish().front()); // of one year, whatever the period
    merged.period = piece.period;
    return merged.write(path);
}

base::Result<void> ChainStore::add(ChainBuilder& builder, ChainPeriod period)
{
    if (builder.empty())
        return {};
    std::error_code error;
    fs::create_directories(m_folder, error);
    if (error)
        return base::fail(base::ErrorKind::Storage, "store", m_folder, "cannot be made", error.message());
    base::Result<void> result;
    for (const ChainYear& piece : builder.finish(period)) {
        const auto added = result ? addPiece(piece) : base::Result<void>{};
        if (!added)
            result = added;
        if (!result) {
            if (const auto kept = builder.absorb(piece); !kept)
                return kept;
        }
    }
    return result;
}

base::Result<std::unique_ptr<StoredChainSource>> ChainStore::open(std::string_view underlying) const
{
    const std::vector<std::string> names = underlyings();
    const std::string chosen = underlying.empty() && names.size() == 1 ? names.front() : std::string(underlying);
    if (names.empty())
        return base::fail(base::ErrorKind::NotFound, "store", m_folder, "a folder that vegadesk-cli import has filled");
    if (!std::ranges::count(names, chosen))
        return base::badInput("underlying", chosen, "one of " + listOf(names));
    std::vector<ChainYear> years;
    std::size_t snapshots = 0;
    for (const std::string& file : filesOf(chosen)) {
        auto year = ChainYear::open(file);
        if (!year)
            return tl::make_unexpected(year.error());
        snapshots += year->snapshots.size();
        years.push_back(std::move(*year));
    }
    if (snapshots == 0)
        return base::fail(base::ErrorKind::NotFound, "store", m_folder, "quotes of " + chosen + ", not closes alone");
    return std::make_unique<StoredChainSource>("recorded quotes of " + chosen + " in " + m_folder, std::move(years));
}

} // namespace vegadesk::history
