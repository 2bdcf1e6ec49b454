#pragma once

#include "base/log.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <variant>

namespace vegadesk
{

/// What the command line asks of the window. Zero and empty: from the settings.
struct Options {
    QString screenshots;      ///< folder; empty: an ordinary start
    bool startupTime = false; ///< say how long the first painted chain took, then quit
    QString replay;
    QString dataDirectory;
    std::uint64_t seed = 0;
    double speed = 0, rate = 0;
    QString theme;
    base::log::Level logLevel = base::log::Level::Info;
};

/// The command line is answered without a window: help, a version, or an error.
struct Answer {
    int status = 0;
    QString text; ///< to standard output for status 0, else to standard error
};

std::variant<Options, Answer> parseOptions(const QStringList& arguments);

} // namespace vegadesk
