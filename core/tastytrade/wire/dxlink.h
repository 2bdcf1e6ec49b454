#pragma once

#include "tastytrade/wire/feed_event.h"

#include <QByteArray>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vegadesk::tastytrade::wire::dxlink
{

enum class DataFormat : std::uint8_t { Full, Compact };

/// An item of a subscription. Types we do not speak keep their word, so that a server can pass over them.
struct Subscription {
    std::string type; ///< "Quote"
    std::string symbol;
    std::optional<std::int64_t> fromTime; ///< time series: milliseconds since 1970

    friend bool operator==(const Subscription&, const Subscription&) = default;
};

// One struct a message; channel 0 is the connection itself. Timeouts and periods are in seconds.
struct Setup {
    std::string version;
    double keepaliveTimeout = 60, acceptKeepaliveTimeout = 60;

    friend bool operator==(const Setup&, const Setup&) = default;
};
struct AuthState {
    bool isAuthorized = false;
    std::string userId;

    friend bool operator==(const AuthState&, const AuthState&) = default;
};
struct Auth {
    std::string token; ///< raw, without "Bearer"

    friend bool operator==(const Auth&, const Auth&) = default;
};
struct ChannelRequest {
    int channel = 1; ///< odd for clients
    std::string service = "FEED", contract = "AUTO";

    friend bool operator==(const ChannelRequest&, const ChannelRequest&) = default;
};
struct ChannelOpened {
    int channel = 1;
    std::string service = "FEED", contract = "AUTO", subFormat = "LIST";

    friend bool operator==(const ChannelOpened&, const ChannelOpened&) = default;
};
struct ChannelCancel {
    int channel = 1;

    friend bool operator==(const ChannelCancel&, const ChannelCancel&) = default;
};
struct ChannelClosed {
    int channel = 1;

    friend bool operator==(const ChannelClosed&, const ChannelClosed&) = default;
};
struct FeedSetup {
    int channel = 1;
    std::optional<double> aggregationPeriod;
    std::optional<DataFormat> format;
    EventLayouts layouts; ///< only the types the client named

    friend bool operator==(const FeedSetup&, const FeedSetup&) = default;
};
struct FeedConfig {
    int channel = 1;
    double aggregationPeriod = 0;
    DataFormat format = DataFormat::Compact;
    EventLayouts layouts; ///< only the types the server announces now

    friend bool operator==(const FeedConfig&, const FeedConfig&) = default;
};
struct FeedSubscription {
    int channel = 1;
    bool reset = false; ///< before `add` and `remove`
    std::vector<Subscription> add, remove;

    friend bool operator==(const FeedSubscription&, const FeedSubscription&) = default;
};
struct FeedData {
    int channel = 1;
    std::vector<Event> events;
    Refusals refusals{}; ///< when read: what was left out
};
struct Keepalive {
    int channel = 0;

    friend bool operator==(const Keepalive&, const Keepalive&) = default;
};
struct ProtocolError {
    int channel = 0;
    std::string error; ///< UNSUPPORTED_PROTOCOL, TIMEOUT, UNAUTHORIZED, INVALID_MESSAGE, BAD_ACTION, UNKNOWN
    std::string message;

    friend bool operator==(const ProtocolError&, const ProtocolError&) = default;
};
/// A type we do not know: the protocol grows.
struct OtherMessage {
    int channel = 0;
    std::string type;

    friend bool operator==(const OtherMessage&, const OtherMessage&) = default;
};

using Message = std::variant<Setup, AuthState, Auth, ChannelRequest, ChannelOpened, ChannelCancel, ChannelClosed,
                             FeedSetup, FeedConfig, FeedSubscription, FeedData, Keepalive, ProtocolError, OtherMessage>;

/// `layouts` tells how COMPACT rows are to be read; FULL data needs none. In FEED_DATA, event types we do not
/// speak are passed over, and one bad row costs none of the good ones; FeedReader reads COMPACT data many times faster.
/// Errors name what is malformed, in FEED_DATA where nothing at all could be read; nothing of such a frame is to be used.
base::Result<Message> parse(const QByteArray& text, const EventLayouts& layouts);

/// Everything but data.
QByteArray print(const Setup& message);
QByteArray print(const AuthState& message);
QByteArray print(const Auth& message);
QByteArray print(const ChannelRequest& message);
QByteArray print(const ChannelOpened& message);
QByteArray print(const ChannelCancel& message);
QByteArray print(const ChannelClosed& message);
QByteArray print(const FeedSetup& message);
QByteArray print(const FeedConfig& message);
QByteArray print(const FeedSubscription& message);
QByteArray print(const Keepalive& message);
QByteArray print(const ProtocolError& message);
/// One pair of type and array per run of equal types. Send one type a message: two well-known clients read
/// only the first.
QByteArray print(const FeedData& message, DataFormat format, const EventLayouts& layouts);

} // namespace vegadesk::tastytrade::wire::dxlink
