#include "sweep_report.h"

#include "backtest_report.h"
#include "json.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;

constexpr std::size_t rowsShown = 20;

std::vector<std::string> namesOf(const std::vector<backtest::SweepAxis>& axes)
{
    std::vector<std::string> names;
    std::ranges::transform(axes, std::back_inserter(names), &backtest::SweepAxis::name);
    return names;
}

QJsonObject object(const std::vector<std::string>& names, const std::vector<std::string>& values)
{
    QJsonObject out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out.insert(QString::fromStdString(names[i]), text(values[i]));
    return out;
}

std::string words(const std::vector<std::string>& names, const std::vector<std::string>& values)
{
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += fmt::format("{}{}={}", out.empty() ? "" : " ", names[i], values[i]);
    return out.empty() ? "as it is" : out;
}

QStringList lines(const std::vector<std::string>& sentences)
{
    QStringList out;
    for (const std::string& each : sentences)
        out << QString::fromStdString(each);
    return out;
}

std::string figure(double value, int decimals)
{
    return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "-";
}

} // namespace

QJsonObject toJson(const SweepResult& result)
{
    const desk::CountedSweep& sweep = result.sweep;
    QJsonArray runs;
    for (const desk::CountedRun& run : sweep.runs) {
        if (run.isMissing())
            continue;
        QJsonObject metrics;
        for (const backtest::Metric& metric : run.metrics)
            metrics.insert(QString::fromStdString(metric.id), number(metric.value));
        runs.append(QJsonObject{{u"parameters"_s, object(sweep.axes, run.values)},
                                {u"content"_s, text(run.content)},
                                {u"was_known"_s, run.wasKnown},
                                {u"failure"_s, run.failure.empty() ? QJsonValue() : text(run.failure)},
                                {u"metrics"_s, metrics}});
    }
    return {{u"strategy"_s, text(sweep.strategy)},
            {u"underlying"_s, text(sweep.underlying)},
            {u"data"_s, text(sweep.data)},
            {u"data_hash"_s, text(sweep.dataHash)},
            {u"shard"_s, QJsonObject{{u"index"_s, static_cast<qint64>(result.shard.index)},
                                     {u"count"_s, static_cast<qint64>(result.shard.count)}}},
            {u"signals"_s, QJsonArray::fromStringList(lines(result.signals))},
            {u"missing"_s, static_cast<qint64>(sweep.runs.size()) - runs.size()},
            {u"trials"_s, static_cast<qint64>(sweep.trials)},
            {u"runs"_s, runs},
            {u"run"_s, QJsonObject{{u"seconds"_s, number(result.seconds)}}}};
}

std::string toText(const SweepResult& result)
{
    const desk::CountedSweep& sweep = result.sweep;
    std::vector<const desk::CountedRun*> best;
    for (const desk::CountedRun& run : sweep.runs) {
        if (!run.isMissing())
            best.push_back(&run);
    }
    const auto known = std::ranges::count(best, true, &desk::CountedRun::wasKnown);
    std::string out = fmt::format("{} on {}, {}\n{} runs, {} of them known from before; {} trials in all\n",
                                  sweep.strategy, sweep.underlying, sweep.data, best.size(), known, sweep.trials);
    for (const std::string& each : result.signals)
        out += each + '\n';
    if (best.size() < sweep.runs.size())
        out +=
            fmt::format("{} combinations are other shards' and not in the database\n", sweep.runs.size() - best.size());
    out += fmt::format("\n  {:>8} {:>9} {:>12} {:>9} {:>7} {:>8}  {}\n", "sharpe", "deflated", "net profit", "drawdown",
                       "trades", "factor", "parameters");
    std::ranges::stable_sort(best, std::greater{}, [](const desk::CountedRun* run) {
        const double ratio = run->metric("sharpe");
        return std::isfinite(ratio) ? ratio : -1e300;
    });
    for (std::size_t i = 0; i < std::min(best.size(), rowsShown); ++i) {
        const desk::CountedRun& run = *best[i];
        if (!run.failure.empty()) {
            out += fmt::format("  failed: {}  {}\n", run.failure, words(sweep.axes, run.values));
            continue;
        }
        out += fmt::format("  {:>8} {:>9} {:>12} {:>9} {:>7} {:>8}  {}\n", figure(run.metric("sharpe"), 2),
                           figure(run.metric("deflated_sharpe"), 3), figure(run.metric("net_profit"), 2),
                           figure(run.metric("max_drawdown"), 4), figure(run.metric("trades"), 0),
                           figure(run.metric("profit_factor"), 2), words(sweep.axes, run.values));
    }
    if (best.size() > rowsShown)
        out += fmt::format("  … {} others are in --csv and --json\n", best.size() - rowsShown);
    return out + fmt::format("\n{:.2f} s\n", result.seconds);
}

QJsonObject toJson(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes)
{
    QJsonArray folds;
    for (const backtest::FoldResult& each : result.folds)
        folds.append(QJsonObject{{u"in_first"_s, text(base::formatDate(each.fold.inFirst))},
                                 {u"in_last"_s, text(base::formatDate(each.fold.inLast))},
                                 {u"out_first"_s, text(base::formatDate(each.fold.outFirst))},
                                 {u"out_last"_s, text(base::formatDate(each.fold.outLast))},
                                 {u"parameters"_s, object(namesOf(axes), desk::valuesOn(axes, configs[each.picked]))},
                                 {u"in_sample"_s, number(each.inSample)},
                                 {u"in_sample_profit"_s, number(each.inSampleProfit)},
                                 {u"lost_in_sample"_s, each.lostInSample()},
                                 {u"out_of_sample"_s, number(each.outOfSample)},
                                 {u"net_profit"_s, number(each.netProfit)},
                                 {u"trades"_s, static_cast<qint64>(each.trades)},
                                 {u"ends_open"_s, each.endsOpen}});
    return {{u"purge"_s, static_cast<qint64>(result.purge)},
            {u"embargo"_s, static_cast<qint64>(result.embargo)},
            {u"untraded"_s, static_cast<qint64>(result.untraded)},
            {u"stopped"_s, result.stopped.empty() ? QJsonValue() : text(result.stopped)},
            {u"in_sample_runs"_s, static_cast<qint64>(result.inSampleRuns)},
            {u"in_sample"_s, number(result.inSample)},
            {u"out_of_sample_mean"_s, number(result.outOfSample)},
            {u"kept"_s, number(result.kept)},
            {u"folds"_s, folds},
            {u"out_of_sample"_s, toJson(result.stitched)}};
}

std::string toText(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes)
{
    std::string out = fmt::format("Picked in sample ({} runs), traded out of sample\n", result.inSampleRuns);
    for (const backtest::FoldResult& each : result.folds)
        out += fmt::format(
            "  {} to {} -> {} to {}  in {:>7}, out {:>7}, {:>10.2f}  {}{}{}\n", base::formatDate(each.fold.inFirst),
            base::formatDate(each.fold.inLast), base::formatDate(each.fold.outFirst),
            base::formatDate(each.fold.outLast), figure(each.inSample, 2), figure(each.outOfSample, 2), each.netProfit,
            words(namesOf(axes), desk::valuesOn(axes, configs[each.picked])),
            each.lostInSample() ? " (even the best lost in sample)" : "", each.endsOpen ? " (ends open)" : "");
    if (!result.stopped.empty())
        out += fmt::format("Ended early: {}\n", result.stopped);
    if (std::isfinite(result.inSample))
        out +=
            fmt::format("On average {} in sample, {} out of it: {} kept\n", figure(result.inSample, 2),
                        figure(result.outOfSample, 2),
                        std::isfinite(result.kept) ? fmt::format("{:.0f} %", 100 * result.kept) : "not known how much");
    return out + "\nOut of sample, stitched: " + toText(result.stitched);
}

} // namespace vegadesk::cli
