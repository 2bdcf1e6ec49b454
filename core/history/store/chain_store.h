#pragma once

#include "history/store/chain_builder.h"
#include "history/store/stored_chains.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// A folder of chain files: one an underlying and year ("SPX-2023.chains"), or one a day, as they are recorded
/// ("SPX-20231127.chains"). Where two have the same instant, the year's counts.
class ChainStore
{
public:
    explicit ChainStore(std::string folder) : m_folder(std::move(folder)) {}

    const std::string& folder() const { return m_folder; }
    /// Whether the folder holds a chain file.
    static bool isStore(const std::string& folder);
    std::vector<std::string> underlyings() const; ///< ascending, each once

    /// Adds what the builder holds to the files there are; quotes of the same contract and instant take the old ones' place.
    /// The builder is as new then; after an error it holds what was not written. Makes the folder.
    /// Errors: Storage; an old file that is damaged, which stays as it is.
    base::Result<void> add(ChainBuilder& builder, ChainPeriod period = ChainPeriod::Year);
    /// All years of an underlying; of the only one, where the name is empty. Errors: as ChainYear::open(), no such underlying,
    /// several and none chosen.
    base::Result<std::unique_ptr<StoredChainSource>> open(std::string_view underlying = {}) const;

private:
    std::vector<std::string> filesOf(std::string_view underlying) const;
    base::Result<void> addPiece(const ChainYear& piece) const;

    std::string m_folder;
};

} // namespace vegadesk::history
