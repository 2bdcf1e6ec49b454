#pragma once

#include "base/error.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace vegadesk::base
{

/// A point in time: UTC nanoseconds since 1970.
using Instant = std::chrono::sys_time<std::chrono::nanoseconds>;
using Nanos = std::chrono::nanoseconds;

/// A calendar date in New York, as exchanges print it. Not an instant: market::calendar turns it into one.
using Date = std::chrono::local_days;

constexpr Date makeDate(int year, unsigned month, unsigned day)
{
    return Date(std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month),
                                            std::chrono::day(day)));
}

/// "2026-12-18"; parse refuses anything that is not a real date of that form.
std::string formatDate(Date date);
Result<Date> parseDate(std::string_view text, std::string_view field = "date");

/// ISO 8601 with milliseconds in UTC, as the broker writes it: "2026-11-20T14:30:00.123+00:00".
std::string formatInstant(Instant instant);
/// Reads that form, a trailing Z, a numeric offset, and 0 to 9 decimals of a second; years 1678 to 2261.
Result<Instant> parseInstant(std::string_view text, std::string_view field = "time");

constexpr std::int64_t toUnixMillis(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}
constexpr Instant fromUnixMillis(std::int64_t millis)
{
    return Instant(std::chrono::milliseconds(millis));
}
constexpr double seconds(Nanos span)
{
    return std::chrono::duration<double>(span).count();
}

} // namespace vegadesk::base
