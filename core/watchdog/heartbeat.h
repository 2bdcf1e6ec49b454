#pragma once

#include "base/time.h"

namespace vegadesk::watchdog
{

/// Whether another process gives the signs of life that it ought to, by a monotonic clock that the caller reads.
///
/// Silence counts only while we ourselves were awake to hear: when two looks are further apart than lookGap, the computer
/// slept or was too busy for both, and the other one gets its whole patience again.
class Heartbeat
{
public:
    static constexpr base::Nanos lookGap = std::chrono::seconds(1);

    /// `first`: how long the very first beat may take, since a program that starts has other things to do.
    Heartbeat(base::Nanos patience, base::Nanos first, base::Nanos now)
        : m_patience(patience), m_allowed(first), m_lookedAt(now)
    {
    }

    void beat(base::Nanos now);
    /// Call it more often than every lookGap.
    void look(base::Nanos now);
    /// From now on a silence of that length is borne, until the next beat.
    void bear(base::Nanos silence);

    bool isMissing() const { return m_silent >= m_allowed; }
    /// Since the last beat, without the gaps.
    base::Nanos silentFor() const { return m_silent; }

private:
    const base::Nanos m_patience;
    base::Nanos m_allowed; ///< until the next beat
    base::Nanos m_lookedAt;
    base::Nanos m_silent{};
};

/// Starts at most so many times within a span.
class StartBudget
{
public:
    static constexpr int starts = 3;
    static constexpr base::Nanos span = std::chrono::minutes(1);

    /// How long the next start has to wait; 0: it may be now.
    base::Nanos wait(base::Nanos now) const;
    void note(base::Nanos now);

private:
    base::Nanos m_at[starts]{}; ///< the last ones, in a ring
    std::size_t m_count = 0;
};

} // namespace vegadesk::watchdog
