#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace vegadesk::base
{

/// Indices that changed since they were last taken; each waits at most once, so memory cannot grow with the rate.
/// put() from any thread, take() from one.
class DirtyList
{
public:
    void put(std::uint32_t index)
    {
        const std::scoped_lock lock(m_mutex);
        add(index);
    }
    /// `indexOf` each of `items`, under one lock.
    template<class Items, class IndexOf>
    void put(const Items& items, IndexOf indexOf)
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& item : items)
            add(std::invoke(indexOf, item));
    }
    /// Replaces what `out` held.
    void take(std::vector<std::uint32_t>& out)
    {
        out.clear();
        const std::scoped_lock lock(m_mutex);
        out.swap(m_dirty);
        for (const std::uint32_t index : out)
            m_isDirty[index] = 0;
    }

private:
    void add(std::uint32_t index)
    {
        if (index >= m_isDirty.size())
            m_isDirty.resize(index + 1, 0);
        if (std::exchange(m_isDirty[index], std::uint8_t{1}) == 0)
            m_dirty.push_back(index);
    }

    std::mutex m_mutex;
    std::vector<std::uint8_t> m_isDirty; // guarded by m_mutex, as is the next
    std::vector<std::uint32_t> m_dirty;
};

} // namespace vegadesk::base
