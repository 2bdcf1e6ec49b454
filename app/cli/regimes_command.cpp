#include "command.h"
#include "regimes_report.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace vegadesk::cli
{

namespace
{

class RegimesCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--file", m_path, "Daily closes: a CSV, plain or .gz, with the columns date and close")->required();
        app.add_option("--iv", m_volatilityPath, "Daily implied volatilities in points (20 is 20 %), in such a file");
        app.add_option("--from", m_from, "First day to tell of; what came before is learnt from all the same");
        app.add_option("--to", m_to, "Last day");
        app.add_option("--picture", m_picture, "Also draw closes, volatility and probabilities into this SVG file");
        app.add_flag("--json", m_asJson, "As JSON");
        app.footer("A Gaussian mixture over realised volatility, trend and the premium of implied volatility, fitted anew every\n"
                   "quarter to what came before. No day is judged by a later one.\n"
                   "Example: vegadesk-cli regimes --file ../shared/data/index_history/sp500_daily_1999_2018.csv.gz\n"
                   "  --iv ../shared/data/index_history/vix_daily_1990_2019.csv.gz --picture regimes.svg");
    }

    int run(int, char**) override
    {
        base::Date from = base::Date::min(), to = base::Date::max();
        if (!m_from.empty()) {
            const auto date = base::parseDate(m_from, "--from");
            if (!date)
                return complain(date.error());
            from = *date;
        }
        if (!m_to.empty()) {
            const auto date = base::parseDate(m_to, "--to");
            if (!date)
                return complain(date.error());
            to = *date;
        }
        if (!m_picture.empty() && !m_picture.ends_with(".svg"))
            return complain("--picture", m_picture, "a file's name that ends in .svg");
        const auto market = readMarketDays(m_path, m_volatilityPath);
        if (!market)
            return complain(market.error());
        auto report = findRegimes(*market, !m_volatilityPath.empty(), from, to);
        if (!report)
            return complain(report.error());
        if (report->days.empty())
            return complain("--from and --to", m_from + " to " + m_to, "dates that the file has days between");
        report->source = std::filesystem::path(m_path).filename().string();
        if (!m_picture.empty() && !(std::ofstream(m_picture) << toSvg(*report) << std::flush))
            return complain("--picture", m_picture, "a file that can be written");
        fmt::print("{}", m_asJson ? toJsonText(*report) : toText(*report));
        return succeeded;
    }

private:
    std::string m_path, m_volatilityPath, m_from, m_to, m_picture;
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> regimesCommand()
{
    return std::make_unique<RegimesCommand>();
}

} // namespace vegadesk::cli
