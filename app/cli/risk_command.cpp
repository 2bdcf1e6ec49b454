#include "command.h"
#include "option_checks.h"
#include "risk_report.h"

#include "desk/risk_analyst.h"

#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

class RiskCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--positions", m_positions, "What is held, as JSON; docs/risk.md has the fields")->required();
        app.add_option("--history", m_history,
                       "Daily closes (columns date, close and perhaps iv): a CSV, or a folder with SYMBOL.csv for each "
                       "underlying and for SPY")
            ->check(notEmpty());
        app.add_option("--tolerance", m_tolerance, "Whose limits the figures are held against: low, moderate or high")
            ->capture_default_str();
        app.add_flag("--json", m_asJson, "As JSON");
        app.footer(
            "Prints Greeks by underlying and expiration, margin by the rules and by portfolio margin, value at risk\n"
            "and shortfall by five methods, the stress grid and days of the past, by the code of the window's risk "
            "dock.\n"
            "Without --history there is no value at risk, and betas are those that the file gives.\n"
            "Example: vegadesk-cli risk --positions docs/samples/positions.json --history docs/samples/closes");
    }

    int run(int, char**) override
    {
        std::optional<risk::Tolerance> tolerance;
        for (const risk::Tolerance each : {risk::Tolerance::Low, risk::Tolerance::Moderate, risk::Tolerance::High})
            if (risk::toText(each) == m_tolerance)
                tolerance = each;
        if (!tolerance)
            return complain("--tolerance", m_tolerance, "low, moderate or high");
        const auto input = readPositions(m_positions);
        if (!input)
            return complain(input.error());
        desk::ClosesBySymbol closes;
        if (!m_history.empty()) {
            auto read = readHistory(m_history, input->picture.book, desk::RiskAnalyst::index);
            if (!read)
                return complain(read.error());
            closes = std::move(*read);
        }
        const RiskReport report = riskReportOf(*input, closes, *tolerance);
        fmt::print("{}", m_asJson ? toJsonText(report) : toText(report));
        return succeeded;
    }

private:
    std::string m_positions, m_history, m_tolerance = "moderate";
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> riskCommand()
{
    return std::make_unique<RiskCommand>();
}

} // namespace vegadesk::cli
