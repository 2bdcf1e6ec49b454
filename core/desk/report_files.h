#pragma once

#include "backtest/engine.h"
#include "desk/backtest_views.h"

#include <string>
#include <string_view>

namespace vegadesk::desk
{

/// Writes the whole file or leaves what was there. Errors: Storage, with the file and the system's reason.
base::Result<void> writeFile(const std::string& file, std::string_view text);

/// The report in that format; the command line writes the same. Errors: as writeFile().
base::Result<void> writeReport(const backtest::Report& report, ReportFormat format, const std::string& file);

} // namespace vegadesk::desk
