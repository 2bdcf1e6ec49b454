#include "command.h"

#include "pricing/model.h"
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

void print(std::string_view name, std::string_view about, std::span<const base::ParameterSpec> parameters)
{
    fmt::print("{}: {}\n", name, about);
    for (const base::ParameterSpec& spec : parameters)
        fmt::print("  {:<16} {}\n  {:<16} {}\n", spec.name, rangeOf(spec), "", spec.about);
    fmt::print("\n");
}

class ListCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("what", m_what, "strategies or models")
            ->required()
            ->check(CLI::IsMember({"strategies", "models"}));
        app.footer("Example: vegadesk-cli list strategies");
    }

    int run(int, char**) override
    {
        if (m_what == "models") {
            for (const pricing::ModelInfo& info : pricing::models())
                print(info.id, info.about, info.parameters);
        } else {
            for (const strategies::StrategyInfo& info : strategies::registry())
                print(info.name, info.about, info.parameters);
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
