#pragma once

#include "base/clock.h"

namespace vegadesk::venue
{

/// A clock that runs faster or slower than another one, stands still and jumps when told to. One thread.
class VenueClock final : public base::Clock
{
public:
    /// Begins at `at` and runs `speed` (> 0) times as fast as `source`, which must outlive this.
    VenueClock(const base::Clock& source, base::Instant at, double speed)
        : m_source(source), m_at(at), m_since(source.now()), m_speed(speed)
    {
    }

    base::Instant now() const override
    {
        if (m_isPaused)
            return m_at;
        const auto passed = static_cast<double>((m_source.now() - m_since).count());
        return m_at + base::Nanos(static_cast<std::int64_t>(passed * m_speed));
    }
    double speed() const { return m_speed; } ///< also while it stands still, of when it goes on
    bool isPaused() const { return m_isPaused; }

    /// Goes on from `at`, or stands still there.
    void set(base::Instant at)
    {
        m_at = at;
        m_since = m_source.now();
    }
    /// The time that it is stays what it is.
    void setSpeed(double speed)
    {
        set(now());
        m_speed = speed;
    }
    void setPaused(bool isPaused)
    {
        set(now());
        m_isPaused = isPaused;
    }

private:
    const base::Clock& m_source;
    base::Instant m_at, m_since; ///< it was m_at when the source was m_since
    double m_speed;
    bool m_isPaused = false;
};

} // namespace vegadesk::venue
