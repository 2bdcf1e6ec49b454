#include "watchdog/messages.h"

#include "base/log.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace vegadesk::watchdog
{

namespace
{

constexpr QLatin1String beatName("beat"), placeName("place"), endingName("ending");

QByteArray line(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

base::Result<tastytrade::EnvironmentKind> kindOf(const QString& name)
{
    using Kind = tastytrade::EnvironmentKind;
    for (const Kind kind : {Kind::Venue, Kind::Certification, Kind::Live}) {
        if (name == text(tastytrade::toText(kind)))
            return kind;
    }
    return base::badInput("kind", name.toStdString(), "venue, certification or live");
}

base::Result<Message> placeOf(const QJsonObject& object)
{
    const auto value = [&object](const char* name) { return object.value(QLatin1String(name)).toString(); };
    const auto kind = kindOf(value("kind"));
    if (!kind)
        return tl::make_unexpected(kind.error());
    Place place;
    place.environment = value("environment").toStdString();
    place.endpoints = {*kind, QUrl(value("rest")), QUrl(value("streamer"))};
    place.account = value("account").toStdString();
    place.haltFile = value("halt-file").toStdString();
    place.credentials.kind = *kind;
    place.credentials.name = value("keys").toStdString();
    place.credentials.clientSecret = base::Secret(value("client-secret").toStdString());
    place.credentials.refreshToken = base::Secret(value("refresh-token").toStdString());
    base::log::hide(place.credentials.clientSecret.reveal());
    base::log::hide(place.credentials.refreshToken.reveal());
    if (place.environment.empty() || place.haltFile.empty())
        return base::badInput("place", {}, "with an environment and a halt file");
    if (const auto checked = place.endpoints.check(); !checked)
        return tl::make_unexpected(checked.error());
    return place;
}

} // namespace

QByteArray lineOf(const Beat&)
{
    return line({{beatName, true}});
}

QByteArray lineOf(const Ending&)
{
    return line({{endingName, true}});
}

QByteArray lineOf(const Place& place)
{
    return line({{placeName, QJsonObject{
                                 {QStringLiteral("environment"), text(place.environment)},
                                 {QStringLiteral("kind"), text(tastytrade::toText(place.endpoints.kind))},
                                 {QStringLiteral("rest"), place.endpoints.rest.toString()},
                                 {QStringLiteral("streamer"), place.endpoints.accountStreamer.toString()},
                                 {QStringLiteral("account"), text(place.account)},
                                 {QStringLiteral("halt-file"), text(place.haltFile)},
                                 {QStringLiteral("keys"), text(place.credentials.name)},
                                 {QStringLiteral("client-secret"), text(place.credentials.clientSecret.reveal())},
                                 {QStringLiteral("refresh-token"), text(place.credentials.refreshToken.reveal())},
                             }}});
}

base::Result<Message> parse(const QByteArray& line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.contains(beatName))
        return Beat{};
    if (object.contains(endingName))
        return Ending{};
    if (object.contains(placeName))
        return placeOf(object.value(placeName).toObject());
    return base::badInput("message", {}, "a beat, a place or an ending");
}

} // namespace vegadesk::watchdog
