#include "backtest/walk_forward_plan.h"

#include "backtest/sweep.h"
#include "market/calendar.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::backtest
{

namespace
{

base::Result<void> daysInRange(std::string_view field, std::size_t value, std::size_t low, std::size_t high)
{
    if (value >= low && value <= high)
        return {};
    return base::badInput(field, std::to_string(value), fmt::format("{} to {} trading days", low, high));
}

tl::unexpected<base::Error> tooFewDays(std::size_t days, const WalkForwardSettings& settings, std::size_t gap)
{
    return base::badInput(
        "days", std::to_string(days),
        fmt::format("more than {}: {} in sample and {} between", settings.inSample + gap, settings.inSample, gap));
}

} // namespace

std::span<const std::string_view> walkForwardObjectives()
{
    static constexpr std::array<std::string_view, 6> names{"sharpe", "sortino",       "calmar",
                                                           "cagr",   "profit_factor", "probabilistic_sharpe"};
    return names;
}

base::Result<void> check(const WalkForwardSettings& settings)
{
    for (const auto& checked : {daysInRange("in-sample", settings.inSample, 5, 10'000),
                                daysInRange("out-of-sample", settings.outOfSample, 1, 10'000),
                                daysInRange("purge", settings.purge.value_or(0), 0, 10'000),
                                daysInRange("embargo", settings.embargo.value_or(0), 0, 10'000)}) {
        if (!checked)
            return checked;
    }
    const auto objectives = walkForwardObjectives();
    if (std::ranges::find(objectives, settings.objective) == objectives.end())
        return base::badInput("objective", settings.objective, fmt::format("one of {}", fmt::join(objectives, ", ")));
    return {};
}

base::Result<std::vector<Fold>> foldsOf(std::span<const base::Date> dates, const WalkForwardSettings& settings,
                                        std::size_t gap)
{
    if (foldCount(dates.size(), settings, gap) == 0)
        return tooFewDays(dates.size(), settings, gap);
    std::vector<Fold> folds;
    for (std::size_t out = settings.inSample + gap; out < dates.size(); out += settings.outOfSample) {
        const std::size_t inEnd = out - gap; // one past the last
        const std::size_t inBegin = settings.window == WalkForwardWindow::Anchored ? 0 : inEnd - settings.inSample;
        const std::size_t outEnd = std::min(dates.size(), out + settings.outOfSample);
        folds.push_back({dates[inBegin], dates[inEnd - 1], dates[out], dates[outEnd - 1]});
    }
    return folds;
}

std::size_t foldCount(std::size_t days, const WalkForwardSettings& settings, std::size_t gap)
{
    const std::size_t before = settings.inSample + gap;
    return days <= before ? 0 : (days - before + settings.outOfSample - 1) / settings.outOfSample;
}

base::Result<std::size_t> plannedFolds(std::size_t days, std::size_t configs, const WalkForwardSettings& settings)
{
    const std::size_t gap = settings.purge.value_or(0) + settings.embargo.value_or(0);
    const std::size_t folds = foldCount(days, settings, gap);
    if (folds == 0)
        return tooFewDays(days, settings, gap);
    if (configs * folds > sweepRunsMost)
        return base::badInput("grid", fmt::format("{} settings on {} stretches", configs, folds),
                              fmt::format("at most {} in-sample runs", sweepRunsMost));
    return folds;
}

base::Result<std::size_t> plannedFolds(const Config& base, std::size_t configs, const WalkForwardSettings& settings)
{
    if (!base.from || !base.to)
        return std::size_t{0};
    const int days = market::tradingDaysBetween(*base.from - std::chrono::days(1), *base.to);
    return plannedFolds(static_cast<std::size_t>(days), configs, settings);
}

} // namespace vegadesk::backtest
