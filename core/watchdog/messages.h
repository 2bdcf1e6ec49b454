#pragma once

#include "base/error.h"
#include "tastytrade/endpoints.h"

#include <QByteArray>

#include <string>
#include <variant>

namespace vegadesk::watchdog
{

/// What Vegadesk tells its watchdog, a JSON object a line, over the pipe that is the watchdog's standard input: nobody else
/// reads that, so the keys go there and neither onto a command line nor into a file. The pipe's end is a message too.

/// The window's thread is alive.
struct Beat {
};
/// Where orders go from now on. Stays true until the next one, also while Vegadesk changes from one to the other.
struct Place {
    std::string environment; ///< as desk::toText() names it
    tastytrade::Endpoints endpoints;
    std::string account;  ///< empty: not known yet
    std::string haltFile; ///< HaltFile's path
    tastytrade::Credentials credentials;
};
/// Vegadesk ends because it was asked to: that the beats stop is in order.
struct Ending {
};

using Message = std::variant<Beat, Place, Ending>;

QByteArray lineOf(const Beat& beat);
QByteArray lineOf(const Place& place);
QByteArray lineOf(const Ending& ending);
/// Refuses what is none, by name, without repeating it.
base::Result<Message> parse(const QByteArray& line);

/// What the watchdog answers each beat with.
inline constexpr auto aliveLine = "alive\n";

} // namespace vegadesk::watchdog
