#include "command.h"

#include "base/log.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

namespace
{

using namespace vegadesk;

/// Steps from one word to the other: letters put in, taken out, changed or changed places with a neighbour.
std::size_t distance(std::string_view from, std::string_view to)
{
    std::vector<std::vector<std::size_t>> steps(from.size() + 1, std::vector<std::size_t>(to.size() + 1));
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                steps[i][j] = i + j;
                continue;
            }
            const std::size_t change = from[i - 1] == to[j - 1] ? 0 : 1;
            steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, steps[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
    }
    return steps[from.size()][to.size()];
}

/// What the first word should have been.
int complainOfCommand(std::string_view word, const std::vector<std::string>& commands)
{
    const std::string list = fmt::format("the commands are {}", fmt::join(commands, ", "));
    if (word.empty()) {
        fmt::print(stderr, "vegadesk-cli: a command is missing; {}. See also: vegadesk-cli --help\n", list);
        return cli::badUsage;
    }
    constexpr std::size_t slips = 3;
    const auto near =
        std::ranges::min_element(commands, {}, [&](std::string_view each) { return distance(word, each); });
    const bool isNear = distance(word, *near) <= slips && distance(word, *near) < near->size();
    fmt::print(stderr, "vegadesk-cli: \"{}\" is not a command; {}{}\n", word,
               isNear ? fmt::format("did you mean {}? ", *near) : "", list);
    return cli::badUsage;
}

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
    add("sweep", "Runs a strategy with many parameters on the same chains, or walks forward with them",
        cli::sweepCommand());
    add("import", "Reads tables of option quotes into chain files, for backtests", cli::importCommand());
    add("record", "Writes the chain that a market streams into chain files, to be replayed", cli::recordCommand());
    add("venue", "Runs the simulated exchange on a loopback port", cli::venueCommand());
    add("trade", "Lets strategies trade by themselves, without a window", cli::tradeCommand());
    add("order", "Sends one order, through the limits that the window has", cli::orderCommand());
    add("orders", "Lists what may still fill, and the orders of today", cli::ordersCommand());
    add("cancel", "Cancels orders, or all of them", cli::cancelCommand());
    add("doctor", "Checks this machine: versions, keychain, database, a round trip through the venue",
        cli::doctorCommand());
    add("list", "Lists strategies or pricing models, and their parameters", cli::listCommand());
    add("price", "Values one option, with Greeks, by any model and engine", cli::priceCommand());
    add("calibrate", "Fits a model or a surface to a chain file", cli::calibrateCommand());
    add("regimes", "Tells calm, normal and stressed markets apart in a history of closes", cli::regimesCommand());
    add("risk", "Greeks, margin, value at risk and stress of the positions in a file", cli::riskCommand());
    add("verify", "Recomputes a file of exact values and scores the errors", cli::verifyCommand());
    add("train", "Trains a network to price as a slow pricer does, and reports its errors", cli::trainCommand());
    add("signal", "Trains boosted trees on a question about the next 21 days, and says what they are worth",
        cli::signalCommand());
    add("bench", "Times our pricing beside QuantLib's", cli::benchCommand());

    std::vector<std::string> names;
    std::ranges::transform(commands, std::back_inserter(names),
                           [](const auto& each) { return each.first->get_name(); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::RequiredError& error) {
        if (app.get_subcommands().empty())
            return complainOfCommand(app.remaining().empty() ? "" : app.remaining().front(), names);
        app.exit(error);
        return cli::badUsage;
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
