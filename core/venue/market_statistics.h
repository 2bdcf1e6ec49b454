#pragma once

#include "market/quote.h"
#include "venue/market_model.h"

#include <map>
#include <string>

namespace vegadesk::venue
{

/// What a name's past says on the morning of a day, from its closes. NaN where the past is too short or not known.
struct NameStatistics {
    base::Date date{};
    double historical30 = market::unknown, historical60 = market::unknown,
           historical90 = market::unknown; ///< volatility per year of so many days' closes
    double beta = market::unknown;         ///< on SPY, a year
    double correlation = market::unknown;  ///< with SPY, three months
    double impliedWeekAgo = market::unknown;
    double impliedLow = market::unknown, impliedHigh = market::unknown; ///< of the last year's closes
    double yearLow = market::unknown, yearHigh = market::unknown;       ///< prices
    double dollarVolume = 0;                                            ///< a day, on average of a month
    double shareVolume = 0;
    std::vector<double> implied; ///< month volatility at the closes of the last year, oldest first
};

/// Those of each name, worked out once a day and only where asked for: a year of implied volatilities takes milliseconds.
class MarketStatistics
{
public:
    explicit MarketStatistics(MarketModel& market) : m_market(market) {}

    /// Good until the next call for the name.
    const NameStatistics& of(const market::Instrument& underlying, base::Date today);

private:
    NameStatistics make(const market::Instrument& underlying, base::Date today);
    std::vector<market::Candle> year(const market::Instrument& underlying, base::Date today);

    MarketModel& m_market;
    std::map<std::string, NameStatistics, std::less<>> m_byName;
};

} // namespace vegadesk::venue
