#include "command.h"

#include "strategies/strategy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::cli
{

namespace
{

std::string rangeOf(const base::ParameterSpec& spec)
{
    if (spec.kind == base::ParameterKind::Choice)
        return fmt::format("{} (default {})", fmt::join(spec.choices, " | "),
                           spec.choices[static_cast<std::size_t>(spec.fallback)]);
    return fmt::format("{} to {} {} (default {})", spec.minimum, spec.maximum, spec.unit, spec.fallback);
}

class ListCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("what", m_what, "strategies")->required()->check(CLI::IsMember({"strategies"}));
        app.footer("Example: vegadesk-cli list strategies");
    }

    int run(int, char**) override
    {
        for (const strategies::StrategyInfo& info : strategies::registry()) {
            fmt::print("{}: {}\n", info.name, info.about);
            for (const base::ParameterSpec& spec : info.parameters)
                fmt::print("  {:<16} {}\n  {:<16} {}\n", spec.name, rangeOf(spec), "", spec.about);
            fmt::print("\n");
        }
        return succeeded;
    }

private:
    std::string m_what;
};

} // namespace

std::unique_ptr<Command> listCommand()
{
    return std::make_unique<ListCommand>();
}

} // namespace vegadesk::cli
