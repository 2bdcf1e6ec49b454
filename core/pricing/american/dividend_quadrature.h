#pragma once

#include "pricing/american/cash_dividends.h"

#include <cstddef>
#include <span>
#include <vector>

namespace vegadesk::pricing::american_detail
{

/// Price and its derivatives by spot.
struct SpotValue {
    double price = 0, delta = 0, gamma = 0;
};

/// Values on the eve of each ex-date at Gauss-Legendre points in ln spot, last date first; each is an integral over the
/// points of the next. European, or American calls with rate >= 0 and yield <= 0.
class DividendQuadrature
{
public:
    /// Dividends in order, each inside (0, years), amounts positive; at least one.
    DividendQuadrature(Right right, const MarketPoint& market, std::span<const CashDividend> dividends, double strike,
                       double years, double vol, bool isAmerican);

    SpotValue value() const { return after(0, 0, m_market.spot); }

private:
    struct Date {
        double years = 0, amount = 0;
        std::vector<double> logSpots, values; // values times weights
        double exercisedAbove = 0;            // spot; infinite where never
        double atZero = 0;                    // value where the dividend takes all
    };

    void fill(std::size_t index);
    double exerciseLevel(std::size_t index, double highest) const;
    /// Value at `years`, with dates from `next` on still to come.
    SpotValue after(std::size_t next, double years, double spot) const;

    Right m_right;
    MarketPoint m_market;
    double m_strike, m_years, m_vol;
    bool m_isAmerican;
    std::vector<Date> m_dates;
};

} // namespace vegadesk::pricing::american_detail
