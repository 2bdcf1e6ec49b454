#include "market/calendar.h"

#include <algorithm>
#include <array>

namespace vegadesk::market
{

namespace
{

using namespace std::chrono_literals;
using base::Date;
using base::Instant;
using base::makeDate;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::weekday;
using std::chrono::year_month_day;

constexpr auto openTime = 9h + 30min;
constexpr auto closeTime = 16h;
constexpr auto halfDayCloseTime = 13h;
constexpr auto indexExtension = 15min;

Date nthWeekday(int year, unsigned month, weekday day, unsigned n)
{
    return Date(std::chrono::year(year) / std::chrono::month(month) / day[n]);
}

Date lastWeekday(int year, unsigned month, weekday day)
{
    return Date(std::chrono::year(year) / std::chrono::month(month) / day[std::chrono::last]);
}

int yearOf(Date date)
{
    return static_cast<int>(year_month_day(date).year());
}

bool isWeekend(Date date)
{
    const weekday day(date);
    return day == std::chrono::Saturday || day == std::chrono::Sunday;
}

/// First and last day of daylight time: the Energy Policy Act's Sundays since 2007, before that those of
/// 1987.
struct DaylightDates {
    Date first, last;
};

DaylightDates daylightDates(int year)
{
    if (year >= 2007)
        return {nthWeekday(year, 3, std::chrono::Sunday, 2), nthWeekday(year, 11, std::chrono::Sunday, 1)};
    return {nthWeekday(year, 4, std::chrono::Sunday, 1), lastWeekday(year, 10, std::chrono::Sunday)};
}

Instant asUtc(Date date)
{
    return Instant(std::chrono::sys_days(date.time_since_epoch()));
}

/// Gregorian Easter by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8).
Date easterSunday(int year)
{
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int d = b / 4;
    const int e = b % 4;
    const int f = (b + 8) / 25;
    const int g = (b - f + 1) / 3;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4;
    const int k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int month = (h + l - 7 * m + 114) / 31;
    const int day = (h + l - 7 * m + 114) % 31 + 1;
    return makeDate(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

/// A fixed-date holiday on a weekend is kept on the nearest weekday.
Date observed(Date date)
{
    const weekday day(date);
    if (day == std::chrono::Saturday)
        return date - days(1);
    if (day == std::chrono::Sunday)
        return date + days(1);
    return date;
}

struct Closure {
    Date first, last;
    std::string_view name;
};

constexpr std::array closures{
    Closure{makeDate(2001, 9, 11), makeDate(2001, 9, 14), "Attacks of September 11"},
    Closure{makeDate(2004, 6, 11), makeDate(2004, 6, 11), "Mourning for Ronald Reagan"},
    Closure{makeDate(2007, 1, 2), makeDate(2007, 1, 2), "Mourning for Gerald Ford"},
    Closure{makeDate(2012, 10, 29), makeDate(2012, 10, 30), "Hurricane Sandy"},
    Closure{makeDate(2018, 12, 5), makeDate(2018, 12, 5), "Mourning for George H. W. Bush"},
    Closure{makeDate(2025, 1, 9), makeDate(2025, 1, 9), "Mourning for Jimmy Carter"},
};

std::string_view ruleHoliday(Date date)
{
    const int year = yearOf(date);
    switch (static_cast<unsigned>(year_month_day(date).month())) {
    case 1: {
        // On a Saturday it is not moved to Friday: that day closes the business year.
        const Date newYear = makeDate(year, 1, 1);
        if (date == newYear || (weekday(newYear) == std::chrono::Sunday && date == newYear + days(1)))
            return "New Year's Day";
        if (date == nthWeekday(year, 1, std::chrono::Monday, 3))
            return "Martin Luther King Jr. Day";
        break;
    }
    case 2:
        if (date == nthWeekday(year, 2, std::chrono::Monday, 3))
            return "Washington's Birthday";
        break;
    case 3:
    case 4:
        if (date == easterSunday(year) - days(2))
            return "Good Friday";
        break;
    case 5:
        if (date == lastWeekday(year, 5, std::chrono::Monday))
            return "Memorial Day";
        break;
    case 6:
        if (year >= 2022 && date == observed(makeDate(year, 6, 19)))
            return "Juneteenth";
        break;
    case 7:
        if (date == observed(makeDate(year, 7, 4)))
            return "Independence Day";
        break;
    case 9:
        if (date == nthWeekday(year, 9, std::chrono::Monday, 1))
            return "Labor Day";
        break;
    case 11:
        if (date == nthWeekday(year, 11, std::chrono::Thursday, 4))
            return "Thanksgiving Day";
        break;
    case 12:
        if (date == observed(makeDate(year, 12, 25)))
            return "Christmas Day";
        break;
    default:
        break;
    }
    return {};
}

/// Independence Day's early close: the eve when that is a weekday but a Wednesday; with the holiday on a
/// Thursday the Friday after it until 2012, the Wednesday before it since 2013.
bool isIndependenceHalfDay(Date date)
{
    const int year = yearOf(date);
    const Date eve = makeDate(year, 7, 3);
    const weekday eveDay(eve);
    if (eveDay == std::chrono::Wednesday)
        return date == (year >= 2013 ? eve : eve + days(2));
    return date == eve && eveDay.c_encoding() >= 1 && eveDay.c_encoding() <= 4;
}

} // namespace

NewYorkTime toNewYork(Instant instant)
{
    // Standard time decides the year: both changes are far from New Year.
    const auto standard = instant - hours(5);
    const int year = static_cast<int>(year_month_day(std::chrono::floor<days>(standard)).year());
    const DaylightDates dates = daylightDates(year);
    const bool isDaylight = instant >= asUtc(dates.first) + hours(7) && instant < asUtc(dates.last) + hours(6);
    NewYorkTime out;
    out.utcOffsetHours = isDaylight ? -4 : -5;
    const auto wall = instant + hours(out.utcOffsetHours);
    const auto day = std::chrono::floor<days>(wall);
    out.date = Date(day.time_since_epoch());
    out.sinceMidnight = std::chrono::floor<std::chrono::seconds>(wall - day);
    return out;
}

Instant fromNewYork(Date date, std::chrono::seconds sinceMidnight)
{
    const DaylightDates dates = daylightDates(yearOf(date));
    const auto wall = date + sinceMidnight;
    const bool isDaylight = wall >= dates.first + hours(3) && wall < dates.last + hours(2);
    return asUtc(date) + sinceMidnight + hours(isDaylight ? 4 : 5);
}

bool isKnownYear(int year)
{
    return year >= 1998 && year <= 2099;
}

std::string_view holidayName(Date date)
{
    if (isWeekend(date))
        return {};
    for (const Closure& closure : closures) {
        if (date >= closure.first && date <= closure.last)
            return closure.name;
    }
    return ruleHoliday(date);
}

bool isHalfDay(Date date)
{
    if (!isTradingDay(date))
        return false;
    const year_month_day ymd(date);
    const int year = static_cast<int>(ymd.year());
    switch (static_cast<unsigned>(ymd.month())) {
    case 7:
        return isIndependenceHalfDay(date);
    case 11:
        return date == nthWeekday(year, 11, std::chrono::Thursday, 4) + days(1);
    case 12:
        return date == makeDate(year, 12, 24) || date == makeDate(1999, 12, 31) || date == makeDate(2003, 12, 26);
    default:
        return false;
    }
}

bool isTradingDay(Date date)
{
    return !isWeekend(date) && holidayName(date).empty();
}

std::optional<Session> sessionOn(Date date)
{
    if (!isTradingDay(date))
        return std::nullopt;
    Session session;
    session.date = date;
    session.isHalfDay = isHalfDay(date);
    session.open = fromNewYork(date, openTime);
    session.close = fromNewYork(date, session.isHalfDay ? halfDayCloseTime : closeTime);
    session.indexClose = session.close + indexExtension;
    return session;
}

Date nextTradingDay(Date date)
{
    do
        date += days(1);
    while (!isTradingDay(date));
    return date;
}

Date previousTradingDay(Date date)
{
    do
        date -= days(1);
    while (!isTradingDay(date));
    return date;
}

int tradingDaysBetween(Date from, Date to)
{
    int count = 0;
    for (Date date = from + days(1); date <= to; date += days(1))
        count += isTradingDay(date) ? 1 : 0;
    return count;
}

bool isOpen(Instant instant)
{
    const auto session = sessionOn(newYorkDate(instant));
    return session && instant >= session->open && instant < session->close;
}

Date monthlyExpiry(int year, unsigned month)
{
    const Date friday = nthWeekday(year, month, std::chrono::Friday, 3);
    return isTradingDay(friday) ? friday : previousTradingDay(friday);
}

Instant expiryInstant(Date expiry, Settlement settlement)
{
    const Session session = sessionOn(isTradingDay(expiry) ? expiry : previousTradingDay(expiry)).value();
    return settlement == Settlement::AM ? session.open : session.close;
}

double yearsUntil(Instant now, Instant expiresAt)
{
    constexpr double nanosPerYear = 365.0 * 86'400.0 * 1e9;
    return std::max(0.0, static_cast<double>((expiresAt - now).count()) / nanosPerYear);
}

double varianceYearsUntil(Instant now, Instant expiresAt, double closedDayWeight)
{
    constexpr double sessionsPerYear = 252, daysPerYear = 365;
    const double daysInYear = sessionsPerYear + closedDayWeight * (daysPerYear - sessionsPerYear);
    double weighted = 0;
    Instant from = now;
    for (Date date = newYorkDate(now); from < expiresAt; date += days(1)) {
        const Instant midnight = fromNewYork(date + days(1), 0s);
        const Instant to = std::min(midnight, expiresAt);
        weighted += base::seconds(to - from) / 86'400 * (isTradingDay(date) ? 1.0 : closedDayWeight);
        from = to;
    }
    return weighted / daysInYear;
}

} // namespace vegadesk::market
