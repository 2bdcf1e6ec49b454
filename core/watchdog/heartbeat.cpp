#include "watchdog/heartbeat.h"

#include <algorithm>

namespace vegadesk::watchdog
{

void Heartbeat::beat(base::Nanos now)
{
    m_lookedAt = now;
    m_silent = {};
    m_allowed = m_patience;
}

void Heartbeat::look(base::Nanos now)
{
    const base::Nanos passed = now - m_lookedAt;
    m_lookedAt = now;
    if (passed > lookGap)
        m_silent = {};
    else
        m_silent += passed;
}

void Heartbeat::bear(base::Nanos silence)
{
    m_silent = {};
    m_allowed = silence;
}

base::Nanos StartBudget::wait(base::Nanos now) const
{
    if (m_count < starts)
        return {};
    const base::Nanos oldest = m_at[m_count % starts];
    return std::max(base::Nanos(0), oldest + span - now);
}

void StartBudget::note(base::Nanos now)
{
    m_at[m_count++ % starts] = now;
}

} // namespace vegadesk::watchdog
