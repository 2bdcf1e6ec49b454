#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QJsonObject>

#include <optional>

namespace vegadesk::venue
{

/// What POST /venue/clock may ask for; nothing where it does not.
struct ClockChange {
    std::optional<base::Instant> to;
    std::optional<double> speed;
    std::optional<bool> isPaused;
};

/// {"advance-seconds": 60} or {"to": "2026-01-05T15:00:00Z"}, {"speed": 20}, {"paused": true}: any of them at once.
/// `now` is the venue's time.
/// Errors: a field that is not known or not what it should be, a moment more than 366 days ahead or in a year without a
/// calendar, a speed outside (0, 100,000], no field at all.
base::Result<ClockChange> parseClockChange(const QJsonObject& object, base::Instant now);

} // namespace vegadesk::venue
