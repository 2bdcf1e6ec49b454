#include "options.h"

#include "arguments.h"
#include "option_checks.h"

#include "desk/settings.h"
#include "history/importers.h"

#include <QStringList>

#include <string>
#include <vector>

namespace vegadesk
{

namespace
{
CLI::Validator bounds(const desk::NumberSetting& setting)
{
    return checkedNumber(
        setting.minimum, setting.maximum,
        QStringLiteral("%1 to %2").arg(setting.minimum, 0, 'g', 12).arg(setting.maximum, 0, 'g', 12).toStdString());
}

/// Of a setting that counts.
CLI::Validator wholeBounds(const desk::NumberSetting& setting)
{
    const auto low = static_cast<std::uint64_t>(setting.minimum), high = static_cast<std::uint64_t>(setting.maximum);
    return checkedNumber(low, high, "a whole number from " + std::to_string(low) + " to " + std::to_string(high));
}

/// Otherwise the exchange would end as soon as it is started, again and again: read as it reads, refused in its words.
CLI::Validator recordedQuotes()
{
    return CLI::Validator(
        [](std::string& folder) {
            const auto recorded = history::openRecordedChains(folder);
            return recorded ? std::string() : recorded.error().message();
        },
        "", "recorded quotes");
}

} // namespace

std::variant<Options, Answer> parseOptions(const QStringList& arguments)
{
    CLI::App app("Vegadesk, a workstation for trading options. Without options it opens on its own simulated exchange.",
                 "vegadesk");
    app.footer("Example: vegadesk --replay ../shared/data/goog_minute_20151224 --theme light");
    app.set_version_flag("--version", "vegadesk " VEGADESK_VERSION);

    Options options;
    std::string screenshots, replay, dataDirectory, theme, logLevel = "info";
    app.add_option("--screenshots", screenshots,
                   "Write pictures of the window, every dock and every dialog into this folder, then quit")
        ->type_name("DIR")
        ->check(notEmpty());
    app.add_flag("--startup-time", options.startupTime,
                 "Print the seconds from the process's start to the first chain painted with quotes, then quit");
    app.add_option("--replay", replay, "Let the simulated exchange replay this folder of recorded quotes")
        ->type_name("FOLDER")
        ->check(CLI::ExistingDirectory)
        ->check(recordedQuotes());
    app.add_option("--data-dir", dataDirectory, "Where database, logs and settings live")
        ->type_name("DIR")
        ->check(notEmpty());
    app.add_option("--seed", options.seed, "Seed of the simulated market")
        ->type_name("N")
        ->check(wholeBounds(desk::setting::venueSeed));
    app.add_option("--speed", options.speed, "How many times faster than ours the simulated exchange's clock runs")
        ->type_name("X")
        ->check(bounds(desk::setting::venueSpeed));
    app.add_option("--rate", options.rate, "Quote events a second of the simulated exchange")
        ->type_name("N")
        ->check(bounds(desk::setting::venueRate));
    std::vector<std::string> themes;
    for (const QString& each : desk::setting::theme.choices)
        themes.push_back(each.toStdString());
    app.add_option("--theme", theme, "Colours of this run")->check(CLI::IsMember(themes));
    bool isWatched = false;
    const CLI::Option* const watchdog =
        app.add_flag("--watchdog,!--no-watchdog", isWatched,
                     "Start the window that offers to stop trading when this one hangs, or do not");
    app.add_option("--log-level", logLevel, "What the log file keeps")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));

    if (auto answer = parse(app, arguments))
        return *std::move(answer);
    options.screenshots = QString::fromStdString(screenshots);
    options.replay = QString::fromStdString(replay);
    options.dataDirectory = QString::fromStdString(dataDirectory);
    options.theme = QString::fromStdString(theme);
    if (watchdog->count() > 0)
        options.watchdog = isWatched;
    base::log::parseLevel(logLevel, options.logLevel); // checked above
    return options;
}

} // namespace vegadesk
