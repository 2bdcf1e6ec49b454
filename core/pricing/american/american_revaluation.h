#pragma once

#include "pricing/american/volatility_strip.h"
#include "pricing/black_scholes.h"

#include <span>
#include <vector>

namespace vegadesk::pricing
{

/// American options of one side, rate, yield and expiry, valued in many states of spot, time and volatility: for what-if
/// grids and risk figures.
///
/// Method   a boundary depends on volatility and the time left, not on spot and strike. Volatilities fall into fixed ranges,
///          a factor of four each, and the time left into halves of the whole; a range's boundaries are solved for when a
///          state first needs them (american/volatility_strip.h), and moved exactly to each date. States that follow each
///          other with the same date and volatility share one boundary.
/// Accuracy prices within 1e-7 of americanPrice(), of the larger of spot and strike. A price depends on its own state alone, to
///          the bit, not on what else was asked for.
/// Limits   as americanPrice(). Where boundaries cannot be shared (a negative yield, terms so long that they settle) each is
///          solved for by itself, and where there are two of them, each price by finite differences.
/// Threads  one at a time; price() allocates when a state needs a range or a date that none needed before.
class AmericanRevaluation
{
public:
    AmericanRevaluation(Right right, double rate, double dividendYield, double years);

    /// Whether exercise before expiry is ever worth it; where not, the prices are blackScholesPrice()'s.
    bool exercisesEarly() const;

    /// Shapes  all of one length; years: left in that state, up to the expiry's.
    /// Errors  a bad state is NaN, its neighbours are not touched by it.
    void price(double strike, std::span<const double> spots, std::span<const double> years,
               std::span<const double> vols, std::span<double> prices);

private:
    struct Strip {
        double years;
        int range;
        american_detail::VolatilityStrip boundaries;
    };

    void priceRun(double strike, std::span<const double> spots, double years, double vol, std::span<double> prices);
    american_detail::Boundary boundaryAt(double years, double vol);
    const Strip& solved(double years, int range);
    const Strip& moved(double years, int range);

    Right m_right;
    double m_rate, m_dividendYield, m_years;
    std::vector<Strip> m_solved, m_moved;
    american_detail::Boundary m_last; // of the last state
};

} // namespace vegadesk::pricing
