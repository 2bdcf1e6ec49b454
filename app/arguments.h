#pragma once

#include "answer.h"

#include <CLI/CLI.hpp>
#include <QString>
#include <QStringList>

#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace vegadesk
{

/// Reads `arguments`, the program's name first, into what `app` binds; an answer where they are to be answered.
inline std::optional<Answer> parse(CLI::App& app, const QStringList& arguments)
{
    // CLI11 takes them last first, without the program's name.
    std::vector<std::string> reversed;
    for (qsizetype index = arguments.size() - 1; index > 0; --index)
        reversed.push_back(arguments[index].toStdString());
    try {
        app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, failure;
        const int status = app.exit(error, out, failure);
        return Answer{status == 0 ? 0 : badUsage, QString::fromStdString(status == 0 ? out.str() : failure.str())};
    }
    return std::nullopt;
}

} // namespace vegadesk
