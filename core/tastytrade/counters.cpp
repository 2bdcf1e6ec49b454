#include "tastytrade/counters.h"

#include "base/log.h"

namespace vegadesk::tastytrade
{

void Quarantine::put(std::string source, std::string reason, const QByteArray& text)
{
    base::log::warning("{}: a message could not be read: {}", source, reason);
    {
        const std::scoped_lock lock(m_mutex);
        m_entries.push_back({std::move(source), std::move(reason), text.left(2000).toStdString()});
        if (m_entries.size() > bound)
            m_entries.pop_front();
    }
    m_counters.change([](CounterValues& values) { ++values.quarantined; });
}

std::vector<Quarantine::Entry> Quarantine::entries() const
{
    const std::scoped_lock lock(m_mutex);
    return {m_entries.begin(), m_entries.end()};
}

} // namespace vegadesk::tastytrade
