#include "desk/variance_clock.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{
/// French and Roll (1986), table 1: over a weekend a stock moves by a tenth more variance than over one trading day, so its
/// two days carry a twentieth each; over a holiday a fifth. In between.
constexpr double closedDayWeight = 0.1;
constexpr double secondsPerYear = 365.0 * 86'400;
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
    const base::Instant to = std::min(now + std::chrono::days(1), expiresAt);
    clock.rate = market::varianceYearsUntil(now, to, closedDayWeight) / market::yearsUntil(now, to);
    return clock;
}

VarianceClock VarianceClock::at(const QuotedTime& time, double calendarYears)
{
    if (time.basis == TimeBasis::Calendar || !(calendarYears > 0)) {
        VarianceClock clock;
        clock.years = calendarYears;
        return clock;
    }
    const std::chrono::duration<double> left(calendarYears * secondsPerYear);
    return at(time.basis, time.now, time.now + std::chrono::duration_cast<base::Nanos>(left));
}

double VarianceClock::theta(double calendarTheta, double calendarVega, double calendarVolatility,
                            double calendarYears) const
{
    if (volatility == 1 && rate == 1)
        return calendarTheta;
    const double decay = 0.5 * calendarVega * calendarVolatility;
    return calendarTheta + decay / calendarYears - decay * rate / years;
}

} // namespace vegadesk::desk
