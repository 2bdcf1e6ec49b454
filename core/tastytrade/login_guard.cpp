#include "tastytrade/login_guard.h"

#include <QCryptographicHash>

#include <chrono>

namespace vegadesk::tastytrade
{

namespace
{

/// Tells keys apart without keeping them.
QByteArray digestOf(const Credentials& credentials)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const std::string_view part :
         {toText(credentials.kind), credentials.clientSecret.reveal(), credentials.refreshToken.reveal()}) {
        hash.addData(QByteArrayView(part.data(), static_cast<qsizetype>(part.size())));
        hash.addData(QByteArrayView("", 1));
    }
    return hash.result();
}

} // namespace

LoginGuard::LoginGuard() : LoginGuard([] { return std::chrono::steady_clock::now().time_since_epoch(); }) {}

base::Result<void> LoginGuard::mayTry(const Credentials& credentials) const
{
    const std::scoped_lock lock(m_mutex);
    const auto keys = m_ofKeys.find(digestOf(credentials));
    if (keys != m_ofKeys.end() && keys->second.count >= refusalsAllowed) {
        base::Error error = keys->second.last;
        error.allowed += "; no further attempt is made until the keys change (" + credentials.name + ")";
        return tl::make_unexpected(std::move(error));
    }
    const auto place = m_places.find(credentials.kind);
    const bool wereAccepted = keys != m_ofKeys.end() && keys->second.wereAccepted;
    if (credentials.kind == EnvironmentKind::Venue || wereAccepted || place == m_places.end() ||
        place->second.inARow < refusalsAllowed)
        return {};
    const base::Nanos left = place->second.lastAt + waitAfterRefusals - m_now();
    if (left <= base::Nanos(0))
        return {};
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(left).count();
    return base::fail(base::ErrorKind::Unauthorized, "login", {},
                      "the broker refused two logins in a row and locks an address out for hours after more; the next "
                      "attempt is possible in " +
                          std::to_string(minutes) + " min");
}

bool LoginGuard::isHopeless(const Credentials& credentials) const
{
    const std::scoped_lock lock(m_mutex);
    const auto keys = m_ofKeys.find(digestOf(credentials));
    return keys != m_ofKeys.end() && keys->second.count >= refusalsAllowed;
}

void LoginGuard::refused(const Credentials& credentials, const base::Error& why)
{
    const std::scoped_lock lock(m_mutex);
    Refusals& keys = m_ofKeys[digestOf(credentials)];
    ++keys.count;
    keys.last = why;
    Place& place = m_places[credentials.kind];
    ++place.inARow;
    place.lastAt = m_now();
}

void LoginGuard::accepted(const Credentials& credentials)
{
    const std::scoped_lock lock(m_mutex);
    m_ofKeys[digestOf(credentials)] = {0, {}, true};
    m_places.erase(credentials.kind);
}

} // namespace vegadesk::tastytrade
