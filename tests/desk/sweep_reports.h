#pragma once

#include "desk/sweep_views.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// Made-up sweeps.
namespace vegadesk::test
{

/// Every combination of the axes' values; `figures` gives a run's, by the places of its values, in the order of `metrics`.
inline std::shared_ptr<desk::SweepReport>
sweepOf(std::vector<desk::SweepAxis> axes, std::vector<desk::SweepMetric> metrics,
        const std::function<std::vector<double>(const std::vector<std::size_t>&)>& figures)
{
    auto report = std::make_shared<desk::SweepReport>();
    report->id = 1;
    report->strategy = "iron_condor";
    report->underlying = "SPY";
    report->axes = std::move(axes);
    report->metrics = std::move(metrics);
    std::vector<std::size_t> places(report->axes.size(), 0);
    while (true) {
        report->runs.push_back({.places = places, .figures = figures(places), .failure = {}, .wasKnown = false});
        std::size_t axis = places.size();
        while (axis > 0 && ++places[axis - 1] == report->axes[axis - 1].values.size())
            places[--axis] = 0;
        if (axis == 0)
            break;
    }
    report->trials = report->runs.size();
    return report;
}

inline desk::SweepAxis axis(const std::string& name, std::size_t count)
{
    desk::SweepAxis out{name, {}};
    for (std::size_t i = 1; i <= count; ++i)
        out.values.push_back(std::to_string(i));
    return out;
}

/// Three steps of a quarter on half a year each; what was picked for is half kept.
inline std::shared_ptr<desk::SweepReport> walkedOf(bool isAnchored)
{
    auto report = std::make_shared<desk::SweepReport>();
    report->id = 2;
    report->strategy = "iron_condor";
    report->underlying = "SPY";
    report->axes = {axis("short_delta", 3), axis("profit_target", 2)};
    auto walked = std::make_shared<desk::WalkForwardView>();
    walked->objective = "sharpe";
    walked->unit = "ratio";
    walked->purge = 2;
    walked->embargo = 1;
    walked->inSampleRuns = 18;
    const auto month = [](int after) { return base::makeDate(2023, 1, 1) + std::chrono::days(30 * after); };
    for (int i = 0; i < 3; ++i) {
        desk::FoldView fold;
        fold.inFirst = month(isAnchored ? 0 : 3 * i);
        fold.inLast = month(6 + 3 * i) - std::chrono::days(4);
        fold.outFirst = month(6 + 3 * i);
        fold.outLast = month(9 + 3 * i) - std::chrono::days(1);
        fold.picked = {std::to_string(i + 1), "2"};
        fold.inSample = 1.0 + i;
        fold.inSampleProfit = i == 1 ? -35 : 900;
        fold.outOfSample = 0.5 * (1 + i);
        fold.netProfit = i == 1 ? -250 : 400;
        fold.trades = 3;
        walked->folds.push_back(fold);
    }
    walked->inSample = 2;
    walked->outOfSample = 1;
    walked->kept = 0.5;
    auto stitched = std::make_shared<desk::BacktestReport>();
    for (int day = 0; day < 270; ++day) {
        stitched->times.push_back(base::Instant((month(6) + std::chrono::days(day)).time_since_epoch()));
        stitched->equity.push_back(100'000 + 2.0 * day);
        stitched->drawdown.push_back(0);
    }
    stitched->honesty = {"Walk-forward, by hand."};
    walked->stitched = stitched;
    walked->page = "<html></html>";
    report->walkForward = walked;
    return report;
}

} // namespace vegadesk::test
