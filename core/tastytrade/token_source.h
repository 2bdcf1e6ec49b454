#pragma once

#include "tastytrade/endpoints.h"
#include "tastytrade/login_guard.h"
#include "tastytrade/transport.h"

#include <functional>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// Access tokens from the refresh token (OAuth2). One request at a time, however many ask; a token is replaced 60 s
/// before it ends. What the guard forbids is not asked.
class TokenSource
{
public:
    using Done = std::function<void(base::Result<std::string>)>;

    TokenSource(Transport& transport, Scheduler& scheduler, QUrl rest, Credentials credentials,
                std::shared_ptr<LoginGuard> guard);

    /// `done` may run inside the call when a token is at hand.
    void get(Done done);
    /// The broker refused this token: the next get() asks for a new one.
    void invalidate(const std::string& token);
    /// For good: a person must change the keys. What has to wait only is tried again.
    bool isBlocked() const { return m_guard->isHopeless(m_credentials); }

private:
    void request();
    void onAnswer(const base::Result<HttpAnswer>& answer);
    void finish(const base::Result<std::string>& outcome);

    Transport& m_transport;
    Scheduler& m_scheduler;
    const QUrl m_rest;
    const Credentials m_credentials;
    std::string m_token;
    base::Nanos m_goodUntil{};
    const std::shared_ptr<LoginGuard> m_guard;
    std::vector<Done> m_waiting; ///< not empty: a request is under way
    std::shared_ptr<int> m_alive = std::make_shared<int>();
};

} // namespace vegadesk::tastytrade
