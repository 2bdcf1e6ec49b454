#include "base/time.h"

#include <charconv>
#include <fmt/format.h>

namespace vegadesk::base
{

namespace
{

/// Whole years that 64 bits of nanoseconds about 1970 can hold.
constexpr int firstYear = 1678, lastYear = 2261;

/// Exactly `width` digits at `at`, or -1.
int digitsAt(std::string_view text, std::size_t at, std::size_t width)
{
    if (at + width > text.size())
        return -1;
    int number = 0;
    for (std::size_t i = at; i < at + width; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

} // namespace

std::string formatDate(Date date)
{
    const std::chrono::year_month_day ymd(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

Result<Date> parseDate(std::string_view text, std::string_view field)
{
    const int year = digitsAt(text, 0, 4);
    const int month = digitsAt(text, 5, 2);
    const int day = digitsAt(text, 8, 2);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-' && year >= 0 && month > 0 && day > 0) {
        const std::chrono::year_month_day ymd{std::chrono::year(year),
                                              std::chrono::month(static_cast<unsigned>(month)),
                                              std::chrono::day(static_cast<unsigned>(day))};
        if (ymd.ok())
            return Date(ymd);
    }
    return badInput(field, text.substr(0, 40), "a date such as 2026-12-18");
}

std::string formatInstant(Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day ymd(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::milliseconds>(instant - day));
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+00:00", static_cast<int>(ymd.year()),
                       static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

Result<Instant> parseInstant(std::string_view text, std::string_view field)
{
    const auto refuse = [&] {
        return badInput(field, text.substr(0, 40), "a time such as 2026-11-20T14:30:00.123+00:00");
    };
    const auto date = parseDate(text.substr(0, 10), field);
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    const int second = digitsAt(text, 17, 2);
    if (!date || text.size() < 19 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':'
        || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return refuse();

    std::size_t at = 19;
    std::int64_t nanos = 0;
    if (at < text.size() && text[at] == '.') {
        std::int64_t unit = 100'000'000;
        const std::size_t first = ++at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
            nanos += unit * (text[at] - '0');
        if (at == first || at > first + 9)
            return refuse();
    }

    int offsetMinutes = 0;
    if (at < text.size() && text[at] == 'Z') {
        ++at;
    } else if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const int sign = text[at] == '-' ? -1 : 1;
        const int hours = digitsAt(text, at + 1, 2);
        at += 3;
        int minutes = 0;
        if (at < text.size()) {
            if (text[at] == ':')
                ++at;
            minutes = digitsAt(text, at, 2);
            at += 2;
        }
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59)
            return refuse();
        offsetMinutes = sign * (hours * 60 + minutes);
    } else {
        return refuse();
    }
    if (at != text.size())
        return refuse();

    const std::chrono::sys_days day(date->time_since_epoch());
    if (*date < makeDate(firstYear, 1, 1) || *date >= makeDate(lastYear + 1, 1, 1))
        return refuse();
    return Instant(day) + std::chrono::hours(hour) + std::chrono::minutes(minute - offsetMinutes)
           + std::chrono::seconds(second) + Nanos(nanos);
}

} // namespace vegadesk::base
