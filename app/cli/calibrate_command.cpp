#include "calibrate_outlook.h"
#include "calibrate_plot.h"
#include "calibrate_report.h"
#include "command.h"
#include "option_checks.h"

#include "pricing/verification/case.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>

namespace vegadesk::cli
{

namespace
{

class CalibrateCommand final : public Command
{
public:
    void describe(CLI::App& app) override
    {
        app.add_option("--model", m_model, fmt::format("{}", fmt::join(calibrationModels(), ", ")))->required();
        app.add_option("--chain", m_path, "Quotes or volatilities: a CSV, plain or .gz")->required();
        app.add_option("--underlying", m_underlying, "Which one, where the file holds several");
        app.add_option("--rate", m_rates.rate, "Interest per year, continuous, where parity does not tell it")
            ->check(yearlyRate())
            ->capture_default_str();
        app.add_option("--yield", m_rates.dividendYield, "Dividend yield per year, where parity does not tell it")
            ->check(yearlyRate())
            ->capture_default_str();
        app.add_option("--feller-penalty", m_fellerPenalty,
                       "Volatility error that a Heston or Bates fit pays for a variance that can touch 0")
            ->capture_default_str();
        app.add_option(
               "--strike", m_outlook.strikes,
               "How likely it ends above or below this price, or touches it, by each slice (svi); may be repeated")
            ->allow_extra_args(false);
        app.add_option("--profit", m_profit, "How likely it ends between two break-evens, as LOW:HIGH (svi)");
        app.add_option("--plot", m_plot, "Also draw every smile and its fit into this SVG file");
        app.add_flag("--json", m_asJson, "As JSON");
        app.footer("The file has a header and either quotes, in the columns\n"
                   "  date or trade_date, expiry, cp (C or P), strike, bid or close_bid, ask or close_ask,\n"
                   "  and perhaps underlying, ms_since_midnight (New York), bid_size, ask_size, spot,\n"
                   "or volatilities, in the columns\n"
                   "  spot, days, zero_rate_act365, div_yield, strike, implied_vol.\n"
                   "Dates are 2011-01-24 or 20110124, an empty bid or ask is no quote; of several instants the first\n"
                   "is taken. Broad indices are European, all else American and freed of its early exercise.\n"
                   "Example: vegadesk-cli calibrate --model svi --chain ../shared/data/spx_20110124/spx_options.csv");
    }

    int run(int, char**) override
    {
        const std::vector<std::string> models = calibrationModels();
        if (std::ranges::find(models, m_model) == models.end())
            return complain("--model", m_model, fmt::format("one of {}", fmt::join(models, ", ")));
        if (!(m_fellerPenalty >= 0 && m_fellerPenalty <= 1))
            return complain("--feller-penalty", fmt::format("{}", m_fellerPenalty), "0 to 1");
        if (const auto checked = pricing::checkInputs({1, m_rates.rate, m_rates.dividendYield}, 1, 1, 1); !checked)
            return complain(checked.error());
        if (const auto asked = readOutlook(); !asked)
            return complain(asked.error());
        const auto input = readCalibrationInput(m_path, m_underlying, m_rates);
        if (!input)
            return complain(input.error());
        const auto report = calibrate(m_model, *input, m_fellerPenalty);
        if (!report)
            return complain(report.error());
        if (!m_plot.empty() && !(std::ofstream(m_plot) << toSvg(*report) << std::flush))
            return complain("--plot", m_plot, "a file that can be written");
        const bool isSurface = m_model == "svi";
        if (m_asJson) {
            QJsonObject json = toJson(*report);
            if (isSurface)
                json.insert(QStringLiteral("outlook"), outlookJson(*report, m_outlook));
            fmt::print("{}", QJsonDocument(json).toJson(QJsonDocument::Indented).toStdString());
        } else {
            fmt::print("{}{}", toText(*report), isSurface ? outlookText(*report, m_outlook) : std::string());
        }
        return succeeded;
    }

private:
    base::Result<void> readOutlook()
    {
        for (const double strike : m_outlook.strikes) {
            if (!(strike > 0 && std::isfinite(strike)))
                return base::badInput("--strike", fmt::format("{}", strike), "a positive number");
        }
        if (!m_profit.empty()) {
            const std::string_view text(m_profit);
            const std::size_t colon = std::min(text.find(':'), text.size());
            const auto low = pricing::verification::parseNumber(text.substr(0, colon), "--profit");
            const auto high =
                pricing::verification::parseNumber(text.substr(std::min(colon + 1, text.size())), "--profit");
            if (!low || !high || !(*low > 0 && *high > *low))
                return base::badInput("--profit", m_profit, "LOW:HIGH, two rising prices");
            m_outlook.profit.emplace(*low, *high);
        }
        if (m_model != "svi" && !m_outlook.isEmpty())
            return base::badInput(fmt::format("{} with --model", m_outlook.strikes.empty() ? "--profit" : "--strike"),
                                  m_model, "only svi, whose slices give probabilities");
        return {};
    }

    std::string m_model, m_path, m_underlying, m_profit, m_plot;
    OutlookRequest m_outlook;
    pricing::Rates m_rates;
    double m_fellerPenalty = 0;
    bool m_asJson = false;
};

} // namespace

std::unique_ptr<Command> calibrateCommand()
{
    return std::make_unique<CalibrateCommand>();
}

} // namespace vegadesk::cli
