#include "venue/notice_faults.h"

#include "venue/schema_drift.h"

#include <utility>

namespace vegadesk::venue
{

void NoticeFaults::append(QByteArrayList& list, const QByteArray& notice) const
{
    if (m_faults.isAccountSilent || m_faults.isHalfOpen)
        return;
    const QByteArray sent = m_faults.hasSchemaDrift ? drifted(notice) : notice;
    list.append(sent);
    if (m_faults.hasDoubledNotices)
        list.append(sent);
    if (m_faults.hasSchemaDrift)
        list.append(unknownNotice());
}

QByteArrayList NoticeFaults::pass(const QByteArray& notice)
{
    QByteArrayList list;
    if (m_faults.hasReorderedNotices && !m_held) {
        m_held = notice;
        m_waited = 0;
        return list;
    }
    const auto earlier = std::exchange(m_held, std::nullopt);
    if (earlier && !m_faults.hasReorderedNotices)
        append(list, *earlier); // the fault has ended meanwhile
    append(list, notice);
    if (earlier && m_faults.hasReorderedNotices)
        append(list, *earlier);
    return list;
}

QByteArrayList NoticeFaults::tick()
{
    QByteArrayList list;
    if (m_held && (++m_waited >= longestWait || !m_faults.hasReorderedNotices))
        append(list, *std::exchange(m_held, std::nullopt));
    return list;
}

} // namespace vegadesk::venue
