#include "signal_words.h"
#include "option_checks.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace vegadesk::cli
{

using learning::market_signals::HistoryRequest;

void SignalHistoryWords::describe(CLI::App& app)
{
    auto* const bars =
        app.add_option("--bars", m_bars, "Daily bars: a CSV, plain or .gz, with date and close, and open, high, low");
    auto* const volatility =
        app.add_option("--volatility", m_volatility, "Daily closes of a volatility index in points (20 is 20 %)");
    bars->needs(volatility);
    volatility->needs(bars);
    auto* const data = app.add_option("--data", m_folder, "Folder of chain files (see import and record)");
    data->check(notEmpty());
    app.add_option("--underlying", m_underlying, "Of the folder's chains [the only one there]")->needs(data);
    auto* const generated =
        app.add_option("--generated", m_generated, "Underlying of the simulated market, such as SPY: a demonstration");
    app.add_option("--from", m_from, "First day of the simulated market")->capture_default_str()->needs(generated);
    app.add_option("--to", m_to, "Its last day")->capture_default_str()->needs(generated);
    app.add_option("--market-seed", m_marketSeed, "Of the simulated market")
        ->check(anySeed())
        ->capture_default_str()
        ->needs(generated);
}

void SignalFilterWords::describe(CLI::App& app)
{
    auto* const signal =
        app.add_option("--signal", m_name, "Enter only by this trained signal: its name, or its file (see signal)");
    app.add_option("--signal-least", m_least, "Its probability must be so high")->needs(signal);
    app.add_option("--signal-most", m_most, "Its probability must be no higher")->needs(signal);
}

strategies::Words SignalFilterWords::words() const
{
    strategies::Words words;
    if (!m_name.empty())
        words.emplace_back("signal", m_name);
    if (m_least)
        words.emplace_back("signal_least", fmt::format("{}", *m_least));
    if (m_most)
        words.emplace_back("signal_most", fmt::format("{}", *m_most));
    return words;
}

base::Result<HistoryRequest> SignalHistoryWords::request(bool withChains) const
{
    const std::array places{!m_bars.empty(), !m_folder.empty(), !m_generated.empty()};
    if (std::ranges::count(places, true) != 1)
        return base::badInput("history", std::ranges::count(places, true) == 0 ? "" : "several",
                              "one of --bars with --volatility, --data, --generated");
    HistoryRequest out;
    out.barsPath = m_bars;
    out.volatilityPath = m_volatility;
    out.folder = m_folder;
    out.underlying = m_generated.empty() ? m_underlying : m_generated;
    out.marketSeed = m_marketSeed;
    if (!m_folder.empty())
        out.kind = HistoryRequest::Kind::Chains;
    if (m_generated.empty())
        return out;
    out.kind = withChains ? HistoryRequest::Kind::Chains : HistoryRequest::Kind::Generated;
    const auto from = base::parseDate(m_from, "--from");
    if (!from)
        return tl::make_unexpected(from.error());
    const auto to = base::parseDate(m_to, "--to");
    if (!to)
        return tl::make_unexpected(to.error());
    out.from = *from;
    out.to = *to;
    return out;
}

std::string signalsFolder(const std::string& dataFolder)
{
    QCoreApplication::setApplicationName(QStringLiteral("vegadesk"));
    const QString folder = dataFolder.empty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                              : QString::fromStdString(dataFolder);
    return (folder + QStringLiteral("/signals")).toStdString();
}

} // namespace vegadesk::cli
