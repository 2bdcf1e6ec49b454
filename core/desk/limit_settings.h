#pragma once

#include "base/error.h"
#include "base/time.h"
#include "risk/limits.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>

namespace vegadesk::desk
{

class Settings;

/// The limits that the settings ask for: the profile of the chosen tolerance, or what the user put in its place. That is kept
/// for each profile by itself, whole or not at all.

risk::Tolerance toleranceOf(const Settings& settings);
QString limitsKey(risk::Tolerance tolerance);

/// A profile's figures as the user changed them.
struct OwnLimits {
    risk::Limits limits;
    std::string reason;
    base::Instant at{};
};
/// Empty: the profile's own are in force, or what is stored cannot be read.
std::optional<OwnLimits> ownLimits(const Settings& settings, risk::Tolerance tolerance);
/// Where something is stored that nobody can read, or that is over a cap, the lowest profile's.
risk::Limits limitsInForce(const Settings& settings, risk::Tolerance tolerance);
/// Keys whose figures cannot be read.
QStringList unreadableLimits(const Settings& settings);

/// Settings::changed() says so with limitsKey(). Errors: BadInput that names the figure, its value and what is allowed, and the
/// reason where there is none. Figures that are the profile's own put it back in force.
base::Result<void> setOwnLimits(Settings& settings, risk::Tolerance tolerance, const risk::Limits& limits,
                                const QString& reason, base::Instant at);
/// Why they are what they are, for the journal: the reason that was given last for this profile, empty without.
std::string limitsReason(const Settings& settings, risk::Tolerance tolerance);

} // namespace vegadesk::desk
