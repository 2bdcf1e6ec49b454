#include "history/universe.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Decimal;
using market::InstrumentType;
using market::TickTable;

TickTable ladder(std::int64_t lowHundredths, std::int64_t highHundredths)
{
    constexpr std::int64_t hundredth = Decimal::unitsPerOne / 100;
    return {{Decimal::fromInteger(3), Decimal::fromUnits(lowHundredths * hundredth)},
            {std::nullopt, Decimal::fromUnits(highHundredths * hundredth)}};
}

TickTable indexTicks()
{
    return ladder(5, 10);
}
TickTable pennyTicks()
{
    return {{std::nullopt, Decimal::fromUnits(Decimal::unitsPerOne / 100)}};
}
TickTable nickelTicks()
{
    return ladder(1, 5);
}

SimulatedUnderlying fund(std::string symbol, std::string description, double price, double growth, double beta,
                         double ownVolatility, double yield, double openInterest)
{
    SimulatedUnderlying name;
    name.symbol = std::move(symbol);
    name.description = std::move(description);
    name.anchorPrice = price;
    name.growth = growth;
    name.beta = beta;
    name.ownVolatility = ownVolatility;
    name.dividendYield = yield;
    name.skew = -0.6;
    name.spreadFraction = 0.008;
    name.hasDailyExpiries = true;
    name.optionTicks = pennyTicks();
    name.dailyShareVolume = 6e7;
    name.openInterestScale = openInterest;
    return name;
}

SimulatedUnderlying stock(std::string symbol, std::string company, double price, double growth, double beta,
                          double ownVolatility, double yield, double spread, double indexWeight)
{
    SimulatedUnderlying name;
    name.symbol = std::move(symbol);
    name.description = "Simulated " + company;
    name.anchorPrice = price;
    name.growth = growth;
    name.beta = beta;
    name.ownVolatility = ownVolatility;
    name.dividendYield = yield;
    name.spreadFraction = spread;
    name.isCompany = true;
    name.optionTicks = nickelTicks();
    name.dailyShareVolume = 3e7;
    name.openInterestScale = 4000;
    name.indexWeight = indexWeight;
    return name;
}

/// New names go to the end. Alphabet's weight is that of both its classes of shares.
std::vector<SimulatedUnderlying> makeUniverse()
{
    std::vector<SimulatedUnderlying> names;
    // SPY is a tenth of SPX less a small tracking difference; both follow the factor and nothing else.
    SimulatedUnderlying spx = fund("SPX", "Simulated S&P 500 index", 6850, 0.09, 1, 0, 0.013, 9000);
    spx.type = InstrumentType::Index;
    spx.weeklyRoot = "SPXW";
    spx.optionTicks = indexTicks();
    spx.dailyShareVolume = 0;
    names.push_back(std::move(spx));
    names.push_back(fund("SPY", "Simulated S&P 500 fund", 684, 0.09, 1, 0, 0.012, 12000));
    names.push_back(fund("QQQ", "Simulated Nasdaq-100 fund", 615, 0.12, 1.18, 0.07, 0.006, 10000));
    names.push_back(fund("IWM", "Simulated small-company fund", 248, 0.06, 1.12, 0.10, 0.011, 8000));
    names.push_back(stock("AAPL", "Apple", 272, 0.16, 1.15, 0.19, 0.004, 0.012, 0.068));
    names.push_back(stock("MSFT", "Microsoft", 482, 0.17, 1.05, 0.17, 0.007, 0.014, 0.061));
    names.push_back(stock("NVDA", "Nvidia", 187, 0.30, 1.70, 0.34, 0.001, 0.010, 0.077));
    names.push_back(stock("AMZN", "Amazon", 230, 0.16, 1.20, 0.24, 0, 0.013, 0.038));
    names.push_back(stock("GOOGL", "Alphabet", 312, 0.17, 1.10, 0.22, 0.003, 0.014, 0.057));
    names.push_back(stock("META", "Meta Platforms", 655, 0.18, 1.25, 0.27, 0.003, 0.015, 0.025));
    names.push_back(stock("TSLA", "Tesla", 450, 0.26, 1.70, 0.45, 0, 0.010, 0.022));
    names.push_back(stock("AVGO", "Broadcom", 345, 0.24, 1.40, 0.31, 0.007, 0.018, 0.028));
    names.push_back(stock("JPM", "JPMorgan Chase", 322, 0.13, 1.05, 0.17, 0.018, 0.022, 0.015));
    names.push_back(stock("XOM", "Exxon Mobil", 120, 0.05, 0.75, 0.20, 0.033, 0.022, 0.0085));
    names.push_back(stock("UNH", "UnitedHealth", 332, 0.09, 0.70, 0.24, 0.026, 0.028, 0.005));
    names.push_back(stock("WMT", "Walmart", 111, 0.11, 0.55, 0.15, 0.008, 0.024, 0.0085));
    names.push_back(stock("KO", "Coca-Cola", 70, 0.05, 0.50, 0.11, 0.029, 0.026, 0.005));
    names.push_back(stock("JNJ", "Johnson & Johnson", 206, 0.07, 0.50, 0.13, 0.025, 0.028, 0.0085));
    names.push_back(stock("LLY", "Eli Lilly", 1075, 0.20, 0.55, 0.29, 0.006, 0.020, 0.014));
    names.push_back(stock("V", "Visa", 350, 0.13, 0.85, 0.14, 0.007, 0.018, 0.01));
    names.push_back(stock("MA", "Mastercard", 570, 0.14, 0.90, 0.15, 0.005, 0.022, 0.008));
    names.push_back(stock("ORCL", "Oracle", 195, 0.15, 1.20, 0.31, 0.01, 0.016, 0.006));
    names.push_back(stock("NFLX", "Netflix", 92, 0.20, 1.05, 0.30, 0, 0.014, 0.007));
    names.push_back(stock("COST", "Costco", 862, 0.14, 0.75, 0.16, 0.006, 0.022, 0.0068));
    names.push_back(stock("PG", "Procter & Gamble", 143, 0.05, 0.45, 0.12, 0.029, 0.026, 0.0058));
    names.push_back(stock("HD", "Home Depot", 345, 0.09, 0.95, 0.17, 0.027, 0.024, 0.006));
    names.push_back(stock("BAC", "Bank of America", 55, 0.10, 1.15, 0.19, 0.02, 0.018, 0.0062));
    names.push_back(stock("ABBV", "AbbVie", 229, 0.11, 0.50, 0.18, 0.029, 0.026, 0.0068));
    names.push_back(stock("CVX", "Chevron", 153, 0.06, 0.80, 0.19, 0.045, 0.024, 0.005));
    names.push_back(stock("AMD", "Advanced Micro Devices", 216, 0.26, 1.75, 0.40, 0, 0.012, 0.006));
    names.push_back(stock("CSCO", "Cisco", 77, 0.09, 0.90, 0.17, 0.022, 0.020, 0.0052));
    names.push_back(stock("CRM", "Salesforce", 262, 0.13, 1.15, 0.26, 0.006, 0.020, 0.004));
    names.push_back(stock("GE", "GE Aerospace", 312, 0.16, 1.10, 0.22, 0.005, 0.024, 0.0055));
    names.push_back(stock("IBM", "IBM", 294, 0.08, 0.75, 0.18, 0.023, 0.024, 0.0047));
    names.push_back(stock("WFC", "Wells Fargo", 94, 0.09, 1.10, 0.20, 0.019, 0.020, 0.0049));
    names.push_back(stock("MRK", "Merck", 106, 0.07, 0.45, 0.18, 0.031, 0.024, 0.0043));
    names.push_back(stock("GS", "Goldman Sachs", 892, 0.13, 1.20, 0.18, 0.018, 0.024, 0.0045));
    names.push_back(stock("CAT", "Caterpillar", 582, 0.14, 1.05, 0.21, 0.01, 0.024, 0.0046));
    names.push_back(stock("PEP", "PepsiCo", 143, 0.05, 0.45, 0.12, 0.04, 0.026, 0.0034));
    names.push_back(stock("MCD", "McDonald's", 305, 0.09, 0.55, 0.13, 0.024, 0.024, 0.0037));
    names.push_back(stock("DIS", "Walt Disney", 113, 0.05, 1.00, 0.22, 0.013, 0.020, 0.0034));
    names.push_back(stock("PFE", "Pfizer", 25, 0.01, 0.50, 0.20, 0.068, 0.022, 0.0024));
    return names;
}

const base::Date trendAnchor = base::makeDate(2026, 1, 2);

struct RatePoint {
    base::Date date;
    double rate;
};

// Rounded from what short US rates did; a simulated market needs the order of magnitude, not the series.
const std::array<RatePoint, 9> ratePoints{{{base::makeDate(2015, 1, 1), 0.002},
                                           {base::makeDate(2018, 1, 1), 0.015},
                                           {base::makeDate(2019, 7, 1), 0.023},
                                           {base::makeDate(2020, 4, 1), 0.001},
                                           {base::makeDate(2022, 2, 1), 0.002},
                                           {base::makeDate(2023, 7, 1), 0.052},
                                           {base::makeDate(2024, 8, 1), 0.052},
                                           {base::makeDate(2025, 10, 1), 0.039},
                                           {base::makeDate(2026, 7, 1), 0.036}}};

} // namespace

const std::vector<SimulatedUnderlying>& simulatedUniverse()
{
    static const std::vector<SimulatedUnderlying> names = makeUniverse();
    return names;
}

const SimulatedUnderlying* findSimulated(std::string_view symbol)
{
    const auto& names = simulatedUniverse();
    const auto found = std::ranges::find(names, symbol, &SimulatedUnderlying::symbol);
    return found == names.end() ? nullptr : &*found;
}

double logTrend(const SimulatedUnderlying& name, base::Date date)
{
    const double years = static_cast<double>((date - trendAnchor).count()) / 365.25;
    return std::log(name.anchorPrice) + name.growth * years;
}

double simulatedRate(base::Date date)
{
    const auto after = std::ranges::upper_bound(ratePoints, date, {}, &RatePoint::date);
    if (after == ratePoints.begin())
        return ratePoints.front().rate;
    if (after == ratePoints.end())
        return ratePoints.back().rate;
    const auto before = std::prev(after);
    const double weight =
        static_cast<double>((date - before->date).count()) / static_cast<double>((after->date - before->date).count());
    return before->rate + weight * (after->rate - before->rate);
}

} // namespace vegadesk::history
