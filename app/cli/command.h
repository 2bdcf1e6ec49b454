#pragma once

#include "base/error.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace vegadesk::cli
{

/// What a command leaves for the shell. 0 only for success.
enum ExitStatus : int { succeeded = 0, failed = 1, badUsage = 2, interrupted = 130 };

/// One subcommand: describes itself to the parser, then runs when it was chosen.
class Command
{
public:
    virtual ~Command() = default;
    virtual void describe(CLI::App& app) = 0;
    virtual int run(int argc, char** argv) = 0;
};

std::unique_ptr<Command> backtestCommand();
std::unique_ptr<Command> benchCommand();
std::unique_ptr<Command> calibrateCommand();
std::unique_ptr<Command> cancelCommand();
std::unique_ptr<Command> doctorCommand();
std::unique_ptr<Command> importCommand();
std::unique_ptr<Command> listCommand();
std::unique_ptr<Command> orderCommand();
std::unique_ptr<Command> ordersCommand();
std::unique_ptr<Command> priceCommand();
std::unique_ptr<Command> recordCommand();
std::unique_ptr<Command> regimesCommand();
std::unique_ptr<Command> riskCommand();
std::unique_ptr<Command> signalCommand();
std::unique_ptr<Command> sweepCommand();
std::unique_ptr<Command> tradeCommand();
std::unique_ptr<Command> trainCommand();
std::unique_ptr<Command> venueCommand();
std::unique_ptr<Command> verifyCommand();

/// The error's sentence on standard error, and the status that goes with it.
int complain(const base::Error& error);
int complain(std::string_view field, std::string_view value, std::string_view allowed);

} // namespace vegadesk::cli
