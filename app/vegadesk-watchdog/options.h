#pragma once

#include "answer.h"
#include "base/log.h"

#include <QString>
#include <QStringList>

#include <variant>

namespace vegadesk::watchdog
{

/// How Vegadesk starts its watchdog. What is secret comes through standard input.
struct Options {
    QString logFile;  ///< empty: none
    QString lockFile; ///< of the data folder; empty: not known
    QString theme, language;
    base::log::Level logLevel = base::log::Level::Info;
};

std::variant<Options, Answer> parseOptions(const QStringList& arguments);

} // namespace vegadesk::watchdog
