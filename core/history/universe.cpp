#include "history/universe.h"

#include <algorithm>
#include <array>

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
                          double ownVolatility, double yield, double spread)
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
    name.optionTicks = nickelTicks();
    name.dailyShareVolume = 3e7;
    name.openInterestScale = 4000;
    return name;
}

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
    names.push_back(stock("AAPL", "Apple", 272, 0.16, 1.15, 0.19, 0.004, 0.012));
    names.push_back(stock("MSFT", "Microsoft", 482, 0.17, 1.05, 0.17, 0.007, 0.014));
    names.push_back(stock("NVDA", "Nvidia", 187, 0.30, 1.70, 0.34, 0.001, 0.010));
    names.push_back(stock("AMZN", "Amazon", 230, 0.16, 1.20, 0.24, 0, 0.013));
    names.push_back(stock("GOOGL", "Alphabet", 312, 0.17, 1.10, 0.22, 0.003, 0.014));
    names.push_back(stock("META", "Meta Platforms", 655, 0.18, 1.25, 0.27, 0.003, 0.015));
    names.push_back(stock("TSLA", "Tesla", 450, 0.26, 1.70, 0.45, 0, 0.010));
    names.push_back(stock("AVGO", "Broadcom", 345, 0.24, 1.40, 0.31, 0.007, 0.018));
    names.push_back(stock("JPM", "JPMorgan Chase", 322, 0.13, 1.05, 0.17, 0.018, 0.022));
    names.push_back(stock("XOM", "Exxon Mobil", 120, 0.05, 0.75, 0.20, 0.033, 0.022));
    names.push_back(stock("UNH", "UnitedHealth", 332, 0.09, 0.70, 0.24, 0.026, 0.028));
    names.push_back(stock("WMT", "Walmart", 111, 0.11, 0.55, 0.15, 0.008, 0.024));
    names.push_back(stock("KO", "Coca-Cola", 70, 0.05, 0.50, 0.11, 0.029, 0.026));
    names.push_back(stock("JNJ", "Johnson & Johnson", 206, 0.07, 0.50, 0.13, 0.025, 0.028));
    return names;
}

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
