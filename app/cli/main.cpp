#include "command.h"

#include "base/log.h"

#include <exception>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace
{

using namespace vegadesk;

int runMain(int argc, char** argv)
{
    CLI::App app("Trades, backtests and looks after options from the command line.", "vegadesk-cli");
    app.set_version_flag("--version", VEGADESK_VERSION);
    app.require_subcommand(1);
    app.fallthrough(); // so that --log-level may also follow the command
    std::string logLevel = "warning";
    app.add_option("--log-level", logLevel, "debug, info, warning, error or off")->capture_default_str();

    std::vector<std::pair<CLI::App*, std::unique_ptr<cli::Command>>> commands;
    const auto add = [&](const char* name, const char* about, std::unique_ptr<cli::Command> command) {
        CLI::App* const sub = app.add_subcommand(name, about);
        command->describe(*sub);
        commands.emplace_back(sub, std::move(command));
    };
    add("backtest", "Replays a strategy over past or simulated option chains", cli::backtestCommand());
    add("venue", "Runs the simulated exchange on a loopback port", cli::venueCommand());
    add("doctor", "Checks this machine: versions, keychain, database, a round trip through the venue",
        cli::doctorCommand());
    add("list", "Lists strategies or pricing models, and their parameters", cli::listCommand());
    add("price", "Values one option, with Greeks, by any model and engine", cli::priceCommand());
    add("calibrate", "Fits a model or a surface to a chain file", cli::calibrateCommand());
    add("verify", "Recomputes a file of exact values and scores the errors", cli::verifyCommand());
    add("bench", "Times our pricing beside QuantLib's", cli::benchCommand());

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? cli::succeeded : cli::badUsage;
    }
    base::log::Level level = base::log::Level::Warning;
    if (!base::log::parseLevel(logLevel, level))
        return cli::complain("--log-level", logLevel, "debug, info, warning, error or off");
    base::log::configure(level);
    for (const auto& [sub, command] : commands) {
        if (sub->parsed())
            return command->run(argc, argv);
    }
    return cli::badUsage;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return runMain(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "vegadesk-cli: unexpected: {}\n", error.what());
        return cli::failed;
    }
}
