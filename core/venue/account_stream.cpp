#include "venue/account_stream.h"

#include <algorithm>
#include <array>

namespace vegadesk::venue
{

namespace wire = tastytrade::wire;

namespace
{

constexpr std::string_view quoteAlerts = "quote-alerts-subscribe";

/// Public lists do not change here, and no person writes a message.
bool isKnown(std::string_view action)
{
    constexpr std::array<std::string_view, 5> actions{"connect", "account-subscribe", "public-watchlists-subscribe",
                                                      quoteAlerts, "user-message-subscribe"};
    return std::ranges::find(actions, action) != actions.end();
}

/// The second is its older name.
bool isConnect(std::string_view action)
{
    return action == "connect" || action == "account-subscribe";
}

} // namespace

bool AccountStream::isValid(const wire::StreamerRequest& request) const
{
    if (isConnect(request.action))
        return !request.accounts.empty() &&
               std::ranges::all_of(request.accounts, [this](const std::string& each) { return each == m_account; });
    return request.action != "user-message-subscribe" || !request.accounts.empty(); // that user's id
}

AccountStream::AccountStream(std::string sessionId, const Credentials& credentials, std::string account, Send send)
    : m_sessionId(std::move(sessionId)), m_credentials(credentials), m_account(std::move(account)),
      m_send(std::move(send))
{
}

void AccountStream::receive(const QByteArray& frame)
{
    wire::StreamerAck ack;
    ack.sessionId = m_sessionId;
    const auto request = wire::parseStreamerRequest(frame);
    if (!request) {
        ack.message = "not-implemented";
        m_send(wire::print(ack));
        return;
    }
    ack.action = request->action;
    ack.requestId = request->requestId;
    if (request->action == "heartbeat") {
        ack.isOk = true; // also without a valid token, as the broker does
    } else if (!isKnown(request->action) || (!isConnect(request->action) && !m_isConnected)) {
        ack.message = "not-implemented";
    } else if (!request->authToken.starts_with("Bearer ")) {
        ack.message = "Unknown domain";
    } else if (!m_credentials.isValid(request->authToken)) {
        ack.message = "failed";
    } else if (!isValid(*request)) {
        ack.message = "value missing or not valid";
    } else {
        ack.isOk = m_isConnected = true;
        m_wantsAlerts = m_wantsAlerts || request->action == quoteAlerts;
        ack.accounts = request->accounts;
    }
    m_send(wire::print(ack));
}

void AccountStream::notify(const QByteArray& frame)
{
    if (m_isConnected)
        m_send(frame);
}

} // namespace vegadesk::venue
