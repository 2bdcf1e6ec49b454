#include "tastytrade/server_clock.h"

#include <algorithm>
#include <chrono>

namespace vegadesk::tastytrade
{

namespace
{

/// Two clocks drift apart by no more than one part in this many: four times what an uncorrected quartz does.
constexpr std::int64_t driftPart = 2500;

} // namespace

void ServerClock::note(base::Instant date, base::Nanos sent, base::Nanos received)
{
    const base::Nanos since = date.time_since_epoch();
    const Span seen{since - received, since + std::chrono::seconds(1) - sent, received};
    if (!m_span) {
        m_span = seen;
        return;
    }
    const base::Nanos drift = (received - m_span->at) / driftPart;
    const Span both{std::max(seen.from, m_span->from - drift), std::min(seen.to, m_span->to + drift), received};
    m_span = both.from <= both.to ? both : seen;
}

double ServerClock::ahead(base::Instant now, base::Nanos elapsed) const
{
    if (!m_span)
        return market::unknown;
    const base::Nanos ours = now.time_since_epoch() - elapsed;
    return base::seconds(std::clamp(base::Nanos{}, m_span->from - ours, m_span->to - ours));
}

} // namespace vegadesk::tastytrade
