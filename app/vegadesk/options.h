#pragma once

#include "answer.h"
#include "base/log.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
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
    std::optional<bool> watchdog; ///< empty: from the settings, where somebody sees its window
    base::log::Level logLevel = base::log::Level::Info;
};

std::variant<Options, Answer> parseOptions(const QStringList& arguments);

} // namespace vegadesk
