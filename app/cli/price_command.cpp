#include "command.h"
#include "option_checks.h"
#include "price_report.h"

#include "learning/pricer/neural_prices.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/model.h"
#include "pricing/reference/model.h"
#include "pricing/verification/case.h"

#include <QJsonDocument>

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <optional>

namespace vegadesk::cli
{

namespace
{

constexpr auto fast = "fast", quantlib = "quantlib", neural = "neural"; ///< engines
constexpr auto volatility = "volatility";                               ///< the parameter that has no fallback here

/// "jump_mean" is set by --jump-mean.
std::string optionName(std::string_view parameter)
{
    std::string name = "--" + std::string(parameter);
    std::ranges::replace(name, '_', '-');
    return name;
}

class PriceCommand final : public Command
{
public:
    void describe(CLI::App& app) override;
    int run(int argc, char** argv) override;

private:
    void describeParameters(CLI::App& app);
    base::Result<double> years() const;
    base::Result<base::Parameters> parameters(const pricing::ModelInfo& info) const;
    base::Result<std::vector<pricing::CashDividend>> dividends(double years) const;
    pricing::Right right() const { return m_isCall ? pricing::Right::Call : pricing::Right::Put; }
    base::Result<pricing::Greeks> priceBy(std::string_view engine, const pricing::ModelInfo& info,
                                          const base::Parameters& parameters, double years) const;
    base::Result<learning::NeuralValue> priceByNetwork(const pricing::ModelInfo& info,
                                                       const base::Parameters& parameters, double years) const;
    void addNeural(PriceReport& report, const base::Result<learning::NeuralValue>& value) const;
    base::Result<pricing::Greeks> priceWithDividends(std::string_view engine, const pricing::ModelInfo& info,
                                                     const base::Parameters& parameters, double years) const;

    std::string m_model = "black_scholes", m_engine = "fast";
    pricing::MarketPoint m_market;
    double m_strike = 0;
    std::optional<double> m_years, m_days;
    bool m_isCall = false, m_isPut = false, m_compares = false, m_asJson = false;
    std::map<std::string, std::string> m_values; ///< of parameters that were given
    std::vector<std::string> m_dividends;
};

void PriceCommand::describe(CLI::App& app)
{
    std::vector<std::string> ids;
    std::ranges::transform(pricing::models(), std::back_inserter(ids), &pricing::ModelInfo::id);
    app.add_option("--model", m_model, fmt::format("{}", fmt::join(ids, ", ")))->capture_default_str();
    app.add_option("--spot", m_market.spot, "Price of the underlying")->required();
    app.add_option("--strike", m_strike, "Strike")->required();
    CLI::Option* const years = app.add_option("--years", m_years, "Time to expiry in years of 365 days");
    app.add_option("--days", m_days, "Time to expiry in days")->excludes(years);
    app.add_option("--rate", m_market.rate, "Interest per year, continuous: 0.05 for 5 %")
        ->check(yearlyRate())
        ->capture_default_str();
    app.add_option("--yield", m_market.dividendYield, "Dividend yield or borrow fee per year, continuous")
        ->check(yearlyRate())
        ->capture_default_str();
    CLI::Option* const call = app.add_flag("--call", m_isCall, "A call");
    app.add_flag("--put", m_isPut, "A put")->excludes(call);
    app.add_option("--dividend", m_dividends,
                   "A cash dividend, as YEARS:AMOUNT; may be repeated (Black-Scholes, American)")
        ->allow_extra_args(false);
    describeParameters(app);
    app.add_option("--engine", m_engine,
                   "fast, quantlib or neural: a network, and fast where it was not trained for what is asked")
        ->capture_default_str();
    app.add_flag("--compare", m_compares, "fast and quantlib, or fast and neural, and their difference");
    app.add_flag("--json", m_asJson, "As JSON");
    app.footer("Example: vegadesk-cli price --spot 100 --strike 105 --days 30 --rate 0.03 --call --volatility 0.25 "
               "--compare");
}

void PriceCommand::describeParameters(CLI::App& app)
{
    std::map<std::string, std::vector<std::string>> users;
    std::map<std::string, const base::ParameterSpec*> specs;
    for (const pricing::ModelInfo& info : pricing::models()) {
        for (const base::ParameterSpec& spec : info.parameters) {
            users[spec.name].push_back(info.title);
            specs.try_emplace(spec.name, &spec);
        }
    }
    for (const auto& [name, spec] : specs)
        app.add_option_function<std::string>(
               optionName(name), [this, key = name](const std::string& value) { m_values[key] = value; },
               fmt::format("{} [{}] ({})", spec->about,
                           name == volatility ? "required" : fmt::format("{}", spec->fallback),
                           fmt::join(users[name], ", ")))
            ->group("Parameters of the models");
}

base::Result<double> PriceCommand::years() const
{
    if (!m_years && !m_days)
        return base::badInput("--years", "", "a number of years, or --days");
    return m_years ? *m_years : *m_days / 365;
}

base::Result<base::Parameters> PriceCommand::parameters(const pricing::ModelInfo& info) const
{
    base::Parameters out(info.parameters);
    // A price at a volatility that nobody chose looks like one that somebody did.
    const bool needsVolatility =
        std::ranges::any_of(info.parameters, [](const base::ParameterSpec& spec) { return spec.name == volatility; });
    if (needsVolatility && !m_values.contains(volatility))
        return base::badInput(optionName(volatility), "", "this model prices by it, 0.25 for 25 % per year");
    for (const auto& [name, value] : m_values) {
        if (const auto set = out.setText(name, value); !set)
            return tl::make_unexpected(set.error());
    }
    return out;
}

base::Result<std::vector<pricing::CashDividend>> PriceCommand::dividends(double years) const
{
    std::vector<pricing::CashDividend> out;
    for (const std::string& text : m_dividends) {
        const std::string_view view(text);
        const std::size_t colon = std::min(view.find(':'), view.size());
        const auto time = pricing::verification::parseNumber(view.substr(0, colon), "--dividend");
        const auto amount =
            pricing::verification::parseNumber(view.substr(std::min(colon + 1, view.size())), "--dividend");
        if (!time || !amount || !(*time > 0 && *time < years && *amount >= 0))
            return base::badInput("--dividend", text, "YEARS:AMOUNT, before expiry");
        out.push_back({*time, *amount});
    }
    std::ranges::sort(out, {}, &pricing::CashDividend::years);
    return out;
}

base::Result<pricing::Greeks> PriceCommand::priceBy(std::string_view engine, const pricing::ModelInfo& info,
                                                    const base::Parameters& parameters, double years) const
{
    if (!m_dividends.empty())
        return priceWithDividends(engine, info, parameters, years);
    if (engine != fast)
        return pricing::reference::priceModel(info.id, parameters, right(), m_market, m_strike, years);
    pricing::GreeksColumns out;
    out.resize(1);
    info.make(parameters)->priceStrip(right(), m_market, years, {&m_strike, 1}, out.view());
    return out.at(0);
}

base::Result<pricing::Greeks> PriceCommand::priceWithDividends(std::string_view engine, const pricing::ModelInfo& info,
                                                               const base::Parameters& parameters, double years) const
{
    if (info.id != "black_scholes" && info.id != "american")
        return base::badInput("--dividend", m_dividends.front(), "only for the models black_scholes and american");
    const auto paid = dividends(years);
    if (!paid)
        return tl::make_unexpected(paid.error());
    const double vol = parameters[volatility];
    if (engine != fast)
        return pricing::reference::withDividends(right(), info.styles.front(), m_market, m_strike, years, vol, *paid);
    return info.id == "american" ? pricing::americanWithDividends(right(), m_market, *paid, m_strike, years, vol)
                                 : pricing::europeanWithDividends(right(), m_market, *paid, m_strike, years, vol);
}

base::Result<learning::NeuralValue> PriceCommand::priceByNetwork(const pricing::ModelInfo& info,
                                                                 const base::Parameters& parameters, double years) const
{
    learning::NeuralPrices networks;
    const auto heston = [&] {
        return pricing::HestonParameters{parameters["v0"], parameters["kappa"], parameters["theta"],
                                         parameters["sigma"], parameters["rho"]};
    };
    const auto paid = dividends(years);
    if (!paid)
        return tl::make_unexpected(paid.error());
    if (info.id == "american")
        return networks.american(right(), m_market, *paid, m_strike, years, parameters[volatility]);
    if (!paid->empty())
        return base::badInput("--dividend", m_dividends.front(), "a network's only for the model american");
    if (info.id == "black_scholes")
        return networks.blackScholes(right(), m_market, m_strike, years, parameters[volatility]);
    if (info.id == "heston")
        return networks.heston(right(), m_market, m_strike, years, heston());
    if (info.id == "american_heston")
        return networks.americanHeston(right(), m_market, m_strike, years, heston());
    return base::badInput("--engine", neural, "fast or quantlib: no network prices " + info.title);
}

/// A network that cannot be read, or was not trained for what is asked, leaves the price to the classical engine, and that is said.
void PriceCommand::addNeural(PriceReport& report, const base::Result<learning::NeuralValue>& value) const
{
    if (value) {
        report.values.emplace_back(neural, value->greeks);
        report.bound = value->bound;
        return;
    }
    report.note = "Not by a network: " + value.error().message() + ". The price is the engine fast's.";
}

int PriceCommand::run(int, char**)
{
    const auto info = pricing::findModel(m_model);
    if (!info)
        return complain(info.error());
    const auto term = years();
    if (!term)
        return complain(term.error());
    if (m_isCall == m_isPut)
        return complain("--call", "", "one of --call and --put");
    constexpr double anyVol = 0; // the models' own are checked by their bounds
    if (const auto checked = pricing::checkInputs(m_market, m_strike, *term, anyVol); !checked)
        return complain(checked.error());
    const auto chosen = parameters(**info);
    if (!chosen)
        return complain(chosen.error());
    std::vector<std::string> engines{m_engine};
    if (m_compares)
        engines = {fast, m_engine == neural ? neural : quantlib};
    PriceReport report{**info, *chosen, m_isCall, m_market, m_strike, *term, {}, {}, {}, {}, {}};
    for (const base::ParameterSpec& spec : report.model.parameters) {
        if (!m_values.contains(spec.name))
            report.assumed.insert(spec.name);
    }
    if ((*info)->id == "black_scholes" && m_dividends.empty() && engines.front() == fast)
        report.higher = pricing::higherGreeks(right(), m_market, m_strike, *term, (*chosen)[volatility]);
    for (const std::string& engine : engines) {
        if (engine != fast && engine != quantlib && engine != neural)
            return complain("--engine", engine, "fast, quantlib or neural");
        if (engine == neural)
            addNeural(report, priceByNetwork(**info, *chosen, *term));
        if (engine == neural && (report.note.empty() || m_compares))
            continue;
        const std::string by = engine == neural ? fast : engine;
        const auto greeks = priceBy(by, **info, *chosen, *term);
        if (!greeks)
            return complain(greeks.error());
        report.values.emplace_back(by, *greeks);
    }
    if (m_asJson)
        fmt::print("{}", QJsonDocument(toJson(report)).toJson(QJsonDocument::Indented).toStdString());
    else
        fmt::print("{}", toText(report));
    return succeeded;
}

} // namespace

std::unique_ptr<Command> priceCommand()
{
    return std::make_unique<PriceCommand>();
}

} // namespace vegadesk::cli
