#pragma once

#include "tastytrade/wire/account_streamer.h"
#include "venue/credentials.h"
#include "venue/exchange.h"

#include <QByteArray>

#include <functional>
#include <string>

namespace vegadesk::venue
{

/// One client of the account streamer, without its socket.
/// Source  the protocol reference, 8: "connect" with a valid token, then whole objects. Heartbeats are answered whatever they
///         carry; of the other subscriptions, which are acknowledged once connected, only quote alerts bring anything.
class AccountStream
{
public:
    using Send = std::function<void(const QByteArray& frame)>;

    AccountStream(std::string sessionId, const Credentials& credentials, std::string account, Send send);

    void receive(const QByteArray& frame);
    bool isConnected() const { return m_isConnected; }
    /// Passes a notice on, if the client has connected.
    void notify(const QByteArray& frame);
    bool wantsAlerts() const { return m_wantsAlerts; }

private:
    bool isValid(const tastytrade::wire::StreamerRequest& request) const;

    std::string m_sessionId;
    const Credentials& m_credentials;
    std::string m_account;
    Send m_send;
    bool m_isConnected = false, m_wantsAlerts = false;
};

} // namespace vegadesk::venue
