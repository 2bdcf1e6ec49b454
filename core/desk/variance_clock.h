#pragma once

#include "base/time.h"

#include <QString>

#include <cstdint>

namespace vegadesk::desk
{

/// Which time volatilities are quoted in.
enum class TimeBasis : std::uint8_t {
    Calendar, ///< every day counts the same
    Trading   ///< a day without a session carries a tenth of the variance of one with it
};
/// "trading"; anything else is Calendar.
TimeBasis timeBasisFromText(const QString& text);

/// The time that figures are said in, and the moment they are of.
struct QuotedTime {
    TimeBasis basis = TimeBasis::Calendar;
    base::Instant now{}; ///< by the market's clock
};

/// How one expiry's figures in calendar time read in another time. Prices, deltas and gammas are the same in both.
struct VarianceClock {
    double years = 0;      ///< of variance to the expiry
    double volatility = 1; ///< factor of a volatility; 1 where no time is left
    double rate =
        1; ///< years of variance that pass in a calendar year, at the pace of the next 24 hours, or of what is left

    /// `now` and `expiresAt` by the market's clock.
    static VarianceClock at(TimeBasis basis, base::Instant now, base::Instant expiresAt);
    /// Of the expiry that is `calendarYears` away.
    static VarianceClock at(const QuotedTime& time, double calendarYears);

    /// A vega to the volatility as it is quoted in this time.
    double vega(double calendarVega) const { return calendarVega / volatility; }
    /// Theta per calendar year, decay at the pace of the next 24 hours: a 365th of it is what the next calendar day takes, which is
    /// what theta is in the whole window.
    /// Inputs  in calendar time, vega per 1.00: of one volatility, whose decay is - vega sigma / (2 T). Of a model without one
    ///         its theta, and the volatility that its price implies with the vega to that.
    double theta(double calendarTheta, double calendarVega, double calendarVolatility, double calendarYears) const;
};

} // namespace vegadesk::desk
