#include "backtest_realism.h"
#include "backtest_report.h"
#include "backtest_words.h"
#include "command.h"
#include "interrupt.h"
#include "option_checks.h"
#include "signal_words.h"

#include "backtest/generated_source.h"
#include "backtest/recorded_source.h"
#include "backtest/report/html_report.h"
#include "backtest/report/trades_csv.h"
#include "backtest/signal_days.h"
#include "desk/backtest_trials.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

namespace vegadesk::cli
{

void BacktestWords::describe(CLI::App& app)
{
    app.add_option("--strategy", m_strategy, "Its name, see: vegadesk-cli list strategies; or rules:FILE")->required();
    app.add_option("--start", m_start, "First day, as 2023-01-01; with --data: all there is");
    app.add_option("--end", m_end, "Last day, included");
    app.add_option("--underlying", m_underlying, "Symbol [SPY; with --data: the only one there]");
    app.add_option("--capital", m_capital,
                   "Dollars to start with [100000, or what the strategy's smallest trade needs]");
    app.add_option("--tolerance", m_tolerance, "Limits in force: low, moderate or high")->capture_default_str();
    app.add_option("--param,--set", m_parameters, "A strategy's parameter, as name=value; may be repeated")
        ->allow_extra_args(false);
    m_filter.describe(app);
    auto* const bars = app.add_option("--signal-bars", m_signalBars,
                                      "Daily bars to follow it by, in the place of the backtest's own underlying");
    auto* const volatility =
        app.add_option("--signal-volatility", m_signalVolatility, "Volatility index of these bars");
    bars->needs(volatility);
    volatility->needs(bars);
    app.add_option("--slippage", m_slippage, "Fraction of price on top of crossing the spread")->capture_default_str();
    app.add_option("--latency", m_latencySeconds, "Seconds from decision to exchange")->capture_default_str();
    app.add_option("--risk-free", m_riskFree, "Rate per year taken off in Sharpe and Sortino")->capture_default_str();
    auto* const data =
        app.add_option("--data", m_dataFolder,
                       "Folder of tables of quotes, or of chain files (see import), instead of the simulated market");
    data->check(notEmpty());
    app.add_option("--interest-rate", m_interestRate, "Rate per year of recorded days, whose data do not tell it")
        ->capture_default_str()
        ->needs(data);
    app.add_option("--seed", m_seed, "Of the simulated market")
        ->check(anySeed())
        ->capture_default_str()
        ->excludes(data);
    app.add_option("--snapshots", m_snapshotsPerDay, "Chains a day of the simulated market, 1 to 390")
        ->capture_default_str()
        ->excludes(data);
    m_realism.describe(app, data);
    app.add_flag("--no-sensitivity", m_withoutSensitivity, "Leave out the runs at 0, 50 and 100 % of the spread");
    app.add_option("--data-dir", m_folder, "Where runs are counted: the window's folder, unless given");
}

base::Result<risk::Tolerance> BacktestWords::tolerance() const
{
    for (const risk::Tolerance each : {risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High}) {
        if (m_tolerance == risk::toText(each))
            return each;
    }
    return base::badInput("--tolerance", m_tolerance, "low, moderate or high");
}

std::size_t BacktestWords::sets(std::string_view parameter) const
{
    return static_cast<std::size_t>(std::ranges::count_if(m_parameters, [parameter](const std::string& text) {
        return text.size() > parameter.size() && text.starts_with(parameter) && text[parameter.size()] == '=';
    }));
}

base::Result<backtest::Config> BacktestWords::config() const
{
    auto config = backtest::configure(m_strategy);
    if (!config)
        return config;
    strategies::Words filter = m_filter.words();
    for (const std::string& text : m_parameters) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            return base::badInput("--param", text, "name=value");
        const std::string_view view(text);
        if (sets(view.substr(0, equals)) > 1)
            return base::badInput("--set", text, "each parameter once");
        if (strategies::isFilterWord(view.substr(0, equals))) {
            filter.emplace_back(view.substr(0, equals), view.substr(equals + 1));
            continue;
        }
        if (const auto set = config->parameters.setText(view.substr(0, equals), view.substr(equals + 1)); !set)
            return tl::make_unexpected(set.error());
    }
    const auto filtered = strategies::filterOf(filter);
    if (!filtered)
        return tl::make_unexpected(filtered.error());
    config->filter = *filtered;
    const auto tolerated = tolerance();
    if (!tolerated)
        return tl::make_unexpected(tolerated.error());
    config->tolerance = *tolerated;
    for (const auto& [field, value, target] :
         {std::tuple{"--start", &m_start, &config->from}, std::tuple{"--end", &m_end, &config->to}}) {
        if (value->empty() && !m_dataFolder.empty())
            continue;
        const auto date = base::parseDate(*value, field);
        if (!date)
            return tl::make_unexpected(date.error());
        *target = *date;
    }
    config->capital = m_capital.value_or(config->capital);
    if (const auto realistic = m_realism.apply(*config); !realistic)
        return tl::make_unexpected(realistic.error());
    config->fills.slippage = m_slippage;
    config->riskFreeRate = m_riskFree;
    config->interestRate = m_interestRate;
    config->withSensitivity = !m_withoutSensitivity;
    if (!(m_latencySeconds >= 0 && m_latencySeconds <= 86'400))
        return base::badInput("latency", fmt::format("{}", m_latencySeconds), "0 to 86400 seconds");
    config->latency = base::Nanos(static_cast<std::int64_t>(1e9 * m_latencySeconds));
    if (const auto sane = backtest::check(*config); !sane)
        return tl::make_unexpected(sane.error());
    return config;
}

base::Result<std::unique_ptr<history::ChainSource>> BacktestWords::source(const backtest::Config& config) const
{
    if (!m_dataFolder.empty()) {
        auto recorded = backtest::recordedSource(config.strategy, m_dataFolder, m_underlying);
        if (!recorded)
            return tl::make_unexpected(recorded.error());
        return m_realism.withEvents(std::move(*recorded));
    }
    const std::string_view underlying = m_underlying.empty() ? std::string_view("SPY") : m_underlying;
    auto generated = backtest::generatedSource(config.strategy, underlying, *config.from, *config.to, m_seed,
                                               m_snapshotsPerDay, m_realism.events());
    if (!generated)
        return tl::make_unexpected(generated.error());
    return m_realism.withEvents(std::move(*generated));
}

base::Result<void> BacktestWords::follow(backtest::Config& config, const std::stop_token& stop) const
{
    backtest::SignalSources sources;
    sources.folder = signalsFolder(m_folder);
    learning::market_signals::HistoryRequest& history = sources.history;
    if (!m_signalBars.empty()) {
        history.barsPath = m_signalBars;
        history.volatilityPath = m_signalVolatility;
    } else {
        const bool isRecorded = !m_dataFolder.empty();
        history =
            backtest::daysOf(config, m_dataFolder, m_underlying.empty() && !isRecorded ? "SPY" : m_underlying, m_seed);
    }
    const auto followed = backtest::followSignals(config, sources, stop);
    if (followed && config.signals.empty() && !m_signalBars.empty())
        return base::badInput("--signal-bars", m_signalBars, "with --signal: no entry waits for a signal");
    return followed;
}

base::Result<std::unique_ptr<storage::TrialStore>> BacktestWords::trials() const
{
    QCoreApplication::setApplicationName(QStringLiteral("vegadesk"));
    const QString folder = m_folder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                            : QString::fromStdString(m_folder);
    if (!QDir().mkpath(folder))
        return base::fail(base::ErrorKind::Storage, "--data-dir", folder.toStdString(), "cannot be made");
    return storage::TrialStore::open(QDir(folder).filePath(QLatin1String(storage::TrialStore::fileName)).toStdString());
}

namespace
{

class BacktestCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    base::Result<void> write(const backtest::Report& report) const;

    BacktestWords m_words;
    std::string m_reportFile, m_tradesFile;
    bool m_asJson = false;
};

void BacktestCommand::describe(CLI::App& app)
{
    m_words.describe(app);
    app.add_flag("--json", m_asJson, "The whole report as JSON");
    app.add_option("--report", m_reportFile, "Also writes the report to this file, as a page that needs nothing else");
    app.add_option("--trades", m_tradesFile, "Also writes the trades to this file, as CSV");
    app.footer("Example: vegadesk-cli backtest --strategy iron_condor --start 2023-01-01 --end 2024-01-01 "
               "--param short_delta=0.2 --json");
}

base::Result<void> BacktestCommand::write(const backtest::Report& report) const
{
    if (!m_reportFile.empty()) {
        if (const auto done = writeFile(m_reportFile, backtest::htmlReport(report)); !done)
            return done;
    }
    if (!m_tradesFile.empty())
        return writeFile(m_tradesFile, backtest::tradesCsv(report));
    return {};
}

/// Before anything ran.
int stopped()
{
    fmt::print(stderr, "vegadesk-cli: stopped; nothing was run\n");
    return interrupted;
}

int BacktestCommand::run(int argc, char** argv)
{
    auto chosen = m_words.config();
    if (!chosen)
        return complain(chosen.error());
    auto data = m_words.source(*chosen);
    if (!data)
        return complain(data.error());
    std::stop_source stop;
    answerInterrupts({SIGINT});
    const StopOnInterrupt watch(stop);
    if (const auto followed = m_words.follow(*chosen, stop.get_token()); !followed)
        return followed.error().kind == base::ErrorKind::Cancelled ? stopped() : complain(followed.error());

    const QCoreApplication application(argc, argv);
    const bool showsProgress = ::isatty(STDERR_FILENO) != 0;
    auto report = backtest::run(*chosen, **data, stop.get_token(), [&](const backtest::Progress& progress) {
        if (showsProgress && progress.total > 0)
            fmt::print(stderr, "\r{:3.0f} %  {}  {:.2f} ",
                       100 * static_cast<double>(progress.done) / static_cast<double>(progress.total),
                       base::formatInstant(progress.at).substr(0, 10), progress.equity);
    });
    if (showsProgress)
        fmt::print(stderr, "\r\x1b[K");
    if (!report)
        return complain(report.error());
    const auto counted =
        m_words.trials().and_then([&](const auto& store) { return desk::countTrial(*store, *report); });
    if (!counted) // the run is none the worse, but its number of trials is
        fmt::print(stderr, "vegadesk-cli: this run was not counted among the trials: {}\n", counted.error().message());
    if (const auto written = write(*report); !written)
        return complain(written.error());
    if (m_asJson)
        fmt::print("{}", QJsonDocument(toJson(*report)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", toText(*report));
    return report->isCancelled ? interrupted : succeeded;
}

} // namespace

std::unique_ptr<Command> backtestCommand()
{
    return std::make_unique<BacktestCommand>();
}

} // namespace vegadesk::cli
