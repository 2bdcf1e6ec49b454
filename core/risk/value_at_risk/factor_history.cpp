#include "risk/value_at_risk/factor_history.h"

#include "market/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

namespace vegadesk::risk
{

namespace
{

constexpr std::size_t slopeDays = 20;

bool isPositive(double value)
{
    return std::isfinite(value) && value > 0;
}

bool isOver(base::Date date, base::Instant now)
{
    if (!market::isKnownYear(static_cast<int>(std::chrono::year_month_day(date).year())))
        return date < market::newYorkDate(now);
    const auto session = market::sessionOn(date);
    return session && session->close <= now;
}

std::vector<DailyClose> finished(std::vector<DailyClose> days, base::Instant now)
{
    std::erase_if(days, [now](const DailyClose& day) { return !isPositive(day.close) || !isOver(day.date, now); });
    std::ranges::stable_sort(days, {}, &DailyClose::date);
    std::vector<DailyClose> out;
    for (const DailyClose& day : days) {
        if (!out.empty() && out.back().date == day.date)
            out.back() = day;
        else
            out.push_back(day);
    }
    return out;
}

using Fields = std::vector<std::string_view>;

Fields fieldsOf(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    Fields out;
    for (std::size_t start = 0;;) {
        const std::size_t end = line.find(',', start);
        out.push_back(line.substr(start, end - start));
        if (end == std::string_view::npos)
            return out;
        start = end + 1;
    }
}

base::Result<double> positiveNumber(std::string_view text, const std::string& field)
{
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !isPositive(value))
        return base::badInput(field, text, "a positive number");
    return value;
}

/// New shares for an old one, where the closes' ratio looks like it; nothing otherwise.
std::optional<double> splitOf(const DailyClose& before, const DailyClose& after)
{
    constexpr double nearness = 0.05; // of the ratio: the day has a move of its own
    constexpr double crash = 0.3;     // ln of volatilities
    constexpr std::array ratios{1.5,  2.0,  3.0,  4.0,  5.0,  6.0,  7.0,  8.0,
                                10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 100.0};
    const double ratio = before.close / after.close;
    if (std::abs(std::log(after.impliedVolatility / before.impliedVolatility)) > crash) // not where one is not known
        return {};
    for (const double each : ratios) {
        if (std::abs(std::log(ratio / each)) < nearness)
            return each;
        if (std::abs(std::log(ratio * each)) < nearness)
            return 1 / each;
    }
    return {};
}

/// Moves of one underlying by their dates; NaN for what is not known.
struct Move {
    double spot = market::unknown, volatility = market::unknown;
};
using Moves = std::map<base::Date, Move>;

bool isNextDay(base::Date before, base::Date after)
{
    const bool isKnown = market::isKnownYear(static_cast<int>(std::chrono::year_month_day(after).year()));
    constexpr std::chrono::days longest{5}; // over a weekend with holidays
    return isKnown ? market::previousTradingDay(after) == before : after - before <= longest;
}

Moves movesOf(const UnderlyingCloses& of, std::vector<LikelySplit>& splits)
{
    Moves out;
    for (std::size_t i = 1; i < of.days.size(); ++i) {
        const DailyClose& before = of.days[i - 1];
        const DailyClose& after = of.days[i];
        Move& move = out[after.date];
        if (!isNextDay(before.date, after.date))
            continue;
        if (const auto ratio = splitOf(before, after)) {
            splits.push_back({of.underlying, after.date, *ratio});
            continue;
        }
        move.spot = std::log(after.close / before.close);
        if (isPositive(after.impliedVolatility) && isPositive(before.impliedVolatility))
            move.volatility = std::log(after.impliedVolatility / before.impliedVolatility);
    }
    return out;
}

/// d volatility / d spot through the origin; nothing where too few days have both.
std::optional<double> slopeOf(const Moves& moves)
{
    double together = 0, squares = 0;
    std::size_t days = 0;
    for (const auto& [date, move] : moves) {
        if (!std::isfinite(move.spot) || !std::isfinite(move.volatility))
            continue;
        together += move.spot * move.volatility;
        squares += move.spot * move.spot;
        ++days;
    }
    if (days < slopeDays || !(squares > 0))
        return {};
    return together / squares;
}

/// Fills what is missing; whether so much was that the volatility counts as modelled.
bool fillVolatility(Moves& moves, const Moves& index)
{
    const std::optional<double> slope = slopeOf(moves);
    std::size_t days = 0, measured = 0;
    for (auto& [date, move] : moves) {
        if (!std::isfinite(move.spot))
            continue;
        ++days;
        if (std::isfinite(move.volatility)) {
            ++measured;
            continue;
        }
        const auto market = index.find(date);
        if (!slope && market != index.end() && std::isfinite(market->second.volatility))
            move.volatility = market->second.volatility;
        else
            move.volatility = slope.value_or(usualVolatilitySlope) * move.spot;
    }
    return static_cast<double>(measured) < leastMeasured * static_cast<double>(days);
}

} // namespace

std::vector<DailyClose> dailyClosesOf(std::span<const market::Candle> candles, base::Instant now)
{
    constexpr std::chrono::hours half{12};
    std::vector<DailyClose> days;
    for (const market::Candle& candle : candles)
        days.push_back({market::newYorkDate(candle.time + half), candle.close, candle.impliedVolatility});
    return finished(std::move(days), now);
}

base::Result<std::vector<DailyClose>> readDailyCloses(std::istream& input, base::Instant now)
{
    std::string line;
    std::getline(input, line);
    const std::string headerText = line;
    const Fields header = fieldsOf(headerText);
    const auto columnOf = [&](std::string_view name) { return std::ranges::find(header, name) - header.begin(); };
    const auto none = std::ssize(header);
    const auto dateColumn = columnOf("date"), closeColumn = columnOf("close"), volatilityColumn = columnOf("iv");
    if (dateColumn == none || closeColumn == none)
        return base::badInput("header", headerText, "column names, date and close among them");
    std::vector<DailyClose> days;
    std::set<base::Date> dates;
    for (int number = 2; std::getline(input, line); ++number) {
        const Fields fields = fieldsOf(line);
        if (fields.size() == 1 && fields.front().empty())
            continue;
        if (fields.size() != header.size())
            return base::badInput(fmt::format("line {}", number), fmt::format("{} fields", fields.size()),
                                  fmt::format("{}, as in the header", header.size()));
        const auto textOf = [&](std::ptrdiff_t column) { return fields[static_cast<std::size_t>(column)]; };
        const auto date = base::parseDate(textOf(dateColumn), fmt::format("line {}, date", number));
        if (!date)
            return tl::make_unexpected(date.error());
        const auto close = positiveNumber(textOf(closeColumn), fmt::format("line {}, close", number));
        if (!close)
            return tl::make_unexpected(close.error());
        if (!dates.insert(*date).second)
            return base::badInput(fmt::format("line {}, date", number), std::string(textOf(dateColumn)),
                                  "each date once");
        DailyClose day{*date, *close, market::unknown};
        if (volatilityColumn != none && !textOf(volatilityColumn).empty() && textOf(volatilityColumn) != "nan") {
            constexpr double most = 10; // an index in points is not meant
            const std::string field = fmt::format("line {}, iv", number);
            const auto volatility = positiveNumber(textOf(volatilityColumn), field);
            if (!volatility || *volatility > most)
                return base::badInput(field, textOf(volatilityColumn), "per year, 0.2 for 20 %");
            day.impliedVolatility = *volatility;
        }
        days.push_back(day);
    }
    return finished(std::move(days), now);
}

FactorHistoryReport factorHistoryOf(std::span<const UnderlyingCloses> all, std::string_view index)
{
    FactorHistoryReport out;
    std::vector<Moves> moves;
    Moves ofIndex;
    std::set<base::Date> dates;
    for (const UnderlyingCloses& each : all) {
        moves.push_back(movesOf(each, out.splits));
        for (const auto& [date, move] : moves.back())
            dates.insert(date);
        if (each.underlying == index)
            ofIndex = moves.back();
    }
    out.history.dates.assign(dates.begin(), dates.end());
    for (std::size_t i = 0; i < all.size(); ++i) {
        FactorColumn column;
        column.underlying = all[i].underlying;
        column.isVolatilityModelled = fillVolatility(moves[i], ofIndex);
        for (const base::Date date : dates) {
            const auto found = moves[i].find(date);
            const Move move = found == moves[i].end() ? Move{} : found->second;
            column.spotReturns.push_back(move.spot);
            column.volatilityReturns.push_back(move.volatility);
        }
        out.history.columns.push_back(std::move(column));
    }
    return out;
}

} // namespace vegadesk::risk
