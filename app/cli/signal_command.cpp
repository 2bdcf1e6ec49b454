#include "command.h"
#include "interrupt.h"
#include "option_checks.h"
#include "signal_report.h"
#include "signal_words.h"

#include "desk/report_files.h"
#include "learning/doors/signal_plugin.h"
#include "learning/doors/signal_series.h"
#include "learning/doors/signal_targets.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <future>
#include <unistd.h>
#include <vector>

namespace vegadesk::cli
{

namespace
{

namespace ms = learning::market_signals;

constexpr auto lookEvery = std::chrono::milliseconds(100);

class SignalCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    int train(const ms::SignalLibrary& library);
    int report(const ms::SignalLibrary& library) const;
    int today(const ms::SignalLibrary& library);
    int list(const ms::SignalLibrary& library) const;
    /// Does `work` beside this thread, which looks for an interrupt and shows how far it is.
    template<class T>
    base::Result<T> withProgress(const std::function<base::Result<T>(const std::stop_token&)>& work);
    int complainOr(const base::Error& error) const;
    int print(const ms::SignalInfo& info, const std::string& svg) const;
    std::string fileOf(const std::string& nameOrPath) const
    {
        return ms::signalFile(signalsFolder(m_folder), nameOrPath);
    }

    CLI::App *m_train = nullptr, *m_report = nullptr, *m_today = nullptr;
    SignalHistoryWords m_learnt, m_followed;
    std::string m_target, m_out, m_model, m_plot, m_folder;
    std::uint64_t m_seed = 1;
    bool m_withChains = false, m_asJson = false;
    std::atomic<double> m_done{0};
};

void SignalCommand::describe(CLI::App& app)
{
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--data-dir", m_folder, "Signals by name are in its folder signals: the window's, unless given");
    app.add_flag("--json", m_asJson, "As JSON");
    std::string questions;
    for (const ms::TargetInfo& each : ms::targets())
        questions += fmt::format("  {:<26}{}\n", each.name, each.title);

    m_train = app.add_subcommand("train", "Learns from a history, and says what that is worth out of sample");
    m_learnt.describe(*m_train);
    m_train->add_option("--target", m_target, "The question, by name")->required();
    m_train->add_option("--out", m_out, "A name in the signals folder, or a file")->required()->check(notEmpty());
    m_train->add_flag("--chains", m_withChains,
                      "Learn from the simulated market's chains, which tell term structure and skew; takes minutes");
    m_train->add_option("--seed", m_seed, "Of the trees")->check(anySeed())->capture_default_str();
    m_train->add_option("--plot", m_plot, "File for a picture of what the trees look at (.svg)");
    m_train->footer(
        "Questions:\n" + questions +
        "Example: vegadesk-cli signal train --bars sp500.csv.gz --volatility vix.csv.gz --target premium_pays "
        "--out sp500_premium");

    m_report = app.add_subcommand("report", "Prints what is known of a trained signal");
    m_report->add_option("model", m_model, "Its name, or its file")->required();
    m_report->add_option("--plot", m_plot, "File for a picture of what the trees look at (.svg)");
    m_report->footer("Example: vegadesk-cli signal report sp500_premium --json");

    m_today = app.add_subcommand("today", "Says the probability for the session after a history's last day");
    m_today->add_option("model", m_model, "Its name, or its file")->required();
    m_followed.describe(*m_today);
    m_today->footer("Leaves 0 only where there is a forecast.\n"
                    "Example: vegadesk-cli signal today sp500_premium --bars sp500.csv.gz --volatility vix.csv.gz");
    app.add_subcommand("list", "Lists the signals of the signals folder");
    app.footer("What such a probability is worth is in docs/signals.md; backtest and trade take one with --signal.\n"
               "Example: vegadesk-cli signal train --generated SPY --target volatility_beats_implied --out shown");
}

template<class T>
base::Result<T> SignalCommand::withProgress(const std::function<base::Result<T>(const std::stop_token&)>& work)
{
    answerInterrupts({SIGINT, SIGTERM});
    std::stop_source stop;
    auto done = std::async(std::launch::async, [&] { return work(stop.get_token()); });
    const bool isShown = ::isatty(STDERR_FILENO) != 0;
    while (done.wait_for(lookEvery) != std::future_status::ready) {
        if (wasInterrupted())
            stop.request_stop();
        if (isShown)
            fmt::print(stderr, "\r{:3.0f} % \x1b[K", 100 * m_done.load());
    }
    if (isShown)
        fmt::print(stderr, "\r\x1b[K");
    return done.get();
}

int SignalCommand::complainOr(const base::Error& error) const
{
    if (error.kind != base::ErrorKind::Cancelled)
        return complain(error);
    fmt::print(stderr, "vegadesk-cli: stopped; nothing was written\n");
    return interrupted;
}

int SignalCommand::print(const ms::SignalInfo& info, const std::string& svg) const
{
    if (!m_plot.empty()) {
        if (const auto written = desk::writeFile(m_plot, svg); !written)
            return complain(written.error());
    }
    if (m_asJson)
        fmt::print("{}", QJsonDocument(toJson(info)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", toText(info));
    return succeeded;
}

int SignalCommand::train(const ms::SignalLibrary& library)
{
    const auto target = ms::targetNamed(m_target);
    if (!target)
        return complain("--target", m_target, target.error().allowed);
    const auto history = m_learnt.request(m_withChains || *target == ms::Target::SkewReverts);
    if (!history)
        return complain(history.error());
    ms::TrainingRequest request;
    request.history = *history;
    request.target = *target;
    request.settings.boosting.seed = m_seed;
    request.modelPath = fileOf(m_out);
    std::error_code failed;
    if (const auto folder = std::filesystem::path(request.modelPath).parent_path(); !folder.empty())
        std::filesystem::create_directories(folder, failed);
    if (failed)
        return complain("--out", request.modelPath, "a file in a folder that can be made");
    const auto trained = withProgress<ms::TrainedSignal>([&](const std::stop_token& stop) {
        return library.train(request, stop, [this](double done) { m_done = done; });
    });
    return trained ? print(trained->info, trained->importanceSvg) : complainOr(trained.error());
}

int SignalCommand::report(const ms::SignalLibrary& library) const
{
    const auto signal = library.load(fileOf(m_model));
    return signal ? print((*signal)->info(), (*signal)->importanceSvg()) : complain(signal.error());
}

int SignalCommand::today(const ms::SignalLibrary& library)
{
    const auto signal = library.load(fileOf(m_model));
    if (!signal)
        return complain(signal.error());
    const ms::SignalInfo& info = (*signal)->info();
    const auto history = m_followed.request(info.needsChains);
    if (!history)
        return complain(history.error());
    base::Date lastDay{};
    const auto series =
        withProgress<ms::SignalSeries>([&](const std::stop_token& stop) -> base::Result<ms::SignalSeries> {
            const auto days = library.days(*history, stop);
            if (!days)
                return tl::make_unexpected(days.error());
            if (!days->days.empty())
                lastDay = days->days.back().date;
            m_done = 0.5;
            return ms::followed(**signal, days->days, stop);
        });
    if (!series)
        return complainOr(series.error());
    if (series->predictions.empty())
        return complain("history", "", "one that has a day");
    const ms::Prediction& last = series->predictions.back();
    if (m_asJson)
        fmt::print("{}", QJsonDocument(toJson(info, last, lastDay)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", toText(info, last, lastDay));
    return isForecast(last) ? succeeded : failed;
}

int SignalCommand::list(const ms::SignalLibrary& library) const
{
    const std::string folder = signalsFolder(m_folder);
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        if (entry.path().extension() == ms::signalEnding)
            files.push_back(entry.path());
    }
    std::ranges::sort(files);
    int status = succeeded;
    QJsonArray signals;
    for (const std::filesystem::path& file : files) {
        const auto signal = library.load(file.string());
        if (!signal) {
            status = complain(signal.error());
            continue;
        }
        if (!m_asJson) {
            fmt::print("{}", lineOf(file.stem().string(), (*signal)->info()));
            continue;
        }
        QJsonObject each = toJson((*signal)->info());
        each.insert(QStringLiteral("name"), QString::fromStdString(file.stem().string()));
        signals.append(each);
    }
    if (m_asJson)
        fmt::print("{}", QJsonDocument(signals).toJson(QJsonDocument::Indented).toStdString());
    else if (files.empty())
        fmt::print("No signal is in {}. See: vegadesk-cli signal train --help\n", folder);
    return status;
}

int SignalCommand::run(int /*argc*/, char** /*argv*/)
{
    if (!m_plot.empty() && !m_plot.ends_with(".svg"))
        return complain("--plot", m_plot, "a file's name that ends in .svg");
    const auto library = ms::loadSignals();
    if (!library)
        return complain(library.error());
    if (m_train->parsed())
        return train(**library);
    if (m_report->parsed())
        return report(**library);
    return m_today->parsed() ? today(**library) : list(**library);
}

} // namespace

std::unique_ptr<Command> signalCommand()
{
    return std::make_unique<SignalCommand>();
}

} // namespace vegadesk::cli
