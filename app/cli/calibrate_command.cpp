#include "calibrate_report.h"
#include "command.h"

#include <QJsonDocument>

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

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
            ->capture_default_str();
        app.add_option("--yield", m_rates.dividendYield, "Dividend yield per year, where parity does not tell it")
            ->capture_default_str();
        app.add_option("--feller-penalty", m_fellerPenalty,
                       "Volatility error that a Heston or Bates fit pays for a variance that can touch 0")
            ->capture_default_str();
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
        const auto input = readCalibrationInput(m_path, m_underlying, m_rates);
        if (!input)
            return complain(input.error());
        const auto report = calibrate(m_model, *input, m_fellerPenalty);
        if (!report)
            return complain(report.error());
        if (m_asJson)
            fmt::print("{}", QJsonDocument(toJson(*report)).toJson(QJsonDocument::Indented).toStdString());
        else
            fmt::print("{}", toText(*report));
        return succeeded;
    }

private:
    std::string m_model, m_path, m_underlying;
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
