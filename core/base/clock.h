#pragma once

#include "base/time.h"

#include <atomic>

namespace vegadesk::base
{

/// Where time comes from. Everything that decides by time takes one, so that a test or a backtest can own it.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override
    {
        return std::chrono::time_point_cast<Nanos>(std::chrono::system_clock::now());
    }
};

/// Stands still until told otherwise. set() and now() may be called from different threads.
class ManualClock final : public Clock
{
public:
    explicit ManualClock(Instant start = {}) : m_nanos(start.time_since_epoch().count()) {}
    Instant now() const override { return Instant(Nanos(m_nanos.load(std::memory_order_acquire))); }
    void set(Instant instant) { m_nanos.store(instant.time_since_epoch().count(), std::memory_order_release); }
    void advance(Nanos span) { m_nanos.fetch_add(span.count(), std::memory_order_acq_rel); }

private:
    std::atomic<std::int64_t> m_nanos;
};

/// Starts at `simulated` and runs `speed` (> 0) times as fast as the steady clock.
class ScaledClock final : public Clock
{
public:
    ScaledClock(Instant simulated, double speed)
        : m_simulated(simulated), m_speed(speed), m_started(std::chrono::steady_clock::now())
    {
    }
    Instant now() const override
    {
        const double elapsed = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - m_started).count();
        return m_simulated + Nanos(static_cast<std::int64_t>(elapsed * m_speed));
    }
    double speed() const { return m_speed; }

private:
    Instant m_simulated;
    double m_speed;
    std::chrono::steady_clock::time_point m_started;
};

} // namespace vegadesk::base
