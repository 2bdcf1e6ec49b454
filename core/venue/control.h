#pragma once

#include "venue/rest_api.h"
#include "venue/settings.h"

#include <QJsonObject>

namespace vegadesk::venue
{

class Venue;

/// The routes under /venue/, which no broker has: faults on request and the venue's clock, for tests and for the program
/// that started it. They want this run's token as the bearer; only the clock can be read without.
class Control
{
public:
    /// All must outlive this.
    Control(Venue& venue, const Credentials& credentials, const VenueSettings& settings);

    HttpAnswer handle(const HttpRequest& request);
    /// {"now": "2026-…", "speed": 1.0, "paused": false, "market-open": true}
    QJsonObject clock() const;

private:
    HttpAnswer changeClock(const QJsonObject& body);
    HttpAnswer post(const HttpRequest& request, const QJsonObject& body);

    Venue& m_venue;
    const Credentials& m_credentials;
    const VenueSettings& m_settings;
};

} // namespace vegadesk::venue
