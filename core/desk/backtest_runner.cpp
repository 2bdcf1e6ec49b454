#include "desk/backtest_runner.h"

#include "backtest/generated_source.h"
#include "backtest/recorded_source.h"
#include "backtest/signal_days.h"
#include "base/clock.h"
#include "base/log.h"
#include "desk/backtest_trials.h"
#include "desk/backtest_view.h"
#include "desk/thread_priority.h"
#include "market/calendar.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtConcurrentRun>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

constexpr auto progressEvery = std::chrono::milliseconds(50);

} // namespace

base::Result<std::unique_ptr<history::ChainSource>> openSource(const BacktestRequest& request,
                                                               const std::stop_token& stop)
{
    if (!request.dataFolder.empty())
        return backtest::recordedSource(request.strategy, request.dataFolder, request.underlying, stop);
    return backtest::generatedSource(request.strategy, request.underlying, request.start, request.end, request.seed);
}

base::Result<backtest::Config> configOf(const BacktestRequest& request)
{
    auto config = backtest::configure(request.strategy);
    if (!config)
        return config;
    config->capital = request.capital;
    config->tolerance = request.tolerance;
    if (request.start != base::Date{})
        config->from = request.start;
    if (request.end != base::Date{})
        config->to = request.end;
    config->fills.slippage = request.slippage;
    config->fills.spreadFraction = request.spreadFraction;
    config->interestRate = request.interestRate;
    for (const auto& [name, value] : request.parameters) {
        if (const auto set = config->parameters.set(name, value); !set)
            return tl::make_unexpected(set.error());
    }
    const auto filter = strategies::filterOf(wordsOf(request.signal));
    if (!filter)
        return tl::make_unexpected(filter.error());
    config->filter = *filter;
    if (const auto sane = backtest::check(*config); !sane)
        return tl::make_unexpected(sane.error());
    return config;
}

namespace
{

/// By the dates asked for, where there are any: the source counts all that it has.
double fractionDone(const BacktestRequest& request, const backtest::Progress& at)
{
    if (request.start == base::Date{} || request.end == base::Date{})
        return static_cast<double>(at.done) / static_cast<double>(at.total);
    const auto daysFrom = [&request](base::Date date) {
        return static_cast<double>((date - request.start).count() + 1);
    };
    return std::min(1.0, daysFrom(market::newYorkDate(at.at)) / daysFrom(request.end));
}

} // namespace

std::vector<StrategyOption> strategyOptions()
{
    std::vector<StrategyOption> out;
    for (const strategies::StrategyInfo& info : strategies::registry())
        out.push_back({info.name, info.title, info.about, info.parameters, info.usualCapital, info.basketNames > 0});
    return out;
}

base::Result<void> followSignals(backtest::Config& config, const BacktestRequest& request,
                                 const std::string& signalsFolder, const std::stop_token& stop)
{
    const backtest::SignalSources sources{
        signalsFolder, backtest::daysOf(config, request.dataFolder, request.underlying, request.seed)};
    return backtest::followSignals(config, sources, stop);
}

BacktestReport runBacktest(const BacktestRequest& request, std::stop_token stop,
                           const std::function<void(double fraction)>& progress, const RunFiles& files)
{
    BacktestReport out;
    out.request = request;
    auto config = configOf(request);
    if (!config) {
        out.failure = config.error().message();
        return out;
    }
    auto source = openSource(request, stop);
    const auto followed = source ? followSignals(*config, request, files.signals, stop) : base::Result<void>();
    const base::Error* const fault = !source ? &source.error() : !followed ? &followed.error() : nullptr;
    if (fault) {
        out.isCancelled = fault->kind == base::ErrorKind::Cancelled;
        if (!out.isCancelled)
            out.failure = fault->message();
        return out;
    }
    auto lastTold = std::chrono::steady_clock::time_point();
    auto report = backtest::run(*config, **source, stop, [&](const backtest::Progress& at) {
        const auto now = std::chrono::steady_clock::now();
        if (now - lastTold < progressEvery || at.total == 0)
            return;
        lastTold = now;
        progress(fractionDone(request, at));
    });
    if (!report) {
        out.failure = report.error().message();
        return out;
    }
    if (!files.trials.empty()) {
        const auto counted = storage::TrialStore::open(files.trials).and_then([&](const auto& store) {
            return countTrial(*store, *report);
        });
        if (!counted) // the run is none the worse, but its number of trials is
            base::log::warning("a backtest was not counted among the trials: {}", counted.error().message());
    }
    BacktestReport shown = viewOf(std::make_shared<const backtest::Report>(std::move(*report)));
    shown.request = request;
    return shown;
}

storage::StoredRun storedRun(const BacktestReport& report)
{
    const BacktestRequest& request = report.request;
    QJsonObject parameters;
    for (const auto& [name, value] : request.parameters)
        parameters.insert(QString::fromStdString(name), value);
    for (const auto& [name, value] : wordsOf(request.signal))
        parameters.insert(QString::fromStdString(name), QString::fromStdString(value));
    const QJsonObject asked{{QStringLiteral("start"), QString::fromStdString(base::formatDate(request.start))},
                            {QStringLiteral("end"), QString::fromStdString(base::formatDate(request.end))},
                            {QStringLiteral("capital"), request.capital},
                            {QStringLiteral("tolerance"), QString::fromLatin1(risk::toText(request.tolerance))},
                            {QStringLiteral("slippage"), request.slippage},
                            {QStringLiteral("spread"), request.spreadFraction},
                            {QStringLiteral("interest_rate"), request.interestRate},
                            {QStringLiteral("seed"), static_cast<qint64>(request.seed)},
                            {QStringLiteral("data"), QString::fromStdString(request.dataFolder)},
                            {QStringLiteral("parameters"), parameters}};
    QJsonObject metrics;
    for (const BacktestMetric& metric : report.metrics)
        metrics.insert(QString::fromStdString(metric.id),
                       std::isfinite(metric.value) ? QJsonValue(metric.value) : QJsonValue());
    const auto text = [](const QJsonObject& object) {
        return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
    };

    storage::StoredRun run;
    run.strategy = request.strategy;
    run.underlying = request.underlying;
    run.status = !report.failure.empty() ? "failed" : report.isCancelled ? "cancelled" : "finished";
    run.finishedAt = base::SystemClock().now();
    run.startedAt = run.finishedAt -
                    base::Nanos(std::isfinite(report.seconds) ? static_cast<std::int64_t>(1e9 * report.seconds) : 0);
    run.request = text(asked);
    run.metrics = text(metrics);
    return run;
}

BacktestRunner::Work BacktestRunner::countedIn(const QString& dataDirectory)
{
    return [files = RunFiles::in(dataDirectory)](const BacktestRequest& request, std::stop_token stop,
                                                 const std::function<void(double fraction)>& progress) {
        return runBacktest(request, std::move(stop), progress, files);
    };
}

BacktestRunner::~BacktestRunner()
{
    for (auto& [id, run] : m_runs)
        run.stop.request_stop();
    for (auto& [id, run] : m_runs)
        run.work.waitForFinished();
}

std::uint64_t BacktestRunner::start(const BacktestRequest& request)
{
    const std::uint64_t id = ++m_lastId;
    Run& run = m_runs[id];
    run.work = QtConcurrent::run([this, id, request, token = run.stop.get_token()] {
        giveWay();
        const auto started = std::chrono::steady_clock::now();
        const auto tell = [&](double fraction) {
            const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started;
            const double left = fraction > 0 ? spent.count() * (1 - fraction) / fraction : unknown;
            QMetaObject::invokeMethod(
                this, [this, id, fraction, left] { Q_EMIT progressed(id, fraction, left); }, Qt::QueuedConnection);
        };
        auto report = std::make_shared<BacktestReport>();
        try {
            *report = m_work(request, token, tell);
        } catch (const std::exception& exception) {
            // A mistake of ours; the dialog must hear of it, or it waits for ever.
            report->request = request;
            report->failure = std::string("the backtest broke off: ") + exception.what();
        }
        report->id = id;
        QMetaObject::invokeMethod(
            this,
            [this, id, report = std::move(report)] {
                m_runs.erase(id);
                Q_EMIT finished(report);
            },
            Qt::QueuedConnection);
    });
    return id;
}

void BacktestRunner::cancel(std::uint64_t id)
{
    if (const auto run = m_runs.find(id); run != m_runs.end())
        run->second.stop.request_stop();
}

} // namespace vegadesk::desk
