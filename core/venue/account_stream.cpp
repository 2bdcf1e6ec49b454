#include "venue/account_stream.h"

#include <algorithm>

namespace vegadesk::venue
{

namespace wire = tastytrade::wire;

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
    } else if (request->action != "connect") {
        ack.message = m_isConnected ? "not-implemented" : "connect-not-completed";
    } else if (!request->authToken.starts_with("Bearer ")) {
        ack.message = "Unknown domain";
    } else if (!m_credentials.isValid(request->authToken)) {
        ack.message = "failed";
    } else if (std::ranges::find(request->accounts, m_account) == request->accounts.end()) {
        ack.message = "value missing or not valid";
    } else {
        ack.isOk = m_isConnected = true;
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
