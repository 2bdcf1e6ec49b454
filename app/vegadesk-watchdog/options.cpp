#include "options.h"

#include "arguments.h"

#include <string>
#include <vector>

namespace vegadesk::watchdog
{

std::variant<Options, Answer> parseOptions(const QStringList& arguments)
{
    CLI::App app(
        "Looks after a running Vegadesk, which starts it: when the window does not answer for two seconds, or ends "
        "unexpectedly, a window with one button comes up. STOP halts trading and cancels every working order at the "
        "broker, without Vegadesk's help.",
        "vegadesk-watchdog");
    app.footer("Vegadesk says where orders go through standard input, a JSON object a line. Nothing has to be started "
               "by hand:\n"
               "vegadesk --no-watchdog does without.");
    app.set_version_flag("--version", "vegadesk-watchdog " VEGADESK_VERSION);

    Options options;
    std::string logFile, lockFile, theme = "dark", language = "system", logLevel = "info";
    app.add_option("--log", logFile, "Write the log into this file")->type_name("FILE");
    app.add_option("--lock", lockFile, "The data folder's lock file: ends when another Vegadesk has taken it over")
        ->type_name("FILE");
    app.add_option("--theme", theme, "Colours")
        ->check(CLI::IsMember(std::vector<std::string>{"dark", "light", "blue-orange"}));
    app.add_option("--language", language, "Words")
        ->check(CLI::IsMember(std::vector<std::string>{"system", "en", "de"}));
    app.add_option("--log-level", logLevel, "What the log file keeps")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));

    if (auto answer = parse(app, arguments))
        return *std::move(answer);
    options.logFile = QString::fromStdString(logFile);
    options.lockFile = QString::fromStdString(lockFile);
    options.theme = QString::fromStdString(theme);
    options.language = QString::fromStdString(language);
    base::log::parseLevel(logLevel, options.logLevel); // checked above
    return options;
}

} // namespace vegadesk::watchdog
