#include "venue/control.h"

#include "market/calendar.h"
#include "venue/rest_answers.h"
#include "venue/venue.h"

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

HttpAnswer invalid(std::string message)
{
    return error(400, "validation_error", std::move(message));
}

} // namespace

Control::Control(Venue& venue, const Credentials& credentials, const VenueSettings& settings)
    : m_venue(venue), m_credentials(credentials), m_settings(settings)
{
}

QJsonObject Control::clock() const
{
    const base::Instant now = m_venue.now();
    return {{QStringLiteral("now"), QString::fromStdString(base::formatInstant(now))},
            {QStringLiteral("speed"), m_venue.clockSpeed()},
            {QStringLiteral("paused"), m_venue.isClockPaused()},
            {QStringLiteral("market-open"), market::isOpen(now)}};
}

HttpAnswer Control::handle(const HttpRequest& request)
{
    if (request.path == QLatin1String("/venue/clock") && request.method == "GET")
        return json(clock()); // no secret, and needed before a token is
    const QByteArray& bearer = request.authorization;
    const std::string given = bearer.startsWith("Bearer ") ? bearer.mid(7).toStdString() : std::string();
    if (!m_credentials.isRunToken(given))
        return error(401, "unauthorized", "This run's token is needed.");
    if (request.method == "GET" && request.path == QLatin1String("/venue/faults"))
        return json(toJson(m_venue.faults()));
    if (request.method != "POST")
        return notFound("route");
    const base::Result<QJsonObject> body = wire::parseObject(request.body, "request");
    return body ? post(request, *body) : invalid(body.error().message());
}

HttpAnswer Control::changeClock(const QJsonObject& body)
{
    const auto change = parseClockChange(body, m_venue.now());
    if (!change)
        return invalid(change.error().message());
    const auto changed = m_venue.changeClock(*change);
    return changed ? json(clock()) : error(409, "clock_refused", changed.error().message());
}

HttpAnswer Control::post(const HttpRequest& request, const QJsonObject& body)
{
    if (request.path == QLatin1String("/venue/faults")) {
        Faults changed = m_venue.faults();
        if (const auto read = readFaults(body, changed); !read)
            return invalid(read.error().message());
        m_venue.setFaults(changed);
        return json(toJson(changed));
    }
    for (const FaultAction action :
         {FaultAction::CutConnections, FaultAction::ExpireTokens, FaultAction::ResetAccount}) {
        if (request.path.toStdString() != "/venue/" + std::string(toText(action)))
            continue;
        const auto done = m_venue.apply(action);
        return done ? json({}) : error(500, "state_not_written", done.error().message());
    }
    if (request.path == QLatin1String("/venue/clock") && m_settings.clock == nullptr)
        return changeClock(body);
    return notFound("route");
}

} // namespace vegadesk::venue
