#pragma once

#include "base/error.h"
#include "base/secret.h"

#include <QUrl>

#include <string>

namespace vegadesk::tastytrade
{

enum class EnvironmentKind : std::uint8_t { Venue, Certification, Live };
std::string_view toText(EnvironmentKind kind); ///< "venue", "certification", "live"

/// Where a broker is. The market-data address comes from the broker, with the quote token.
struct Endpoints {
    EnvironmentKind kind = EnvironmentKind::Venue;
    QUrl rest;
    QUrl accountStreamer;

    /// Our own exchange on this computer.
    static Endpoints venue(std::uint16_t port);
    static Endpoints certification();
    static Endpoints live();

    /// Unencrypted addresses are for this computer alone; the venue is nowhere else; live and certification do not accept
    /// each other's hosts.
    base::Result<void> check() const;
    /// May market data come from there? The same rules, for the address that came with the quote token.
    base::Result<void> checkMarketData(const QUrl& url) const;
};

/// What a login needs. `kind` says where the keys belong; the reader of the environment or keychain knows.
struct Credentials {
    EnvironmentKind kind = EnvironmentKind::Venue;
    std::string name; ///< for messages: "TW_CLIENT_SECRET", "keychain entry sandbox"
    base::Secret clientSecret;
    base::Secret refreshToken;

    /// The venue's: the token it was started with stands for both.
    static Credentials venue(std::string_view runToken);
    /// Refuses, by name, empty keys, keys of another environment, and a refresh token whose own text names another host.
    base::Result<void> checkFor(EnvironmentKind target) const;
};

} // namespace vegadesk::tastytrade
