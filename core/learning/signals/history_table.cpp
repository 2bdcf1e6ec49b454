#include "learning/signals/history_table.h"

#include "base/content_hash.h"
#include "history/csv_file.h"
#include "history/market_generator.h"
#include "market/calendar.h"
#include "pricing/chain_analytics.h"
#include "strategies/implied_level.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr double skewDelta = 0.25;
constexpr double skewDays = 30, longerDays = 91;

std::string fileName(const std::string& path)
{
    return std::filesystem::path(path).filename().string();
}

base::Result<std::map<base::Date, double>> readVolatilities(const std::string& path)
{
    auto file = history::CsvFile::read(path);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto date = file->column("date"), close = file->column("close");
    if (!date || !close)
        return base::badInput("header of " + path, "", "the columns date and close");
    std::map<base::Date, double> volatilities;
    while (file->next()) {
        const auto day = file->date(*date);
        const auto points = file->number(*close);
        if (!day || !points)
            return tl::make_unexpected(day ? points.error() : day.error());
        if (!(*points > 0) || !std::isfinite(*points))
            return file->refuse(*close, "a positive number of volatility points");
        volatilities[*day] = *points / 100;
    }
    return volatilities;
}

/// Volatility at an absolute delta, linear between the two strikes around it; NaN where none are.
double volatilityAtDelta(const pricing::ExpirationAnalytics& expiration, pricing::Right right)
{
    const std::vector<double>& deltas = expiration.side(right).delta;
    for (std::size_t row = 0; row + 1 < deltas.size(); ++row) {
        const double here = std::abs(deltas[row]) - skewDelta, next = std::abs(deltas[row + 1]) - skewDelta;
        if (!(here * next <= 0) || here == next) // false for NaN
            continue;
        const double part = here / (here - next);
        return (1 - part) * expiration.volatility[row] + part * expiration.volatility[row + 1];
    }
    return market::unknown;
}

double skewOf(const pricing::ExpirationAnalytics& expiration)
{
    return volatilityAtDelta(expiration, pricing::Right::Put) - volatilityAtDelta(expiration, pricing::Right::Call);
}

/// Linear in time between the two expirations around 30 days; of one alone, that one's.
double thirtyDaySkew(const pricing::ChainAnalytics& analytics)
{
    const double years = skewDays / 365;
    const std::size_t above = strategies::firstExpirationFrom(analytics, years);
    const bool hasAbove = above < analytics.expirations.size();
    if (above == 0 || !hasAbove)
        return analytics.expirations.empty() ? market::unknown
                                             : skewOf(analytics.expirations[hasAbove ? above : above - 1]);
    const pricing::ExpirationAnalytics& near = analytics.expirations[above - 1];
    const pricing::ExpirationAnalytics& far = analytics.expirations[above];
    const double part = (years - near.years) / (far.years - near.years);
    return (1 - part) * skewOf(near) + part * skewOf(far);
}

HistoryDay dayOf(std::shared_ptr<const market::OptionChain> chain, const pricing::Rates& rates)
{
    const pricing::ChainAnalytics analytics = pricing::analyseOnDemand(chain, chain->at, rates);
    HistoryDay day;
    day.date = market::newYorkDate(chain->at);
    day.close = analytics.spot;
    day.implied = strategies::constantMaturityVolatility(analytics, skewDays);
    day.impliedLonger = strategies::constantMaturityVolatility(analytics, longerDays);
    day.skew = thirtyDaySkew(analytics);
    return day;
}

} // namespace

bool HistoryTable::knows(double HistoryDay::* column) const
{
    return std::ranges::any_of(days, [&](const HistoryDay& day) { return std::isfinite(day.*column); });
}

base::Result<void> checkDay(const HistoryDay& day, const HistoryDay* last)
{
    const std::string date = base::formatDate(day.date);
    if (last != nullptr && day.date <= last->date)
        return base::badInput("date", date, "after " + base::formatDate(last->date));
    if (!(day.close > 0) || !std::isfinite(day.close))
        return base::badInput("close of " + date, fmt::format("{}", day.close), "a positive number");
    const std::array<std::pair<const char*, double>, 2> volatilities{
        {{"implied volatility", day.implied}, {"implied volatility of 91 days", day.impliedLonger}}};
    for (const auto& [name, value] : volatilities)
        if (!std::isnan(value) && (!(value > 0) || !std::isfinite(value)))
            return base::badInput(fmt::format("{} of {}", name, date), fmt::format("{}", value), "a positive number");
    if (std::isinf(day.skew))
        return base::badInput("skew of " + date, fmt::format("{}", day.skew), "a finite number");
    if (day.hasRange() && !(std::isfinite(day.high) && day.low <= std::min(day.open, day.close) &&
                            day.high >= std::max(day.open, day.close)))
        return base::badInput("high and low of " + date, fmt::format("{} and {}", day.high, day.low),
                              "a range that holds open and close");
    return {};
}

base::Result<HistoryTable> readDailyFiles(const std::string& barsPath, const std::string& volatilityPath)
{
    const auto volatilities = readVolatilities(volatilityPath);
    if (!volatilities)
        return tl::make_unexpected(volatilities.error());
    auto file = history::CsvFile::read(barsPath);
    if (!file)
        return tl::make_unexpected(file.error());
    const auto date = file->column("date"), close = file->column("close");
    if (!date || !close)
        return base::badInput("header of " + barsPath, "", "the columns date and close");
    const std::array<std::pair<std::optional<std::size_t>, double HistoryDay::*>, 4> columns{
        {{close, &HistoryDay::close},
         {file->column("open"), &HistoryDay::open},
         {file->column("high"), &HistoryDay::high},
         {file->column("low"), &HistoryDay::low}}};
    HistoryTable table;
    table.source = fileName(barsPath) + " with " + fileName(volatilityPath);
    while (file->next()) {
        HistoryDay day;
        const auto read = file->date(*date);
        if (!read)
            return tl::make_unexpected(read.error());
        day.date = *read;
        for (const auto& [column, member] : columns) {
            if (!column)
                continue;
            const auto value = file->numberOrUnknown(*column);
            if (!value)
                return tl::make_unexpected(value.error());
            day.*member = *value;
        }
        if (const auto found = volatilities->find(day.date); found != volatilities->end())
            day.implied = found->second;
        const auto checked = checkDay(day, table.days.empty() ? nullptr : &table.days.back());
        if (!checked) {
            base::Error error = checked.error();
            error.field = fmt::format("{}, line {}: {}", barsPath, file->lineNumber(), error.field);
            return tl::make_unexpected(std::move(error));
        }
        table.days.push_back(day);
    }
    return table;
}

base::Result<HistoryTable> generatedHistory(std::string_view underlying, base::Date from, base::Date to,
                                            std::uint64_t seed)
{
    history::MarketGenerator generator(seed);
    const auto name = generator.find(underlying, from);
    if (!name)
        return tl::make_unexpected(name.error());
    if (to < from || !history::PricePath::covers(to))
        return base::badInput("to", base::formatDate(to),
                              base::formatDate(from) + " to " + base::formatDate(history::lastSimulatedDate));
    HistoryTable table;
    table.source = fmt::format("simulated market, {}, seed {}", underlying, seed);
    table.isGenerated = true;
    for (const market::Candle& candle : generator.dailyCandles(**name, from, to)) {
        HistoryDay day;
        day.date = base::Date(
            std::chrono::floor<std::chrono::days>(candle.time.time_since_epoch())); // midnight UTC of its date
        day.open = candle.open;
        day.high = candle.high;
        day.low = candle.low;
        day.close = candle.close;
        day.implied = candle.impliedVolatility;
        const auto checked = checkDay(day, table.days.empty() ? nullptr : &table.days.back());
        if (!checked)
            return tl::make_unexpected(checked.error());
        table.days.push_back(day);
    }
    return table;
}

base::Result<HistoryTable> tableOfChains(history::ChainSource& source, const std::stop_token& stop)
{
    HistoryTable table;
    table.source = source.description();
    table.isGenerated = source.isSimulated();
    source.rewind();
    while (true) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "history", "", "cancelled");
        const auto chain = std::make_shared<market::OptionChain>();
        const auto read = source.next(*chain);
        if (!read)
            return tl::make_unexpected(read.error());
        if (!*read)
            break;
        const pricing::Rates rates{source.riskFreeRate(market::newYorkDate(chain->at)).value_or(0),
                                   source.dividendYield().value_or(0)};
        HistoryDay day = dayOf(chain, rates);
        if (!(day.close > 0)) // neither a quote of the underlying nor parity says where it stands
            continue;
        if (!table.days.empty() && table.days.back().date == day.date)
            table.days.back() = day;
        else
            table.days.push_back(day);
    }
    if (table.days.empty())
        return table;
    std::map<base::Date, double> closes;
    for (const history::DailyClose& each : source.closes(table.days.front().date, table.days.back().date))
        closes[each.date] = each.close;
    for (HistoryDay& day : table.days)
        if (const auto found = closes.find(day.date); found != closes.end() && found->second > 0)
            day.close = found->second;
    return table;
}

std::string hashOf(const HistoryTable& table)
{
    base::ContentHash hash;
    hash.words(table.source);
    hash.word(table.isGenerated ? 1 : 0);
    for (const HistoryDay& day : table.days) {
        hash.word(static_cast<std::uint64_t>(day.date.time_since_epoch().count()));
        for (const double value : {day.close, day.open, day.high, day.low, day.implied, day.impliedLonger, day.skew})
            hash.number(value);
    }
    return hash.text();
}

} // namespace vegadesk::learning::market_signals
