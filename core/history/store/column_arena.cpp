#include "history/store/column_arena.h"

#include <algorithm>
#include <cstring>
#include <sys/mman.h>

namespace vegadesk::history
{

std::span<std::byte> ColumnArena::take(std::size_t bytes)
{
    constexpr std::size_t alignment = 64;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    if (rounded > m_left.size()) {
        std::size_t size = std::max(rounded, m_nextChunk);
        if (size > hugePage)
            size = (size + hugePage - 1) / hugePage * hugePage;
        m_chunks.push_back(std::unique_ptr<std::byte, Free>(
            static_cast<std::byte*>(::operator new[](size, std::align_val_t{hugePage}))));
        m_left = {m_chunks.back().get(), size};
        m_nextChunk = std::min(2 * m_nextChunk, largestChunk);
        if (size >= hugePage)
            ::madvise(m_left.data(), size, MADV_HUGEPAGE); // a wish: without it all is the same, and slower
    }
    m_bytes += rounded;
    const std::span<std::byte> out = m_left.first(bytes);
    m_left = m_left.subspan(rounded);
    if (bytes > 0)
        std::memset(out.data(), 0, bytes);
    return out;
}

} // namespace vegadesk::history
