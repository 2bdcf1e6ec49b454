#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <vector>

namespace vegadesk::history
{

/// Memory for columns, given out and never taken back until all of it goes: in large pages where the system has them, because a year's
/// columns are written once, and half of the time of that went into the kernel's handing out of small ones.
class ColumnArena
{
public:
    /// Zeros, aligned for any column; good for the arena's life.
    std::span<std::byte> take(std::size_t bytes);
    /// Given out so far, also what nobody uses any more.
    std::size_t bytes() const { return m_bytes; }

private:
    static constexpr std::size_t hugePage = std::size_t{1} << 21;
    static constexpr std::size_t firstChunk = std::size_t{1} << 16,
                                 largestChunk = 8 * hugePage; ///< each twice the last
    struct Free {
        void operator()(std::byte* chunk) const { ::operator delete[](chunk, std::align_val_t{hugePage}); }
    };

    std::vector<std::unique_ptr<std::byte, Free>> m_chunks;
    std::span<std::byte> m_left; ///< of the last one
    std::size_t m_bytes = 0, m_nextChunk = firstChunk;
};

} // namespace vegadesk::history
