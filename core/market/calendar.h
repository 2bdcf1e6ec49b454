#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/instrument.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::market
{

/// New York wall time: US daylight-saving rules since 2007 (and those of 1987 to 2006 before), from the rule,
/// without a time-zone database.
struct NewYorkTime {
    base::Date date{};
    std::chrono::seconds sinceMidnight{}; ///< wall clock, 0 to 86,399
    int utcOffsetHours = -5;              ///< -5 or -4
};
NewYorkTime toNewYork(base::Instant instant);
inline base::Date newYorkDate(base::Instant instant)
{
    return toNewYork(instant).date;
}
/// The instant of a New York wall time. The hour that does not exist in March maps to the hour after it;
/// of the hour that exists twice in November the first (daylight) one is meant.
base::Instant fromNewYork(base::Date date, std::chrono::seconds sinceMidnight);

/// One session of the US option exchanges.
struct Session {
    base::Date date{};
    base::Instant open{};       ///< 9:30 in New York
    base::Instant close{};      ///< 16:00, on half days 13:00
    base::Instant indexClose{}; ///< 16:15 (half days 13:15): SPX, SPXW and ETF options that trade to the quarter
    bool isHalfDay = false;
};

/// Rules cover 1998 to 2099, special closures included to 2026; outside, isKnown() is false and automatic
/// trading must not rely on it. Source: NYSE's holiday rules.
bool isKnownYear(int year);
/// "Thanksgiving Day", or empty on a day that is no holiday (weekends are not holidays).
std::string_view holidayName(base::Date date);
bool isHalfDay(base::Date date);
bool isTradingDay(base::Date date);
std::optional<Session> sessionOn(base::Date date);
base::Date nextTradingDay(base::Date date);     ///< the first trading day after `date`
base::Date previousTradingDay(base::Date date); ///< the last one before
int tradingDaysBetween(base::Date from, base::Date to); ///< trading days in (from, to]; 0 when to <= from
bool isOpen(base::Instant instant);

/// Third Friday, or the Thursday before it when that Friday is a holiday.
base::Date monthlyExpiry(int year, unsigned month);

/// When an option that expires on `expiry` is settled: PM at that day's close (16:00, half days 13:00), AM at its
/// open. An expiry on a closed day (Saturdays until 2015) means the trading day before it.
base::Instant expiryInstant(base::Date expiry, Settlement settlement);
/// ACT/365 years from `now`, counted in nanoseconds so that the last day runs in minutes; never negative.
double yearsUntil(base::Instant now, base::Instant expiresAt);

/// Years of variance from `now`: as yearsUntil(), but a day without trading counts `closedDayWeight` of one with it, and
/// a year of 365 days with 252 sessions is still one year. Weight 1 is yearsUntil() itself, 0 is pure trading time. A
/// volatility quoted in this time is the one of calendar time times sqrt(yearsUntil / varianceYearsUntil), so that an
/// option's price is the same in both.
/// Units   days change at New York's midnight and count by the hour; weight 0 to 1; never negative.
/// Source  the weekend effect of French (1980) and the business-time clock of Clark (1973); 252 sessions is convention.
double varianceYearsUntil(base::Instant now, base::Instant expiresAt, double closedDayWeight);

} // namespace vegadesk::market
