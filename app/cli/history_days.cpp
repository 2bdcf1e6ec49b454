#include "history_days.h"

#include "market/calendar.h"

#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

constexpr std::size_t gapsNamed = 3;

/// Where the calendar does not know the holidays it says nothing.
int missingBetween(base::Date after, base::Date before)
{
    const auto yearOf = [](base::Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); };
    if (!market::isKnownYear(yearOf(after)) || !market::isKnownYear(yearOf(before)))
        return 0;
    return market::tradingDaysBetween(after, before) - (market::isTradingDay(before) ? 1 : 0);
}

} // namespace

int HistoryDays::missing() const
{
    int sum = 0;
    for (const Gap& gap : gaps)
        sum += gap.missing;
    return sum;
}

HistoryDays historyDaysOf(std::string name, std::span<const base::Date> dates, std::optional<base::Date> until)
{
    HistoryDays history;
    history.name = std::move(name);
    history.days = dates.size();
    history.first = dates.front();
    history.last = dates.back();
    for (std::size_t i = 1; i < dates.size(); ++i) {
        if (const int missing = missingBetween(dates[i - 1], dates[i]); missing > 0)
            history.gaps.push_back({dates[i - 1], dates[i], missing});
    }
    if (until)
        history.behind = market::tradingDaysBetween(history.last, *until);
    return history;
}

std::string toText(const HistoryDays& history)
{
    return fmt::format("{}: {} closes from {} to {}", history.name, history.days, base::formatDate(history.first),
                       base::formatDate(history.last));
}

std::vector<std::string> warningsOf(const HistoryDays& history)
{
    std::vector<std::string> warnings;
    if (!history.gaps.empty()) {
        std::string text = fmt::format("{}: {} trading day(s) have no close:", history.name, history.missing());
        for (std::size_t i = 0; i < history.gaps.size() && i < gapsNamed; ++i) {
            const HistoryDays::Gap& gap = history.gaps[i];
            text += fmt::format("{} {} between {} and {}", i == 0 ? "" : ",", gap.missing, base::formatDate(gap.after),
                                base::formatDate(gap.before));
        }
        if (history.gaps.size() > gapsNamed)
            text += fmt::format(" and {} more gap(s)", history.gaps.size() - gapsNamed);
        warnings.push_back(std::move(text));
    }
    if (history.behind.value_or(0) > 0)
        warnings.push_back(fmt::format("{}: closes end on {}, {} trading day(s) before the book: the figures are of an "
                                       "older market",
                                       history.name, base::formatDate(history.last), *history.behind));
    return warnings;
}

} // namespace vegadesk::cli
