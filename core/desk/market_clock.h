#pragma once

#include "base/clock.h"

#include <mutex>

namespace vegadesk::desk
{

/// The clock of whoever quotes: the wall's for a broker, the venue's own for the simulated exchange, which may run faster
/// and starts where it likes. Any thread.
class MarketClock final : public base::Clock
{
public:
    base::Instant now() const override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isPaused)
            return m_from;
        if (m_speed == 0)
            return std::chrono::time_point_cast<base::Nanos>(std::chrono::system_clock::now());
        const std::chrono::duration<double, std::nano> elapsed = std::chrono::steady_clock::now() - m_since;
        return m_from + base::Nanos(static_cast<std::int64_t>(elapsed.count() * m_speed));
    }
    /// From here on it is `from` now and runs `speed` (> 0) times as fast as the steady clock, or stands still.
    void follow(base::Instant from, double speed, bool isPaused)
    {
        const std::scoped_lock lock(m_mutex);
        m_from = from;
        m_speed = speed;
        m_isPaused = isPaused;
        m_since = std::chrono::steady_clock::now();
    }
    bool isPaused() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_isPaused;
    }

private:
    mutable std::mutex m_mutex;
    base::Instant m_from{}; // guarded by m_mutex, as is all below
    double m_speed = 0;     // 0: the wall's
    bool m_isPaused = false;
    std::chrono::steady_clock::time_point m_since;
};

} // namespace vegadesk::desk
