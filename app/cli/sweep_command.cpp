#include "backtest_words.h"
#include "command.h"
#include "interrupt.h"
#include "sweep_grid.h"
#include "sweep_report.h"

#include "backtest/report/html_report.h"
#include "backtest/report/trades_csv.h"
#include "backtest/signal_days.h"
#include "backtest/walk_forward.h"
#include "desk/backtest_trials.h"
#include "desk/walk_forward_view.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>
#include <utility>

namespace vegadesk::cli
{

namespace
{

class SweepCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    base::Result<backtest::WalkForwardSettings> walkForwardSettings() const;
    base::Result<std::shared_ptr<const backtest::SharedChains>> read(const backtest::Config& config);
    int runInStore(const backtest::Config& base, const std::optional<backtest::WalkForwardSettings>& settings);
    int sweepAll(backtest::Config base);
    int walk(const backtest::Config& base, const backtest::WalkForwardSettings& settings);
    base::Result<void> write(const backtest::Report& stitched) const;
    backtest::SweepOptions options();
    void show(const backtest::SweepProgress& progress) const;
    void note(const base::Result<void>& stored);
    int complainOr(const base::Error& error) const;

    BacktestWords m_words;
    std::string m_gridFile, m_shard = "1/1", m_walkForward, m_objective = "sharpe", m_reportFile, m_tradesFile;
    std::vector<std::string> m_merged;
    unsigned m_threads = 0;
    int m_inSample = 252, m_outOfSample = 63, m_purge = -1, m_embargo = -1;
    bool m_asJson = false, m_asCsv = false;

    std::vector<backtest::SweepAxis> m_axes;
    std::unique_ptr<storage::TrialStore> m_store;
    std::optional<base::Error> m_storeFailure;
    std::stop_source m_stop;
    const std::chrono::steady_clock::time_point m_startedAt = std::chrono::steady_clock::now();
};

void SweepCommand::describe(CLI::App& app)
{
    m_words.describe(app);
    app.add_option(
           "--grid", m_gridFile,
           R"(JSON file of parameters: {"short_delta": [0.1, 0.2], "profit_target": {"from": 0.3, "to": 0.7, "step": 0.1}})")
        ->required();
    app.add_option("--shard", m_shard, "Only part I of N, as 2/8; what others have done comes from the database")
        ->capture_default_str();
    app.add_option("--threads", m_threads, "Runs at a time [as many as there are cores]");
    app.add_option("--merge", m_merged, "Another machine's trials.db to take over first; may be repeated")
        ->allow_extra_args(false);
    auto* const walk =
        app.add_option("--walk-forward", m_walkForward, "Pick on earlier days, trade the next: rolling or anchored");
    app.add_option("--in-sample", m_inSample, "Trading days to pick on")->capture_default_str()->needs(walk);
    app.add_option("--out-of-sample", m_outOfSample, "Trading days to trade then")->capture_default_str()->needs(walk);
    app.add_option("--purge", m_purge, "Trading days between for what is still open [the longest holding period]")
        ->needs(walk);
    app.add_option("--embargo", m_embargo, "Trading days between besides [the longest holding period]")->needs(walk);
    app.add_option("--objective", m_objective, "The figure to pick by")->capture_default_str()->needs(walk);
    app.add_option("--report", m_reportFile, "Of a walk-forward: also writes its report to this file");
    app.add_option("--trades", m_tradesFile, "Of a walk-forward: also writes the trades to this file, as CSV");
    auto* const json = app.add_flag("--json", m_asJson, "All runs as JSON");
    app.add_flag("--csv", m_asCsv, "All runs as CSV, a line each; of a walk-forward all stretches")->excludes(json);
    app.footer(
        "Example: vegadesk-cli sweep --strategy iron_condor --grid grid.json --start 2023-01-01 --end 2024-01-01 "
        "--shard 1/4 --csv");
}

base::Result<backtest::WalkForwardSettings> SweepCommand::walkForwardSettings() const
{
    backtest::WalkForwardSettings settings;
    if (m_walkForward != "rolling" && m_walkForward != "anchored")
        return base::badInput("--walk-forward", m_walkForward, "rolling or anchored");
    settings.window =
        m_walkForward == "rolling" ? backtest::WalkForwardWindow::Rolling : backtest::WalkForwardWindow::Anchored;
    for (const auto& [field, value] :
         {std::pair{"--in-sample", m_inSample}, std::pair{"--out-of-sample", m_outOfSample}}) {
        if (value < 1)
            return base::badInput(field, std::to_string(value), "a number of trading days");
    }
    settings.inSample = static_cast<std::size_t>(m_inSample);
    settings.outOfSample = static_cast<std::size_t>(m_outOfSample);
    if (m_purge >= 0)
        settings.purge = static_cast<std::size_t>(m_purge);
    if (m_embargo >= 0)
        settings.embargo = static_cast<std::size_t>(m_embargo);
    settings.objective = m_objective;
    if (const auto sane = backtest::check(settings); !sane)
        return tl::make_unexpected(sane.error());
    return settings;
}

base::Result<std::shared_ptr<const backtest::SharedChains>> SweepCommand::read(const backtest::Config& config)
{
    auto source = m_words.source(config);
    if (!source)
        return tl::make_unexpected(source.error());
    return backtest::SharedChains::read(**source, m_stop.get_token());
}

void SweepCommand::show(const backtest::SweepProgress& progress) const
{
    if (::isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "\r{:3.0f} %  {} of {} runs, {:.0f} s left \x1b[K{}", 100 * progress.fraction, progress.done,
                   progress.total, progress.secondsLeft, progress.done == progress.total ? "\r\x1b[K" : "");
}

void SweepCommand::note(const base::Result<void>& stored)
{
    if (!stored && !m_storeFailure)
        m_storeFailure = stored.error();
}

backtest::SweepOptions SweepCommand::options()
{
    backtest::SweepOptions options;
    options.threads = m_threads;
    options.onProgress = [this](const backtest::SweepProgress& progress) { show(progress); };
    return options;
}

int SweepCommand::complainOr(const base::Error& error) const
{
    if (error.kind != base::ErrorKind::Cancelled)
        return complain(error);
    fmt::print(stderr, "\nvegadesk-cli: cancelled; what had finished is in the database\n");
    return interrupted;
}

int SweepCommand::sweepAll(backtest::Config base)
{
    base.withSensitivity = base.withBootstrap = false; // of the one that is picked, backtest says more
    const auto shard = backtest::parseShard(m_shard);
    if (!shard)
        return complain(shard.error());
    const auto configs = backtest::combinations(base, m_axes);
    if (!configs)
        return complain(configs.error());
    const auto data = read(base);
    if (!data)
        return complainOr(data.error());
    const auto isMine = [&](std::size_t place) { return backtest::isIn(*shard, place); };
    auto swept = desk::sweepCounted(*configs, m_axes, *data, *m_store, isMine, options(), m_stop.get_token());
    if (!swept)
        return complain(swept.error());
    if (m_stop.stop_requested())
        return complainOr(backtest::cancelled("sweep").value());
    const bool isWhole = std::ranges::all_of(swept->runs, &std::string::empty, &desk::CountedRun::failure);
    const std::vector<base::Date> dates = (*data)->dates();
    const SweepResult result{
        std::move(*swept), *shard,
        backtest::signalSentences(base, base.from.value_or(dates.front()), base.to.value_or(dates.back())),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - m_startedAt).count()};
    if (m_asCsv) { // a table has no room for sentences
        for (const std::string& each : result.signals)
            fmt::print(stderr, "vegadesk-cli: {}\n", each);
    }
    if (m_asJson)
        fmt::print("{}", QJsonDocument(toJson(result)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", m_asCsv ? desk::sweepTable(result.sweep) : toText(result));
    return isWhole ? succeeded : failed;
}

base::Result<void> SweepCommand::write(const backtest::Report& stitched) const
{
    if (!m_reportFile.empty()) {
        if (const auto done = writeFile(m_reportFile, backtest::htmlReport(stitched)); !done)
            return done;
    }
    if (!m_tradesFile.empty())
        return writeFile(m_tradesFile, backtest::tradesCsv(stitched));
    return {};
}

int SweepCommand::walk(const backtest::Config& base, const backtest::WalkForwardSettings& settings)
{
    const auto configs = backtest::combinations(base, m_axes);
    if (!configs)
        return complain(configs.error());
    if (!m_words.isRecorded()) { // a folder may hold fewer days than were asked for
        if (const auto planned = backtest::plannedFolds(base, configs->size(), settings); !planned)
            return complain(planned.error());
    }
    const auto data = read(base);
    if (!data)
        return complainOr(data.error());
    backtest::SweepOptions each = options();
    const auto count = [this](const backtest::Report& report) {
        note(m_store->add(desk::storedTrial(report)).map([](bool) {}));
    };
    each.onRun = [&](std::size_t, const base::Result<backtest::Report>& report) {
        if (report)
            count(*report);
    };
    auto walked = backtest::walkForward(*configs, *data, settings, each, count, m_stop.get_token());
    if (!walked)
        return complainOr(walked.error());
    note(desk::judgeByTrials(*m_store, walked->stitched));
    if (m_storeFailure)
        return complain(*m_storeFailure);
    if (const auto written = write(walked->stitched); !written)
        return complain(written.error());
    if (m_asJson)
        fmt::print("{}",
                   QJsonDocument(toJson(*walked, *configs, m_axes)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", m_asCsv ? desk::foldsTable(*walked, *configs, m_axes) : toText(*walked, *configs, m_axes));
    return succeeded;
}

int SweepCommand::run(int argc, char** argv)
{
    auto base = m_words.config();
    if (!base)
        return complain(base.error());
    std::optional<backtest::WalkForwardSettings> settings;
    if (!m_walkForward.empty()) {
        const auto chosen = walkForwardSettings();
        if (!chosen)
            return complain(chosen.error());
        settings = *chosen;
        if (m_shard != "1/1")
            return complain("--shard", m_shard, "only without --walk-forward");
    }
    for (const auto& [flag, file] : {std::pair{"--report", &m_reportFile}, std::pair{"--trades", &m_tradesFile}}) {
        if (!settings && !file->empty())
            return complain(flag, *file, "only with --walk-forward");
    }
    const auto info = strategies::find(base->strategy);
    if (info && (*info)->basketNames > 0)
        return complain("--strategy", base->strategy, "one that trades a single underlying: a sweep holds no basket");
    auto axes = readGrid(m_gridFile);
    if (!axes)
        return complain(axes.error());
    m_axes = std::move(*axes);
    for (const backtest::SweepAxis& axis : m_axes) {
        if (m_words.sets(axis.name) > 0)
            return complain("--set", axis.name, "only what the grid leaves alone");
    }

    answerInterrupts({SIGINT});
    const StopOnInterrupt watch(m_stop);
    if (const auto followed = m_words.follow(*base, m_stop.get_token()); !followed)
        return complainOr(followed.error());
    const QCoreApplication application(argc, argv);
    const int status = runInStore(*base, settings);
    m_store.reset(); // before the application that its driver hangs on
    return status;
}

int SweepCommand::runInStore(const backtest::Config& base, const std::optional<backtest::WalkForwardSettings>& settings)
{
    auto store = m_words.trials();
    if (!store)
        return complain(store.error());
    m_store = std::move(*store);
    for (const std::string& file : m_merged) {
        if (const auto merged = m_store->merge(file); !merged)
            return complain(merged.error());
    }
    return settings ? walk(base, *settings) : sweepAll(base);
}

} // namespace

std::unique_ptr<Command> sweepCommand()
{
    return std::make_unique<SweepCommand>();
}

} // namespace vegadesk::cli
