#include "desk/counted_sweep.h"

#include "backtest/report/trades_csv.h"
#include "backtest/trials.h"
#include "desk/backtest_trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace vegadesk::desk
{

namespace
{

/// What is known already becomes a run's figures; the places of the others that are to run.
base::Result<std::vector<std::size_t>> lookUp(CountedSweep& sweep, storage::TrialStore& store, const IsMine& isMine,
                                              const std::stop_token& stop)
{
    std::vector<std::size_t> open;
    for (std::size_t place = 0; place < sweep.runs.size() && !stop.stop_requested(); ++place) {
        CountedRun& run = sweep.runs[place];
        const auto known = store.find(run.content);
        if (!known)
            return tl::make_unexpected(known.error());
        if (*known) {
            run.metrics = metricsOf(**known);
            run.family = (*known)->family;
            run.wasKnown = true;
        } else if (isMine(place)) {
            open.push_back(place);
        }
    }
    return open;
}

base::Result<void> judgeAll(CountedSweep& sweep, storage::TrialStore& store)
{
    std::map<std::string, storage::TrialFigures> families;
    for (CountedRun& run : sweep.runs) {
        if (!families.contains(run.family)) {
            const auto known = store.figures(run.family);
            if (!known)
                return tl::make_unexpected(known.error());
            families.emplace(run.family, *known);
            sweep.trials = std::max(sweep.trials, known->count);
        }
        if (run.metrics.empty())
            continue;
        const storage::TrialFigures& figures = families.at(run.family);
        backtest::setMetric(run.metrics, "trials", static_cast<double>(figures.count));
        backtest::setMetric(run.metrics, "deflated_sharpe",
                            backtest::deflatedSharpe(run.metrics, figures.sharpeVariance, figures.count));
    }
    return {};
}

} // namespace

std::vector<std::string> valuesOn(std::span<const backtest::SweepAxis> axes, const backtest::Config& config)
{
    std::vector<std::string> values;
    for (const backtest::SweepAxis& axis : axes)
        values.push_back(config.parameters.toText(axis.name));
    return values;
}

base::Result<CountedSweep> sweepCounted(std::span<const backtest::Config> configs,
                                        std::span<const backtest::SweepAxis> axes,
                                        std::shared_ptr<const backtest::SharedChains> data, storage::TrialStore& store,
                                        const IsMine& isMine, const backtest::SweepOptions& options,
                                        const std::stop_token& stop)
{
    const backtest::Config& first = configs.front();
    CountedSweep out{.strategy = first.strategy,
                     .underlying = data->underlying(),
                     .data = data->description(),
                     .dataHash = data->dataHash(first.from, first.to),
                     .axes = {},
                     .runs = {}};
    std::ranges::transform(axes, std::back_inserter(out.axes), &backtest::SweepAxis::name);
    const std::string family = backtest::familyOf(out.strategy, out.underlying, data->origin());
    for (const backtest::Config& config : configs) {
        if (stop.stop_requested())
            break;
        CountedRun& run = out.runs.emplace_back();
        run.values = valuesOn(axes, config);
        run.content = backtest::contentHash(config, out.dataHash);
        run.family = family;
    }
    const auto open = lookUp(out, store, isMine, stop);
    if (!open)
        return tl::make_unexpected(open.error());
    std::vector<backtest::Config> mine;
    for (const std::size_t place : *open)
        mine.push_back(configs[place]);

    std::optional<base::Error> storeFailure;
    backtest::SweepOptions each = options;
    each.onRun = [&](std::size_t place, const base::Result<backtest::Report>& report) {
        CountedRun& run = out.runs[(*open)[place]];
        if (!report) {
            run.failure = report.error().message();
            return;
        }
        const storage::StoredTrial trial = storedTrial(*report);
        run.metrics = metricsOf(trial);
        if (const auto added = store.add(trial); !added && !storeFailure)
            storeFailure = added.error();
    };
    if (const auto done = backtest::sweep(mine, std::move(data), each, stop);
        !done && done.error().kind != base::ErrorKind::Cancelled)
        return tl::make_unexpected(done.error());
    if (storeFailure)
        return tl::make_unexpected(*storeFailure);
    if (const auto judged = judgeAll(out, store); !judged)
        return tl::make_unexpected(judged.error());
    return out;
}

std::string sweepTable(const CountedSweep& sweep)
{
    std::vector<std::string> ids;
    const auto measured = std::ranges::find_if(sweep.runs, [](const CountedRun& run) { return !run.metrics.empty(); });
    if (measured != sweep.runs.end())
        std::ranges::transform(measured->metrics, std::back_inserter(ids), &backtest::Metric::id);
    std::ranges::sort(ids); // stored figures come in that order, new ones might in another
    std::vector<std::string> header = sweep.axes;
    header.insert(header.end(), ids.begin(), ids.end());
    header.insert(header.end(), {"content", "failure"});
    std::string out = backtest::csvLine(header);
    for (const CountedRun& run : sweep.runs) {
        if (run.isMissing())
            continue;
        std::vector<std::string> cells = run.values;
        for (const std::string& id : ids) {
            const double value = run.metric(id);
            cells.push_back(std::isfinite(value) ? fmt::format("{}", value) : "");
        }
        cells.insert(cells.end(), {run.content, run.failure});
        out += backtest::csvLine(cells);
    }
    return out;
}

} // namespace vegadesk::desk
