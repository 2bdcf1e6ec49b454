#pragma once

#include "base/time.h"

namespace vegadesk::execution
{

/// How many orders may leave: a bucket that holds as many as may go in a minute, and fills at that rate. Cancels take nothing
/// from it and never ask it. Orders may be taken before they are there, and then wait for them one behind the other.
class OrderBudget
{
public:
    /// `minute`: how long one is by the clock of the instants below. A count outside 1 to countMost is brought within.
    OrderBudget(int perMinute, base::Nanos minute);

    static constexpr int countMost = 600;
    int perMinute() const { return m_perMinute; }
    /// What is there stays, up to the new count.
    void setPerMinute(int count, base::Instant now);

    /// How long the next order, or the last of as many, would wait; 0 when it may go at once.
    base::Nanos waitAt(base::Instant now, int orders = 1) const;
    void take(base::Instant now);
    /// Somebody set the clock back: the bucket fills from now on, not only once the clock has caught up.
    void noticeClock(base::Instant now);
    /// How many may go at once.
    int left(base::Instant now) const;

private:
    double countAt(base::Instant now) const;

    int m_perMinute;
    base::Nanos m_minute;
    double m_count; ///< at m_at; below 0: orders wait
    base::Instant m_at{};
};

} // namespace vegadesk::execution
