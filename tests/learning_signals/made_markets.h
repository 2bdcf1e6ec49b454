#pragma once

#include "base/random.h"
#include "learning/signals/history_table.h"
#include "market/calendar.h"

#include <cmath>
#include <cstdint>

/// Markets whose answers are known because they were made so.
namespace vegadesk::tests
{

inline constexpr double tradingDaysPerYear = 252;

/// Closes of one volatility, and implied volatilities of which none says anything of the next: nothing can be learnt.
inline learning::market_signals::HistoryTable noiseMarket(std::size_t count, std::uint64_t seed)
{
    base::Generator generator(seed);
    learning::market_signals::HistoryTable table;
    table.source = "noise";
    base::Date date = base::makeDate(2001, 1, 2);
    double close = 1000;
    for (std::size_t day = 0; day < count; ++day, date = market::nextTradingDay(date)) {
        close *= std::exp(0.2 / std::sqrt(tradingDaysPerYear) * generator.normal());
        learning::market_signals::HistoryDay each;
        each.date = date;
        each.close = close;
        each.implied = generator.uniform(0.16, 0.26);
        table.days.push_back(each);
    }
    return table;
}

/// Volatility is high or low for a quarter or two at a time, and the implied one does not know: what was realised tells what will be.
inline learning::market_signals::HistoryTable plantedMarket(std::size_t count, std::uint64_t seed)
{
    base::Generator generator(seed);
    learning::market_signals::HistoryTable table;
    table.source = "planted";
    base::Date date = base::makeDate(2001, 1, 2);
    double close = 1000, volatility = 0.12;
    for (std::size_t day = 0; day < count; ++day, date = market::nextTradingDay(date)) {
        if (generator.uniform() < 1.0 / 90)
            volatility = volatility < 0.2 ? 0.3 : 0.12;
        close *= std::exp(volatility / std::sqrt(tradingDaysPerYear) * generator.normal());
        learning::market_signals::HistoryDay each;
        each.date = date;
        each.close = close;
        each.implied = generator.uniform(0.18, 0.22);
        table.days.push_back(each);
    }
    return table;
}

/// Settings under which a test ends soon.
inline learning::market_signals::TrainingSettings quickSettings()
{
    learning::market_signals::TrainingSettings settings;
    settings.boosting.roundsMost = 60;
    settings.boosting.patience = 10;
    settings.folds = 3;
    settings.steps = 3;
    settings.evidence.draws = 500;
    return settings;
}

} // namespace vegadesk::tests
