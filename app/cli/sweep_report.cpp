#include "sweep_report.h"

#include "backtest_report.h"
#include "json.h"

#include "backtest/report/trades_csv.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using Named = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t rowsShown = 20;

QJsonObject object(const Named& parameters)
{
    QJsonObject out;
    for (const auto& [name, value] : parameters)
        out.insert(QString::fromStdString(name), text(value));
    return out;
}

std::string words(const Named& parameters)
{
    std::string out;
    for (const auto& [name, value] : parameters)
        out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value);
    return out.empty() ? "as it is" : out;
}

std::string figure(double value, int decimals)
{
    return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "-";
}

} // namespace

Named parametersOf(const backtest::Config& config, const std::vector<backtest::SweepAxis>& axes)
{
    Named parameters;
    for (const backtest::SweepAxis& axis : axes)
        parameters.emplace_back(axis.name, config.parameters.toText(axis.name));
    return parameters;
}

QJsonObject toJson(const SweepResult& result)
{
    QJsonArray runs;
    for (const SweepRow& row : result.rows) {
        QJsonObject metrics;
        for (const backtest::Metric& metric : row.metrics)
            metrics.insert(QString::fromStdString(metric.id), number(metric.value));
        runs.append(QJsonObject{{u"parameters"_s, object(row.parameters)},
                                {u"content"_s, text(row.content)},
                                {u"was_known"_s, row.wasKnown},
                                {u"failure"_s, row.failure.empty() ? QJsonValue() : text(row.failure)},
                                {u"metrics"_s, metrics}});
    }
    return {{u"strategy"_s, text(result.strategy)},
            {u"underlying"_s, text(result.underlying)},
            {u"data"_s, text(result.data)},
            {u"data_hash"_s, text(result.dataHash)},
            {u"shard"_s, QJsonObject{{u"index"_s, static_cast<qint64>(result.shard.index)},
                                     {u"count"_s, static_cast<qint64>(result.shard.count)}}},
            {u"missing"_s, static_cast<qint64>(result.missing)},
            {u"trials"_s, static_cast<qint64>(result.trials)},
            {u"runs"_s, runs},
            {u"run"_s, QJsonObject{{u"seconds"_s, number(result.seconds)}}}};
}

std::string toCsv(const SweepResult& result)
{
    std::vector<std::string> names, ids;
    if (!result.rows.empty()) {
        for (const auto& [name, value] : result.rows.front().parameters)
            names.push_back(name);
    }
    for (const SweepRow& row : result.rows) {
        if (!row.metrics.empty()) {
            std::ranges::transform(row.metrics, std::back_inserter(ids), &backtest::Metric::id);
            break;
        }
    }
    std::ranges::sort(ids); // stored figures come in that order, new ones in another
    std::vector<std::string> header = names;
    header.insert(header.end(), ids.begin(), ids.end());
    header.insert(header.end(), {"content", "failure"});
    std::string out = backtest::csvLine(header);
    for (const SweepRow& row : result.rows) {
        std::vector<std::string> cells;
        for (const auto& [name, value] : row.parameters)
            cells.push_back(value);
        for (const std::string& id : ids) {
            const double value = row.metric(id);
            cells.push_back(std::isfinite(value) ? fmt::format("{}", value) : "");
        }
        cells.insert(cells.end(), {row.content, row.failure});
        out += backtest::csvLine(cells);
    }
    return out;
}

std::string toText(const SweepResult& result)
{
    const auto known = static_cast<std::size_t>(std::ranges::count(result.rows, true, &SweepRow::wasKnown));
    std::string out =
        fmt::format("{} on {}, {}\n{} runs, {} of them known from before; {} trials in all\n", result.strategy,
                    result.underlying, result.data, result.rows.size(), known, result.trials);
    if (result.missing > 0)
        out += fmt::format("{} combinations are other shards' and not in the database\n", result.missing);
    out += fmt::format("\n  {:>8} {:>9} {:>12} {:>9} {:>7} {:>8}  {}\n", "sharpe", "deflated", "net profit", "drawdown",
                       "trades", "factor", "parameters");
    std::vector<const SweepRow*> best;
    for (const SweepRow& row : result.rows)
        best.push_back(&row);
    std::ranges::stable_sort(best, std::greater{}, [](const SweepRow* row) {
        const double ratio = row->metric("sharpe");
        return std::isfinite(ratio) ? ratio : -1e300;
    });
    for (std::size_t i = 0; i < std::min(best.size(), rowsShown); ++i) {
        const SweepRow& row = *best[i];
        if (!row.failure.empty()) {
            out += fmt::format("  failed: {}  {}\n", row.failure, words(row.parameters));
            continue;
        }
        out += fmt::format("  {:>8} {:>9} {:>12} {:>9} {:>7} {:>8}  {}\n", figure(row.metric("sharpe"), 2),
                           figure(row.metric("deflated_sharpe"), 3), figure(row.metric("net_profit"), 2),
                           figure(row.metric("max_drawdown"), 4), figure(row.metric("trades"), 0),
                           figure(row.metric("profit_factor"), 2), words(row.parameters));
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
                                 {u"parameters"_s, object(parametersOf(configs[each.picked], axes))},
                                 {u"in_sample"_s, number(each.inSample)},
                                 {u"out_of_sample"_s, number(each.outOfSample)},
                                 {u"net_profit"_s, number(each.netProfit)},
                                 {u"trades"_s, static_cast<qint64>(each.trades)},
                                 {u"ends_open"_s, each.endsOpen}});
    return {{u"purge"_s, static_cast<qint64>(result.purge)},
            {u"embargo"_s, static_cast<qint64>(result.embargo)},
            {u"in_sample_runs"_s, static_cast<qint64>(result.inSampleRuns)},
            {u"folds"_s, folds},
            {u"out_of_sample"_s, toJson(result.stitched)}};
}

std::string toText(const backtest::WalkForward& result, std::span<const backtest::Config> configs,
                   const std::vector<backtest::SweepAxis>& axes)
{
    std::string out = fmt::format("Picked in sample ({} runs), traded out of sample\n", result.inSampleRuns);
    for (const backtest::FoldResult& each : result.folds)
        out += fmt::format("  {} to {} -> {} to {}  in {:>7}, out {:>7}, {:>10.2f}  {}{}\n",
                           base::formatDate(each.fold.inFirst), base::formatDate(each.fold.inLast),
                           base::formatDate(each.fold.outFirst), base::formatDate(each.fold.outLast),
                           figure(each.inSample, 2), figure(each.outOfSample, 2), each.netProfit,
                           words(parametersOf(configs[each.picked], axes)), each.endsOpen ? " (ends open)" : "");
    return out + "\nOut of sample, stitched: " + toText(result.stitched);
}

} // namespace vegadesk::cli
