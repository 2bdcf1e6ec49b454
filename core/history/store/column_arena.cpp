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
        const std::size_t size = (std::max(rounded, usualChunk) + hugePage - 1) / hugePage * hugePage;
        m_chunks.emplace_back(static_cast<std::byte*>(::operator new[](size, std::align_val_t{hugePage})));
        m_left = {m_chunks.back().get(), size};
        ::madvise(m_left.data(), size, MADV_HUGEPAGE); // a wish: without it all is the same, and slower
    }
    const std::span<std::byte> out = m_left.first(bytes);
    m_left = m_left.subspan(rounded);
    if (bytes > 0)
        std::memset(out.data(), 0, bytes);
    return out;
}

} // namespace vegadesk::history
