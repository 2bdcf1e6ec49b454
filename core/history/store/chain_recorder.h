#pragma once

#include "history/store/chain_store.h"

#include <cstdint>
#include <string>

namespace vegadesk::history
{

/// Writes chains as they are into a store, a file an underlying and day ("SPX-20261126.chains"): what a live feed showed,
/// to be replayed. Every quote keeps its own time and flags, so that the replay judges it as it was judged.
class ChainRecorder
{
public:
    /// `flushAfter` snapshots go to the disk at once, each time as the day's whole file.
    explicit ChainRecorder(std::string folder, std::size_t flushAfter = 15)
        : m_store(std::move(folder)), m_flushAfter(flushAfter)
    {
    }
    /// Writes what is left; what could not be written then is lost: flush() says so.
    ~ChainRecorder();
    ChainRecorder(const ChainRecorder&) = delete;
    ChainRecorder& operator=(const ChainRecorder&) = delete;

    /// Errors: options whose symbols are not OCC's, such as those on futures; what flush() says, when it was due.
    base::Result<void> take(const market::OptionChain& chain);
    /// Of a trading day and what its options that settle at the opening were settled at.
    void setClose(std::string_view underlying, const StoredClose& close);
    /// Errors: Storage; what was taken is kept for the next try.
    base::Result<void> flush();

    std::uint64_t quoteCount() const { return m_quotes; }

private:
    ChainBuilder& builder(std::string_view underlying);

    ChainStore m_store;
    std::size_t m_flushAfter;
    std::map<std::string, ChainBuilder, std::less<>> m_builders;
    std::size_t m_waiting = 0;
    std::uint64_t m_quotes = 0;
};

} // namespace vegadesk::history
