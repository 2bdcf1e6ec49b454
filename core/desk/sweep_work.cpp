#include "desk/sweep_work.h"

#include "backtest/signal_days.h"
#include "backtest/walk_forward.h"
#include "desk/backtest_runner.h"
#include "desk/backtest_trials.h"
#include "desk/walk_forward_view.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace vegadesk::desk
{

namespace
{

constexpr auto progressEvery = std::chrono::milliseconds(50);

std::vector<backtest::SweepAxis> axesOf(const SweepRequest& request)
{
    std::vector<backtest::SweepAxis> axes;
    for (const SweepAxis& axis : request.axes)
        axes.push_back({axis.name, axis.values});
    return axes;
}

base::Result<backtest::Config> baseOf(const SweepRequest& request)
{
    auto config = configOf(request.base);
    if (!config)
        return config;
    // Of the one that is picked, a backtest says more. A walk-forward is shown like one.
    config->withSensitivity = request.walkForward.has_value();
    config->withBootstrap = false;
    return config;
}

base::Result<backtest::WalkForwardSettings> settingsOf(const WalkForwardRequest& request)
{
    backtest::WalkForwardSettings settings;
    settings.window = request.isAnchored ? backtest::WalkForwardWindow::Anchored : backtest::WalkForwardWindow::Rolling;
    settings.inSample = static_cast<std::size_t>(std::max(0, request.inSample));
    settings.outOfSample = static_cast<std::size_t>(std::max(0, request.outOfSample));
    if (request.purge)
        settings.purge = static_cast<std::size_t>(std::max(0, *request.purge));
    if (request.embargo)
        settings.embargo = static_cast<std::size_t>(std::max(0, *request.embargo));
    settings.objective = request.objective;
    if (const auto sane = backtest::check(settings); !sane)
        return tl::make_unexpected(sane.error());
    return settings;
}

/// What one request needs while it runs.
class Work
{
public:
    Work(const SweepRequest& request, const std::stop_token& stop,
         const std::function<void(const SweepProgress&)>& tell)
        : m_request(request), m_stop(stop), m_tell(tell)
    {
        m_report.request = request;
        m_report.strategy = request.base.strategy;
        m_report.underlying = request.base.underlying;
        m_report.axes = request.axes;
    }

    SweepOutcome run(const RunFiles& files)
    {
        if (const auto done = runAll(files); !done) {
            m_report.isCancelled = done.error().kind == base::ErrorKind::Cancelled;
            if (!m_report.isCancelled)
                m_report.failure = done.error().message();
        }
        m_report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_startedAt).count();
        return {std::move(m_report), std::move(m_chains)};
    }

private:
    base::Result<void> runAll(const RunFiles& files)
    {
        if (const auto size = sizeOf(m_request); !size)
            return tl::make_unexpected(size.error());
        auto config = baseOf(m_request);
        if (!config)
            return tl::make_unexpected(config.error());
        if (const auto read = readChains(); !read)
            return read;
        if (auto followed = followSignals(*config, m_request.base, files.signals, m_stop); !followed)
            return followed;
        m_report.signals = backtest::signalSentences(*config, config->from.value_or(m_report.first),
                                                     config->to.value_or(m_report.last));
        const auto axes = axesOf(m_request);
        const auto configs = backtest::combinations(*config, axes, m_stop);
        if (!configs)
            return tl::make_unexpected(configs.error());
        auto store = storage::TrialStore::open(files.trials);
        if (!store)
            return tl::make_unexpected(store.error());
        writeAxes(*config);
        return m_request.walkForward ? walk(*configs, axes, **store) : sweepAll(*configs, axes, **store);
    }

    /// "0.30" is shown as the runs will say it: 0.3.
    void writeAxes(const backtest::Config& config)
    {
        base::Parameters parameters = config.parameters;
        for (SweepAxis& axis : m_report.axes) {
            for (std::string& value : axis.values) {
                if (parameters.setText(axis.name, value))
                    value = parameters.toText(axis.name);
            }
        }
    }

    base::Result<void> readChains()
    {
        const auto source = openSource(m_request.base, m_stop);
        if (!source)
            return tl::make_unexpected(source.error());
        auto toldAt = std::chrono::steady_clock::time_point();
        auto chains = backtest::SharedChains::read(**source, m_stop, [&](double fraction) {
            const auto now = std::chrono::steady_clock::now();
            if (now - toldAt < progressEvery)
                return;
            toldAt = now;
            const double spent = std::chrono::duration<double>(now - m_startedAt).count();
            m_tell({.stage = SweepStage::Reading,
                    .fraction = fraction,
                    .secondsLeft = fraction > 0 ? spent * (1 - fraction) / fraction : unknown});
        });
        if (!chains)
            return tl::make_unexpected(chains.error());
        m_chains = std::move(*chains);
        m_report.underlying = m_chains->underlying();
        m_report.data = m_chains->description();
        m_report.isSimulated = (*source)->isSimulated();
        const std::vector<base::Date> dates = m_chains->dates();
        m_report.first = dates.front();
        m_report.last = dates.back();
        return {};
    }

    backtest::SweepOptions options() const
    {
        backtest::SweepOptions options;
        options.onProgress = [this](const backtest::SweepProgress& progress) {
            m_tell({.stage = SweepStage::Running,
                    .done = progress.done,
                    .total = progress.total,
                    .fraction = progress.fraction,
                    .secondsLeft = progress.secondsLeft});
        };
        return options;
    }

    base::Result<void> sweepAll(const std::vector<backtest::Config>& configs,
                                const std::vector<backtest::SweepAxis>& axes, storage::TrialStore& store)
    {
        const auto swept =
            sweepCounted(configs, axes, m_chains, store, [](std::size_t) { return true; }, options(), m_stop);
        if (!swept)
            return tl::make_unexpected(swept.error());
        show(m_report, *swept);
        m_report.isCancelled = m_stop.stop_requested();
        return {};
    }

    base::Result<void> walk(const std::vector<backtest::Config>& configs, const std::vector<backtest::SweepAxis>& axes,
                            storage::TrialStore& store)
    {
        const auto settings = settingsOf(*m_request.walkForward);
        if (!settings)
            return tl::make_unexpected(settings.error());
        std::optional<base::Error> storeFailure;
        const auto count = [&](const backtest::Report& report) {
            if (const auto added = store.add(storedTrial(report)); !added && !storeFailure)
                storeFailure = added.error();
        };
        backtest::SweepOptions each = options();
        each.onRun = [&](std::size_t, const base::Result<backtest::Report>& report) {
            if (report)
                count(*report);
        };
        auto walked = backtest::walkForward(configs, m_chains, *settings, each, count, m_stop);
        if (!walked)
            return tl::make_unexpected(walked.error());
        if (storeFailure)
            return tl::make_unexpected(*storeFailure);
        if (const auto judged = judgeByTrials(store, walked->stitched); !judged)
            return tl::make_unexpected(judged.error());
        m_report.trials = walked->stitched.trials.count;
        m_report.walkForward = viewOf(*walked, *settings, configs, axes, m_request.base);
        return {};
    }

    const SweepRequest& m_request;
    const std::stop_token& m_stop;
    const std::function<void(const SweepProgress&)>& m_tell;
    const std::chrono::steady_clock::time_point m_startedAt = std::chrono::steady_clock::now();
    SweepReport m_report;
    std::shared_ptr<const backtest::SharedChains> m_chains;
};

} // namespace

base::Result<SweepSize> sizeOf(const SweepRequest& request)
{
    const auto config = baseOf(request);
    if (!config)
        return tl::make_unexpected(config.error());
    const auto count = backtest::combinationCount(*config, axesOf(request));
    if (!count)
        return tl::make_unexpected(count.error());
    if (*count > sweepSettingsMost)
        return base::badInput("grid", std::to_string(*count) + " settings",
                              "at most " + std::to_string(sweepSettingsMost) +
                                  " here; vegadesk-cli sweep takes more and divides them");
    SweepSize size{.settings = *count};
    if (!request.walkForward)
        return size;
    const auto settings = settingsOf(*request.walkForward);
    if (!settings)
        return tl::make_unexpected(settings.error());
    if (!request.base.dataFolder.empty())
        return size; // the folder says how many days there are
    const auto folds = backtest::plannedFolds(*config, size.settings, *settings);
    if (!folds)
        return tl::make_unexpected(folds.error());
    size.folds = *folds;
    return size;
}

void show(SweepReport& report, const CountedSweep& sweep)
{
    report.trials = sweep.trials;
    const auto measured = std::ranges::find_if(sweep.runs, [](const CountedRun& run) { return !run.metrics.empty(); });
    if (measured != sweep.runs.end()) {
        for (const backtest::Metric& metric : measured->metrics)
            report.metrics.push_back({metric.id, metric.unit});
    }
    for (const CountedRun& run : sweep.runs) {
        SweepRun& shown = report.runs.emplace_back();
        for (std::size_t axis = 0; axis < report.axes.size(); ++axis) {
            const std::vector<std::string>& values = report.axes[axis].values;
            shown.places.push_back(
                static_cast<std::size_t>(std::ranges::find(values, run.values[axis]) - values.begin()));
        }
        if (!run.metrics.empty()) {
            for (const SweepMetric& metric : report.metrics)
                shown.figures.push_back(run.metric(metric.id));
        }
        shown.failure = run.failure;
        shown.wasKnown = run.wasKnown;
    }
    report.table = sweepTable(sweep);
}

SweepOutcome runSweep(const SweepRequest& request, const std::stop_token& stop,
                      const std::function<void(const SweepProgress&)>& tell, const RunFiles& files)
{
    return Work(request, stop, tell).run(files);
}

} // namespace vegadesk::desk
