#pragma once

#include "base/time.h"

#include <initializer_list>
#include <string>
#include <string_view>

/// What sections of a report's page are put together from. Cells are HTML already: escape what is told.
namespace vegadesk::backtest
{

/// "12.34 %"; "not known".
std::string percentText(double fraction, int decimals = 2);
/// A figure in the unit of a Metric.
std::string shown(double value, std::string_view unit);
std::string row(std::initializer_list<std::string> cells, const char* tag = "td");
/// A row that stands out: what the ones above add up to.
std::string sumRow(std::initializer_list<std::string> cells);
std::string table(const std::string& header, const std::string& body);
/// Empty where the body is.
std::string section(const char* title, const std::string& body);
std::string smallText(const std::string& sentence);
/// The New York date.
std::string dayText(base::Instant at);

} // namespace vegadesk::backtest
