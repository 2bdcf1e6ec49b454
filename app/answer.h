#pragma once

#include <QString>

namespace vegadesk
{

/// The command line is answered without a window: help, a version, or an error.
struct Answer {
    int status = 0;
    QString text; ///< to standard output for status 0, else to standard error
};

inline constexpr int badUsage = 2; ///< exit status

} // namespace vegadesk
