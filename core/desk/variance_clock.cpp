#include "desk/variance_clock.h"

#include "market/calendar.h"

#include <cmath>

namespace vegadesk::desk
{

namespace
{
/// French and Roll (1986), table 1: over a weekend a stock moves by a tenth more variance than over one trading day, so its
/// two days carry a twentieth each; over a holiday a fifth. In between.
constexpr double closedDayWeight = 0.1;
} // namespace

TimeBasis timeBasisFromText(const QString& text)
{
    return text == QLatin1String("trading") ? TimeBasis::Trading : TimeBasis::Calendar;
}

VarianceClock VarianceClock::at(TimeBasis basis, base::Instant now, base::Instant expiresAt)
{
    VarianceClock clock;
    const double calendarYears = market::yearsUntil(now, expiresAt);
    clock.years = calendarYears;
    if (basis == TimeBasis::Calendar || calendarYears <= 0)
        return clock;
    clock.years = market::varianceYearsUntil(now, expiresAt, closedDayWeight);
    clock.volatility = std::sqrt(calendarYears / clock.years);
    // The pace of a whole day of the kind that it is now.
    const base::Date today = market::newYorkDate(now);
    const base::Instant from = market::fromNewYork(today, {}),
                        to = market::fromNewYork(today + std::chrono::days(1), {});
    clock.rate = market::varianceYearsUntil(from, to, closedDayWeight) / market::yearsUntil(from, to);
    return clock;
}

double VarianceClock::theta(double calendarTheta, double calendarVega, double calendarVolatility,
                            double calendarYears) const
{
    const double decay = 0.5 * calendarVega * calendarVolatility;
    return calendarTheta + decay / calendarYears - decay * rate / years;
}

} // namespace vegadesk::desk
