#pragma once

#include "venue/faults.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace vegadesk::venue
{

/// What the faults make of the account's notices on their way to the clients, in the order in which they are sent.
class NoticeFaults
{
public:
    /// Ticks of the venue (20 ms each) until a notice that waits for another one goes out by itself.
    static constexpr int longestWait = 25;

    /// `faults` must outlive this.
    explicit NoticeFaults(const Faults& faults) : m_faults(faults) {}

    QByteArrayList pass(const QByteArray& notice);
    /// What must wait no longer.
    QByteArrayList tick();

private:
    void append(QByteArrayList& list, const QByteArray& notice) const;

    const Faults& m_faults;
    std::optional<QByteArray> m_held;
    int m_waited = 0; ///< ticks
};

} // namespace vegadesk::venue
