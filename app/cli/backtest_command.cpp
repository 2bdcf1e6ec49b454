#include "backtest_report.h"
#include "command.h"
#include "option_checks.h"

#include "history/importers.h"
#include "history/market_generator.h"

#include <QJsonDocument>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

namespace vegadesk::cli
{

namespace
{

std::atomic<bool> isInterrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set by a signal handler");

extern "C" void onInterrupt(int)
{
    isInterrupted = true;
}

class BacktestCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    base::Result<backtest::Config> config() const;
    base::Result<std::unique_ptr<history::ChainSource>> source(const backtest::Config& config) const;
    base::Result<risk::Tolerance> tolerance() const;

    std::string m_strategy, m_start, m_end, m_underlying, m_tolerance = "moderate", m_dataFolder;
    double m_capital = 100'000, m_slippage = 0.001, m_spread = 1, m_latencySeconds = 0, m_riskFree = 0;
    std::uint64_t m_seed = 1;
    int m_snapshotsPerDay = 1;
    std::vector<std::string> m_parameters;
    bool m_withoutSensitivity = false;
    bool m_asJson = false;
};

void BacktestCommand::describe(CLI::App& app)
{
    app.add_option("--strategy", m_strategy, "Its name, see: vegadesk-cli list strategies")->required();
    app.add_option("--start", m_start, "First day, as 2023-01-01; with --data: all there is");
    app.add_option("--end", m_end, "Last day, included");
    app.add_option("--underlying", m_underlying, "Symbol [SPY; with --data: the only one there]");
    app.add_option("--capital", m_capital, "Dollars to start with")->capture_default_str();
    app.add_option("--tolerance", m_tolerance, "Limits in force: low, moderate or high")->capture_default_str();
    app.add_option("--param,--set", m_parameters, "A strategy's parameter, as name=value; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--slippage", m_slippage, "Fraction of price on top of crossing the spread")->capture_default_str();
    app.add_option("--spread", m_spread, "Part of the half-spread that a fill crosses")->capture_default_str();
    app.add_option("--latency", m_latencySeconds, "Seconds from decision to exchange")->capture_default_str();
    app.add_option("--risk-free", m_riskFree, "Rate per year taken off in Sharpe and Sortino")->capture_default_str();
    app.add_option("--seed", m_seed, "Of the simulated market")->check(anySeed())->capture_default_str();
    app.add_option("--snapshots", m_snapshotsPerDay, "Chains a day of the simulated market, 1 to 390")
        ->capture_default_str();
    app.add_option("--data", m_dataFolder, "Folder of recorded chains instead of the simulated market");
    app.add_flag("--no-sensitivity", m_withoutSensitivity, "Leave out the runs at 0, 50 and 100 % of the spread");
    app.add_flag("--json", m_asJson, "The whole report as JSON");
    app.footer("Example: vegadesk-cli backtest --strategy iron_condor --start 2023-01-01 --end 2024-01-01 "
               "--param short_delta=0.2 --json");
}

base::Result<risk::Tolerance> BacktestCommand::tolerance() const
{
    for (const risk::Tolerance each : {risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High}) {
        if (m_tolerance == risk::toText(each))
            return each;
    }
    return base::badInput("--tolerance", m_tolerance, "low, moderate or high");
}

base::Result<backtest::Config> BacktestCommand::config() const
{
    auto config = backtest::configure(m_strategy);
    if (!config)
        return config;
    for (const std::string& text : m_parameters) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            return base::badInput("--param", text, "name=value");
        const std::string_view view(text);
        if (const auto set = config->parameters.setText(view.substr(0, equals), view.substr(equals + 1)); !set)
            return tl::make_unexpected(set.error());
    }
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
    config->capital = m_capital;
    config->fills.slippage = m_slippage;
    config->fills.spreadFraction = m_spread;
    config->riskFreeRate = m_riskFree;
    config->withSensitivity = !m_withoutSensitivity;
    if (!(m_latencySeconds >= 0 && m_latencySeconds <= 86'400))
        return base::badInput("latency", fmt::format("{}", m_latencySeconds), "0 to 86400 seconds");
    config->latency = base::Nanos(static_cast<std::int64_t>(1e9 * m_latencySeconds));
    if (const auto sane = backtest::check(*config); !sane)
        return tl::make_unexpected(sane.error());
    return config;
}

base::Result<std::unique_ptr<history::ChainSource>> BacktestCommand::source(const backtest::Config& config) const
{
    if (!m_dataFolder.empty()) {
        auto recorded = history::openRecordedChains(m_dataFolder, m_underlying);
        if (!recorded)
            return tl::make_unexpected(recorded.error());
        return std::move(*recorded);
    }
    const std::string_view underlying = m_underlying.empty() ? std::string_view("SPY") : m_underlying;
    auto generated =
        history::GeneratedChainSource::make(underlying, *config.from, *config.to, m_seed, m_snapshotsPerDay);
    if (!generated)
        return tl::make_unexpected(generated.error());
    return std::move(*generated);
}

int BacktestCommand::run(int, char**)
{
    const auto chosen = config();
    if (!chosen)
        return complain(chosen.error());
    auto data = source(*chosen);
    if (!data)
        return complain(data.error());

    std::signal(SIGINT, onInterrupt);
    const bool showsProgress = ::isatty(STDERR_FILENO) != 0;
    std::stop_source stop;
    const auto report = backtest::run(*chosen, **data, stop.get_token(), [&](const backtest::Progress& progress) {
        if (isInterrupted)
            stop.request_stop();
        if (showsProgress && progress.total > 0)
            fmt::print(stderr, "\r{:3.0f} %  {}  {:.2f} ",
                       100 * static_cast<double>(progress.done) / static_cast<double>(progress.total),
                       base::formatInstant(progress.at).substr(0, 10), progress.equity);
    });
    if (showsProgress)
        fmt::print(stderr, "\r\x1b[K");
    if (!report)
        return complain(report.error());
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
