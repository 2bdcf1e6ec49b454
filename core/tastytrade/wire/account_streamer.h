#pragma once

#include "tastytrade/wire/account.h"
#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/lists.h"
#include "tastytrade/wire/order.h"

#include <QByteArray>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// Names a request in its answer: a number or a text, which comes back as it was.
using RequestId = std::variant<std::int64_t, std::string>;

/// What a client sends: "connect" with the accounts, then "heartbeat" every 2 to 60 s.
struct StreamerRequest {
    std::string action;                ///< "connect", "heartbeat", …; a server answers others with not-implemented
    std::vector<std::string> accounts; ///< sent as a list; one account may arrive as a plain text
    std::string authToken;             ///< "Bearer " and the access token
    std::optional<RequestId> requestId;
    std::string source;

    friend bool operator==(const StreamerRequest&, const StreamerRequest&) = default;
};
base::Result<StreamerRequest> parseStreamerRequest(const QByteArray& text);
QByteArray print(const StreamerRequest& request);

/// The answer to one request.
struct StreamerAck {
    bool isOk = false;
    std::string action, sessionId;
    std::string message; ///< why not
    std::vector<std::string> accounts;
    std::optional<RequestId> requestId;

    friend bool operator==(const StreamerAck&, const StreamerAck&) = default;
};

/// Notifications carry whole objects, never differences.
struct OrderNotice {
    Order order;
    base::Instant at{};
};
struct ComplexOrderNotice {
    ComplexOrder order;
    base::Instant at{};
};
struct PositionNotice {
    AccountPosition position;
    base::Instant at{};
};
struct BalanceNotice {
    AccountBalance balance;
    base::Instant at{};
};
/// A quote alert of the customer's has fired; comes to who has asked for "quote-alerts-subscribe". Read as an OtherNotice.
struct AlertNotice {
    QuoteAlert alert;
    base::Instant at{};
};
/// A kind we have no use for ("TradingStatus", "UserMessage", …). Of a ComplexOrder the parts come as Orders too.
struct OtherNotice {
    std::string type;
    base::Instant at{};
};
/// An Order, CurrentPosition or AccountBalance that could not be read. Its text belongs in quarantine; an
/// order is at least identified where its id could be read, because an order of ours must not vanish.
struct BrokenNotice {
    std::string type;
    base::Error error;
    std::optional<execution::BrokerOrder> order;
};

using StreamerMessage =
    std::variant<StreamerAck, OrderNotice, PositionNotice, BalanceNotice, OtherNotice, BrokenNotice>;
/// One text frame holds one message, or several under "results".
base::Result<std::vector<StreamerMessage>> parseStreamerMessages(const QByteArray& text);

QByteArray print(const StreamerAck& ack);
QByteArray print(const OrderNotice& notice);
QByteArray print(const ComplexOrderNotice& notice);
QByteArray print(const PositionNotice& notice);
QByteArray print(const BalanceNotice& notice);
QByteArray print(const AlertNotice& notice);

} // namespace vegadesk::tastytrade::wire
