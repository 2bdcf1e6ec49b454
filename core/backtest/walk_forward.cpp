#include "backtest/walk_forward.h"

#include "backtest/realism_report.h"
#include "backtest/walk_forward_runs.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace vegadesk::backtest
{

namespace
{

std::string sentenceOf(const WalkForward& result, const WalkForwardSettings& settings, std::size_t configs)
{
    const auto open = static_cast<std::size_t>(std::ranges::count(result.folds, true, &FoldResult::endsOpen));
    std::string more;
    if (result.purge + result.embargo == 0)
        more += fmt::format(" No day lies between{}: what was still open in sample reaches into the days traded.",
                            settings.purge && settings.embargo ? "" : ", since no trade was held on the first days");
    if (!result.stopped.empty())
        more += " It ended early: " + result.stopped + '.';
    return fmt::format("Walk-forward, {}: {} times the best of {} settings by {} was picked on {} earlier days alone "
                       "and traded the next {}, "
                       "with {} days of purge and {} of embargo between. These are the figures of the days traded. {} "
                       "of the stretches ended "
                       "with an open trade, which counts at the mid and paid nothing to get out.{}",
                       settings.window == WalkForwardWindow::Rolling ? "rolling" : "anchored", result.folds.size(),
                       configs, settings.objective,
                       settings.window == WalkForwardWindow::Rolling ? fmt::format("{}", settings.inSample) : "all",
                       settings.outOfSample, result.purge, result.embargo, open, more);
}

/// The walk itself, then what is to be kept in mind of its picks, its days and its rows.
std::vector<std::string> sentencesOf(const WalkForward& result, const WalkForwardSettings& settings,
                                     std::size_t configs, const OutOfSample& traded)
{
    std::vector<std::string> lines{sentenceOf(result, settings, configs)};
    const auto lost = std::ranges::count_if(result.folds, &FoldResult::lostInSample);
    if (lost > 0)
        lines.push_back(fmt::format("In {} of {} stretches even the best setting by {} lost money in sample: the best "
                                    "of a bad lot was traded.",
                                    lost, result.folds.size(), settings.objective));
    const auto blind =
        std::ranges::count_if(result.folds, [](const FoldResult& each) { return std::isnan(each.inSampleProfit); });
    if (blind > 0)
        lines.push_back(fmt::format("In {} of {} stretches no setting had a {} in sample, so that there was nothing to "
                                    "pick by: the first one was traded.",
                                    blind, result.folds.size(), settings.objective));
    for (const std::string& stop : traded.stops())
        lines.push_back(fmt::format("A stretch ended before its days did: {}.", stop));
    for (const JoinedRow& each : traded.rows()) {
        const SensitivityRow row = each.row();
        if (each.stretches() < result.folds.size())
            lines.push_back(fmt::format(
                "At {:.0f} % of the spread{} less than ${:.0f} was left after {} of {} stretches: that row ends there.",
                100 * row.spreadFraction, passiveWords(row, result.stitched.config.fills), settings.capitalLeast,
                each.stretches(), result.folds.size()));
    }
    return lines;
}

/// Means over folds, and their ratio.
void compare(WalkForward& result)
{
    double in = 0, out = 0, count = 0;
    for (const FoldResult& each : result.folds) {
        if (!std::isfinite(each.inSample) || !std::isfinite(each.outOfSample))
            continue;
        in += each.inSample;
        out += each.outOfSample;
        ++count;
    }
    if (count == 0)
        return;
    result.inSample = in / count;
    result.outOfSample = out / count;
    if (result.inSample > 0)
        result.kept = result.outOfSample / result.inSample;
}

} // namespace

base::Result<WalkForward> walkForward(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                                      const WalkForwardSettings& settings, const SweepOptions& options,
                                      const std::function<void(const Report&)>& onOutOfSample, std::stop_token stop)
{
    if (const auto sane = check(settings); !sane)
        return tl::make_unexpected(sane.error());
    const Config& base = configs.front();
    std::vector<base::Date> dates = data->dates();
    std::erase_if(dates,
                  [&](base::Date date) { return (base.from && date < *base.from) || (base.to && date > *base.to); });
    if (dates.empty())
        return base::fail(base::ErrorKind::NotFound, "data", data->description(), "no snapshots in that time");
    if (const auto planned = plannedFolds(dates.size(), configs.size(), settings); !planned)
        return tl::make_unexpected(planned.error());
    WalkForward result{.folds = {}, .stitched = Report(base)};
    result.purge = settings.purge.value_or(0);
    result.embargo = settings.embargo.value_or(0);
    auto folds = foldsOf(dates, settings, result.purge + result.embargo);
    if (!folds)
        return tl::make_unexpected(folds.error());
    WalkPace pace(options, settings, configs);
    pace.setFolds(folds->size());
    InSample inSample(configs, data, settings.objective, options, pace);
    std::size_t known = 0; // folds
    if (!settings.purge || !settings.embargo) {
        // The first days picked on are the same whatever lies behind them, and nothing later may be known.
        if (const auto done = inSample.run(std::span(*folds).first(1), stop); !done)
            return tl::make_unexpected(done.error());
        known = 1;
        result.purge = settings.purge.value_or(inSample.longestHolding());
        result.embargo = settings.embargo.value_or(inSample.longestHolding());
        folds = foldsOf(dates, settings, result.purge + result.embargo);
        if (!folds)
            return tl::make_unexpected(folds.error());
        pace.setFolds(folds->size());
    }
    if (const auto done = inSample.run(std::span(*folds).subspan(known), stop); !done)
        return tl::make_unexpected(done.error());
    result.inSampleRuns = inSample.runs();

    // Out of sample: one after the other, since each trades what the one before left.
    OutOfSample outOfSample(base, data, settings, options, pace, stop);
    for (std::size_t i = 0; i < folds->size() && outOfSample.hasEnough(); ++i) {
        FoldResult each{.fold = (*folds)[i]};
        inSample.pick(i, each);
        Config picked = configs[each.picked];
        picked.from = each.fold.outFirst;
        picked.to = each.fold.outLast;
        const auto report = outOfSample.trade(i, std::move(picked));
        if (!report)
            return tl::make_unexpected(report.error());
        each.outOfSample = report->metric(settings.objective);
        each.netProfit = report->metric("net_profit");
        each.trades = report->trades.size();
        each.endsOpen = std::ranges::any_of(report->trades, &Trade::isOpen);
        result.folds.push_back(each);
        if (onOutOfSample)
            onOutOfSample(*report);
    }
    pace.tellOut(folds->size(), 0);
    result.untraded = folds->size() - result.folds.size();
    if (result.untraded > 0)
        result.stopped = fmt::format(
            "${:.2f} was left, less than the ${:.0f} that a run needs, and {} of {} stretches were not traded",
            outOfSample.equity(), settings.capitalLeast, result.untraded, folds->size());
    compare(result);
    const std::vector<std::string> lines = sentencesOf(result, settings, configs.size(), outOfSample);
    result.stitched = outOfSample.finish();
    result.stitched.honesty.insert(result.stitched.honesty.begin(), lines.begin(), lines.end());
    return result;
}

} // namespace vegadesk::backtest
