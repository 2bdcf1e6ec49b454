#pragma once

#include "base/time.h"
#include "tastytrade/endpoints.h"

#include <QByteArray>

#include <functional>
#include <map>
#include <mutex>

namespace vegadesk::tastytrade
{

/// Counts refused logins over all connections of the program: after repeated ones the broker locks a whole address out for
/// about eight hours, which then looks like time-outs. Any thread.
///
/// Rule  keys refused twice are not tried again while the program runs; after two refusals in a row at one environment, other
///       keys have to wait as well, but for those that were accepted before: a session at work goes on. At the venue, which locks nobody out, only the first half holds.
class LoginGuard
{
public:
    using Monotonic = std::function<base::Nanos()>;

    static constexpr int refusalsAllowed = 2;
    static constexpr base::Nanos waitAfterRefusals = std::chrono::minutes(15);

    LoginGuard();
    explicit LoginGuard(Monotonic now) : m_now(std::move(now)) {}

    /// Unauthorized while these keys must not be tried, with the reason and what to do.
    base::Result<void> mayTry(const Credentials& credentials) const;
    /// Not in this run any more: only other keys can change that. Otherwise a later try may be allowed.
    bool isHopeless(const Credentials& credentials) const;
    /// The broker's answer to a login that was tried.
    void refused(const Credentials& credentials, const base::Error& why);
    void accepted(const Credentials& credentials);

private:
    struct Refusals {
        int count = 0;
        base::Error last;
        bool wereAccepted = false; ///< in this run
    };
    struct Place {
        int inARow = 0;
        base::Nanos lastAt{};
    };

    const Monotonic m_now;
    mutable std::mutex m_mutex;
    std::map<QByteArray, Refusals> m_ofKeys; ///< by digest; guarded by m_mutex, as the next
    std::map<EnvironmentKind, Place> m_places;
};

} // namespace vegadesk::tastytrade
