#include "tastytrade/token_source.h"

#include "base/log.h"
#include "tastytrade/wire/error_body.h"
#include "tastytrade/wire/session.h"

#include <algorithm>
#include <utility>

namespace vegadesk::tastytrade
{

using namespace std::chrono_literals;

TokenSource::TokenSource(Transport& transport, Scheduler& scheduler, QUrl rest, Credentials credentials,
                         std::shared_ptr<LoginGuard> guard)
    : m_transport(transport), m_scheduler(scheduler), m_rest(std::move(rest)), m_credentials(std::move(credentials)),
      m_guard(std::move(guard))
{
    base::log::hide(m_credentials.clientSecret.reveal());
    base::log::hide(m_credentials.refreshToken.reveal());
}

void TokenSource::get(Done done)
{
    if (!m_token.empty() && m_scheduler.elapsed() < m_goodUntil)
        return done(m_token);
    if (m_waiting.empty()) {
        if (const auto allowed = m_guard->mayTry(m_credentials); !allowed)
            return done(tl::make_unexpected(allowed.error()));
    }
    m_waiting.push_back(std::move(done));
    if (m_waiting.size() == 1)
        request();
}

void TokenSource::invalidate(const std::string& token)
{
    if (token == m_token)
        m_token.clear();
}

void TokenSource::request()
{
    wire::TokenRequest body;
    body.refreshToken = m_credentials.refreshToken.reveal();
    body.clientSecret = m_credentials.clientSecret.reveal();
    HttpRequest request;
    request.verb = HttpRequest::Verb::Post;
    request.url = m_rest;
    request.url.setPath(QStringLiteral("/oauth/token"));
    request.body = wire::toBytes(wire::toJson(body));
    m_transport.send(request, [this, alive = std::weak_ptr(m_alive)](const base::Result<HttpAnswer>& answer) {
        if (!alive.expired())
            onAnswer(answer);
    });
}

void TokenSource::onAnswer(const base::Result<HttpAnswer>& answer)
{
    if (!answer)
        return finish(tl::make_unexpected(answer.error()));
    if (answer->status < 200 || answer->status >= 300) {
        base::Error error = wire::errorFromAnswer(answer->status, answer->body, "login");
        if (answer->status == 400 || answer->status == 401 || answer->status == 403) {
            error.kind = base::ErrorKind::Unauthorized;
            m_guard->refused(m_credentials, error);
            if (const auto again = m_guard->mayTry(m_credentials); !again)
                error = again.error();
        }
        return finish(tl::make_unexpected(std::move(error)));
    }
    const auto body = wire::parseObject(answer->body, "login");
    const auto token = body ? wire::parseTokenAnswer(*body) : tl::make_unexpected(body.error());
    if (!token)
        return finish(tl::make_unexpected(token.error()));

    m_guard->accepted(m_credentials);
    m_token = token->accessToken;
    base::log::hide(m_token);
    // A very short-lived token is used for half its life, rather than asked for again with every request.
    const std::chrono::seconds life(token->expiresInSeconds);
    m_goodUntil = m_scheduler.elapsed() + std::max<base::Nanos>(life - 60s, base::Nanos(life) / 2);
    finish(m_token);
}

void TokenSource::finish(const base::Result<std::string>& outcome)
{
    for (const Done& done : std::exchange(m_waiting, {}))
        done(outcome);
}

} // namespace vegadesk::tastytrade
