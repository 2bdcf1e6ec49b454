#include "backtest/signal_days.h"
#include "backtest/trials.h"
#include "base/time.h"
#include "desk/backtest_trials.h"
#include "desk/sweep_work.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

namespace vegadesk::desk
{

namespace
{

using Settings = std::map<std::string, std::string>;

struct Kept {
    storage::StoredTrial trial;
    Settings parameters;
};
/// Trials that differ in the strategy's parameters only.
struct Group {
    Settings common; ///< what they share: costs, tolerance, data, days
    std::vector<Kept> trials;
    base::Instant newest{};
};

std::string valueOf(const Settings& settings, const std::string& name)
{
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
}

/// Whether a trial's setting is no parameter of a strategy: what it waited for makes another sweep, as its costs do.
bool isCommon(const std::string& name)
{
    static const std::set<std::string> names = [] {
        std::set<std::string> all{"underlying", "data", "data_hash", "first", "last", "rules_content"};
        for (const backtest::Setting& setting :
             backtest::settingsOf({.strategy = {}, .parameters = base::Parameters({})}))
            all.insert(setting.name);
        return all;
    }();
    return names.contains(name) || strategies::isFilterWord(name) || name.starts_with(backtest::signalModelPrefix);
}

std::vector<Group> groupsOf(std::vector<storage::StoredTrial> trials, const std::stop_token& stop)
{
    std::map<Settings, Group> groups;
    for (storage::StoredTrial& trial : trials) {
        if (stop.stop_requested())
            break;
        const QJsonObject stored = QJsonDocument::fromJson(QByteArray::fromStdString(trial.settings)).object();
        Settings common, parameters;
        for (auto each = stored.begin(); each != stored.end(); ++each) {
            std::string name = each.key().toStdString();
            Settings& to = isCommon(name) ? common : parameters;
            to.emplace(std::move(name), each.value().toString().toStdString());
        }
        Group& group = groups[common];
        group.common = std::move(common);
        group.newest = std::max(group.newest, trial.at);
        group.trials.push_back({std::move(trial), std::move(parameters)});
    }
    std::vector<Group> all;
    for (auto& [settings, group] : groups) {
        if (group.trials.size() > 1)
            all.push_back(std::move(group));
    }
    std::ranges::stable_sort(all, std::greater{}, &Group::newest);
    return all;
}

std::optional<double> numberOf(const std::string& text)
{
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Numbers by size; words in the order that the strategy has them in, as far as it is known.
void sortValues(std::vector<std::string>& values, const base::ParameterSpec* spec)
{
    if (std::ranges::all_of(values, [](const std::string& value) { return numberOf(value).has_value(); })) {
        std::ranges::sort(values, {}, [](const std::string& value) { return *numberOf(value); });
        return;
    }
    std::ranges::sort(values);
    if (spec)
        std::ranges::stable_sort(values, {}, [&](const std::string& value) {
            return std::ranges::find(spec->choices, value) - spec->choices.begin();
        });
}

std::vector<SweepAxis> axesOf(const Group& group)
{
    std::map<std::string, std::set<std::string>> seen;
    for (const Kept& kept : group.trials) {
        for (const auto& [name, value] : kept.parameters)
            seen[name];
    }
    for (auto& [name, values] : seen) { // a parameter that a version had and another has not is "" there
        for (const Kept& kept : group.trials)
            values.insert(valueOf(kept.parameters, name));
    }
    const auto info = strategies::find(valueOf(group.common, "strategy"));
    std::vector<SweepAxis> axes;
    for (const auto& [name, values] : seen) {
        if (values.size() < 2)
            continue;
        SweepAxis& axis = axes.emplace_back(SweepAxis{name, {values.begin(), values.end()}});
        const base::ParameterSpec* spec = nullptr;
        if (info) {
            const auto found = std::ranges::find((*info)->parameters, name, &base::ParameterSpec::name);
            spec = found == (*info)->parameters.end() ? nullptr : &*found;
        }
        sortValues(axis.values, spec);
    }
    return axes;
}

base::Result<std::shared_ptr<const SweepReport>> reportOf(const Group& group, storage::TrialStore& store)
{
    auto report = std::make_shared<SweepReport>();
    report->strategy = valueOf(group.common, "strategy");
    report->underlying = valueOf(group.common, "underlying");
    report->data = valueOf(group.common, "data");
    report->isSimulated = report->data.starts_with("simulated market"); // as its source describes itself
    report->request.base.strategy = report->strategy;
    report->request.base.underlying = report->underlying;
    for (const auto& [name, date] : {std::pair{"first", &report->first}, std::pair{"last", &report->last}}) {
        if (const auto known = base::parseDate(valueOf(group.common, name), name))
            *date = *known;
    }
    if (const auto capital = numberOf(valueOf(group.common, "capital")))
        report->request.base.capital = *capital;
    if (const auto filter = strategies::filterOf({group.common.begin(), group.common.end()}); filter && *filter)
        report->signals.push_back(backtest::filterSentence(**filter));
    report->axes = axesOf(group);
    const auto figures = store.figures(group.trials.front().trial.family);
    if (!figures)
        return tl::make_unexpected(figures.error());

    CountedSweep sweep;
    sweep.trials = figures->count;
    for (const SweepAxis& axis : report->axes)
        sweep.axes.push_back(axis.name);
    for (const Kept& kept : group.trials) {
        CountedRun& run = sweep.runs.emplace_back();
        for (const SweepAxis& axis : report->axes)
            run.values.push_back(valueOf(kept.parameters, axis.name));
        run.content = kept.trial.content;
        run.metrics = metricsOf(kept.trial);
        run.wasKnown = true;
        backtest::setMetric(run.metrics, "trials", static_cast<double>(figures->count));
        backtest::setMetric(run.metrics, "deflated_sharpe",
                            backtest::deflatedSharpe(run.metrics, figures->sharpeVariance, figures->count));
    }
    show(*report, sweep);
    std::ranges::sort(report->runs, {}, &SweepRun::places);
    return report;
}

base::Result<void> readAll(StoredSweeps& out, const std::string& trialsFile, const std::string& other,
                           const std::stop_token& stop)
{
    auto store = storage::TrialStore::open(trialsFile);
    if (!store)
        return tl::make_unexpected(store.error());
    if (!other.empty()) {
        const auto taken = (*store)->merge(other);
        if (!taken)
            return tl::make_unexpected(taken.error());
        out.taken = *taken;
    }
    auto trials = (*store)->all();
    if (!trials)
        return tl::make_unexpected(trials.error());
    for (const Group& group : groupsOf(std::move(*trials), stop)) {
        if (stop.stop_requested())
            break;
        const auto report = reportOf(group, **store);
        if (!report)
            return tl::make_unexpected(report.error());
        if (!(*report)->axes.empty())
            out.sweeps.push_back(*report);
    }
    return {};
}

} // namespace

StoredSweeps readSweeps(const std::string& trialsFile, const std::string& other, const std::stop_token& stop)
{
    StoredSweeps out;
    if (const auto done = readAll(out, trialsFile, other, stop); !done)
        out.failure = done.error().message();
    return out;
}

} // namespace vegadesk::desk
