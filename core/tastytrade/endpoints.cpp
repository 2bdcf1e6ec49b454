#include "tastytrade/endpoints.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace vegadesk::tastytrade
{

namespace
{

bool isLoopback(const QUrl& url)
{
    return url.host() == QLatin1String("localhost") || QHostAddress(url.host()).isLoopback();
}

bool isEncrypted(const QUrl& url)
{
    return url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("wss");
}

bool isProductionHost(const QString& host)
{
    static const QStringList hosts{QStringLiteral("api.tastyworks.com"), QStringLiteral("api.tastytrade.com"),
                                   QStringLiteral("streamer.tastyworks.com"),
                                   QStringLiteral("streamer.tastytrade.com")};
    return hosts.contains(host);
}

bool isCertificationHost(const QString& host)
{
    return host.endsWith(QLatin1String(".cert.tastyworks.com")) || host.endsWith(QLatin1String(".cert.tastytrade.com"));
}

base::Result<void> checkScheme(const QUrl& url, const char* name)
{
    const QString scheme = url.scheme();
    const bool isKnown = isEncrypted(url) || scheme == QLatin1String("http") || scheme == QLatin1String("ws");
    if (!url.isValid() || url.host().isEmpty() || !isKnown)
        return base::badInput(name, url.toString().toStdString(), "an https or wss address");
    if (!isEncrypted(url) && !isLoopback(url))
        return base::badInput(name, url.toString().toStdString(),
                              "an encrypted address (https or wss); others only on this computer");
    return {};
}

base::Result<void> checkOne(EnvironmentKind kind, const QUrl& url, const char* name)
{
    if (const auto scheme = checkScheme(url, name); !scheme)
        return scheme;
    const std::string shown = url.toString().toStdString();
    switch (kind) {
    case EnvironmentKind::Venue:
        if (!isLoopback(url))
            return base::badInput(name, shown, "an address on this computer, where the venue runs");
        break;
    case EnvironmentKind::Certification:
        if (!isCertificationHost(url.host()))
            return base::badInput(name, shown, "the broker's certification host");
        break;
    case EnvironmentKind::Live:
        if (!isProductionHost(url.host()))
            return base::badInput(name, shown, "the broker's production host");
        break;
    }
    return {};
}

/// The host a refresh token says it was issued by; empty when it does not say.
QString issuerHost(std::string_view token)
{
    const QByteArrayList parts = QByteArray(token.data(), static_cast<qsizetype>(token.size())).split('.');
    if (parts.size() != 3)
        return {};
    const QByteArray payload = QByteArray::fromBase64(parts.at(1), QByteArray::Base64UrlEncoding);
    const QUrl issuer(QJsonDocument::fromJson(payload).object().value(QLatin1String("iss")).toString());
    return issuer.host();
}

} // namespace

std::string_view toText(EnvironmentKind kind)
{
    switch (kind) {
    case EnvironmentKind::Venue:
        return "venue";
    case EnvironmentKind::Certification:
        return "certification";
    case EnvironmentKind::Live:
        break;
    }
    return "live";
}

Endpoints Endpoints::venue(std::uint16_t port)
{
    const QString host = QStringLiteral("://127.0.0.1:") + QString::number(port);
    return {EnvironmentKind::Venue, QUrl(QStringLiteral("http") + host), QUrl(QStringLiteral("ws") + host)};
}

Endpoints Endpoints::certification()
{
    return {EnvironmentKind::Certification, QUrl(QStringLiteral("https://api.cert.tastyworks.com")),
            QUrl(QStringLiteral("wss://streamer.cert.tastyworks.com"))};
}

Endpoints Endpoints::live()
{
    return {EnvironmentKind::Live, QUrl(QStringLiteral("https://api.tastyworks.com")),
            QUrl(QStringLiteral("wss://streamer.tastyworks.com"))};
}

base::Result<void> Endpoints::check() const
{
    if (const auto first = checkOne(kind, rest, "REST address"); !first)
        return first;
    return checkOne(kind, accountStreamer, "account streamer address");
}

base::Result<void> Endpoints::checkMarketData(const QUrl& url) const
{
    if (const auto scheme = checkScheme(url, "market data address"); !scheme)
        return scheme;
    if ((kind == EnvironmentKind::Venue) != isLoopback(url))
        return base::badInput("market data address", url.toString().toStdString(),
                              kind == EnvironmentKind::Venue ? "an address on this computer"
                                                             : "an address of the broker's");
    return {};
}

Credentials Credentials::venue(std::string_view runToken)
{
    return {EnvironmentKind::Venue, "the venue's token", base::Secret(runToken), base::Secret(runToken)};
}

base::Result<void> Credentials::checkFor(EnvironmentKind target) const
{
    const std::string place(toText(target));
    if (kind != target)
        return base::fail(base::ErrorKind::Unauthorized, name, std::string(toText(kind)) + " keys",
                          "the " + place + " environment takes its own keys only");
    if (clientSecret.isEmpty() || refreshToken.isEmpty())
        return base::fail(base::ErrorKind::Unauthorized, name, {},
                          "a client secret and a refresh token are needed for the " + place + " environment");
    const QString issuer = issuerHost(refreshToken.reveal());
    if ((target == EnvironmentKind::Live && isCertificationHost(issuer)) ||
        (target == EnvironmentKind::Certification && isProductionHost(issuer)))
        return base::fail(base::ErrorKind::Unauthorized, name, "a refresh token of " + issuer.toStdString(),
                          "the " + place + " environment takes its own keys only");
    return {};
}

} // namespace vegadesk::tastytrade
