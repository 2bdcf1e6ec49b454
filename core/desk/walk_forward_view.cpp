#include "desk/walk_forward_view.h"

#include "backtest/report/html_report.h"
#include "backtest/report/trades_csv.h"
#include "desk/counted_sweep.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::desk
{

namespace
{

std::shared_ptr<const BacktestReport> stitchedView(const backtest::Report& stitched, const BacktestRequest& asked)
{
    auto view = std::make_shared<BacktestReport>();
    view->request = asked;
    for (const backtest::EquityPoint& point : stitched.equity) {
        view->times.push_back(point.at);
        view->equity.push_back(point.equity);
    }
    view->drawdown = stitched.drawdown;
    for (const backtest::Metric& each : stitched.metrics)
        view->metrics.push_back({each.id, each.unit, each.value});
    view->honesty = stitched.honesty;
    view->seconds = stitched.seconds;
    return view;
}

FoldView foldView(const backtest::FoldResult& each, std::vector<std::string> picked)
{
    return {.inFirst = each.fold.inFirst,
            .inLast = each.fold.inLast,
            .outFirst = each.fold.outFirst,
            .outLast = each.fold.outLast,
            .picked = std::move(picked),
            .inSample = each.inSample,
            .inSampleProfit = each.inSampleProfit,
            .outOfSample = each.outOfSample,
            .netProfit = each.netProfit,
            .trades = each.trades,
            .endsOpen = each.endsOpen};
}

std::string cell(double value)
{
    return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string cell(bool isSo)
{
    return isSo ? "yes" : "no";
}

} // namespace

std::shared_ptr<const WalkForwardView> viewOf(const backtest::WalkForward& walked,
                                              const backtest::WalkForwardSettings& settings,
                                              std::span<const backtest::Config> configs,
                                              std::span<const backtest::SweepAxis> axes, const BacktestRequest& asked)
{
    auto view = std::make_shared<WalkForwardView>();
    view->objective = settings.objective;
    const auto metric = std::ranges::find(walked.stitched.metrics, settings.objective, &backtest::Metric::id);
    if (metric != walked.stitched.metrics.end())
        view->unit = metric->unit;
    view->purge = walked.purge;
    view->embargo = walked.embargo;
    view->inSampleRuns = walked.inSampleRuns;
    view->untraded = walked.untraded;
    view->inSample = walked.inSample;
    view->outOfSample = walked.outOfSample;
    view->kept = walked.kept;
    for (const backtest::FoldResult& each : walked.folds)
        view->folds.push_back(foldView(each, valuesOn(axes, configs[each.picked])));
    view->stitched = stitchedView(walked.stitched, asked);
    view->page = backtest::htmlReport(walked.stitched);
    view->table = foldsTable(walked, configs, axes);
    view->trades = backtest::tradesCsv(walked.stitched);
    return view;
}

std::string foldsTable(const backtest::WalkForward& walked, std::span<const backtest::Config> configs,
                       std::span<const backtest::SweepAxis> axes)
{
    std::vector<std::string> header{"in_first", "in_last", "out_first", "out_last"};
    for (const backtest::SweepAxis& axis : axes)
        header.push_back(axis.name);
    header.insert(header.end(), {"in_sample", "in_sample_profit", "lost_in_sample", "out_of_sample", "net_profit",
                                 "trades", "ends_open"});
    std::string out = backtest::csvLine(header);
    for (const backtest::FoldResult& each : walked.folds) {
        std::vector<std::string> cells;
        for (const base::Date date : {each.fold.inFirst, each.fold.inLast, each.fold.outFirst, each.fold.outLast})
            cells.push_back(base::formatDate(date));
        for (const std::string& value : valuesOn(axes, configs[each.picked]))
            cells.push_back(value);
        cells.insert(cells.end(),
                     {cell(each.inSample), cell(each.inSampleProfit), cell(each.lostInSample()), cell(each.outOfSample),
                      cell(each.netProfit), std::to_string(each.trades), cell(each.endsOpen)});
        out += backtest::csvLine(cells);
    }
    return out;
}

} // namespace vegadesk::desk
