#pragma once

#include "base/time.h"

#include <algorithm>
#include <cstddef>
#include <deque>

namespace vegadesk::tastytrade
{

/// How many subscriptions may still change: never more than `most` within any `window`, which a bucket that fills while it is
/// used would allow. Instants are a Scheduler's.
class ChangeBudget
{
public:
    ChangeBudget(std::size_t most, base::Nanos window) : m_most(most), m_window(window) {}

    std::size_t allowed(base::Nanos now)
    {
        while (!m_taken.empty() && now - m_taken.front().at >= m_window) {
            m_inWindow -= m_taken.front().count;
            m_taken.pop_front();
        }
        return m_most - std::min(m_most, m_inWindow);
    }
    void take(std::size_t count, base::Nanos now)
    {
        m_taken.push_back({now, count});
        m_inWindow += count;
    }

private:
    struct Taken {
        base::Nanos at{};
        std::size_t count = 0;
    };
    const std::size_t m_most;
    const base::Nanos m_window;
    std::deque<Taken> m_taken; ///< oldest first
    std::size_t m_inWindow = 0;
};

} // namespace vegadesk::tastytrade
