#pragma once

#include "base/time.h"
#include "market/instrument.h"

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// What the market generator knows of one underlying. The names are borrowed, the numbers are ours:
/// every description begins with "Simulated". Index weights are rounded from the sizes the companies had early in 2026, stay
/// as they are at all times, and sum to less than 1: the rest of the index is not listed.
struct SimulatedUnderlying {
    std::string symbol;
    std::string description;
    market::InstrumentType type = market::InstrumentType::Equity;
    double anchorPrice = 100;     ///< level of the trend on 2026-01-02, dollars
    double growth = 0.08;         ///< of the trend, per year, continuous
    double beta = 1;              ///< exposure to the market factor
    double ownVolatility = 0;     ///< of what the factor does not explain, per year; 0: moves with the factor alone
    double dividendYield = 0;     ///< continuous, per year
    double skew = -0.35;          ///< correlation parameter of the volatility surface, in (-1, 1)
    double curvature = 1;         ///< its eta; curvature · (1 + |skew|) <= 2 keeps the surface free of arbitrage
    double spreadFraction = 0.02; ///< of an at-the-money option's price between bid and ask
    bool hasDailyExpiries = false;
    bool isCompany = false; ///< reports every quarter; funds and indices do not
    std::string weeklyRoot; ///< of PM-settled weeklies beside AM-settled monthlies ("SPXW"); empty: one root
    market::TickTable optionTicks;
    double dailyShareVolume = 1e7;
    double openInterestScale = 1000; ///< contracts at the money
    double indexWeight = 0;          ///< fraction of SPX, in [0, 1); 0: no constituent

    bool isIndex() const { return type == market::InstrumentType::Index; }
    /// Index options are European and settle in cash, all others are American.
    market::ExerciseStyle style() const
    {
        return isIndex() ? market::ExerciseStyle::European : market::ExerciseStyle::American;
    }
};

/// Every name the generator can simulate: SPX first, then ETFs, then stocks, at least 30 of them constituents of SPX. A
/// name's place never changes its path.
const std::vector<SimulatedUnderlying>& simulatedUniverse();
/// Null when there is no such name.
const SimulatedUnderlying* findSimulated(std::string_view symbol);

/// Log of the level that its price reverts to.
double logTrend(const SimulatedUnderlying& name, base::Date date);

/// The risk-free rate the generator prices with: continuous, per year, piecewise linear in time.
double simulatedRate(base::Date date);

} // namespace vegadesk::history
