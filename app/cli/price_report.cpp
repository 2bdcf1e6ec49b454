#include "price_report.h"

#include "json.h"

#include <QJsonArray>

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;

struct Figure {
    const char* name;
    double pricing::Greeks::* member;
    const char* unit;
};

constexpr std::array figures{Figure{"price", &pricing::Greeks::price, ""},
                             Figure{"delta", &pricing::Greeks::delta, "per 1.00 of spot"},
                             Figure{"gamma", &pricing::Greeks::gamma, "of delta, per 1.00 of spot"},
                             Figure{"vega", &pricing::Greeks::vega, "per 1.00 of volatility; a point is a hundredth"},
                             Figure{"theta", &pricing::Greeks::theta, "per year of time passing; a day is a 365th"},
                             Figure{"rho", &pricing::Greeks::rho, "per 1.00 of rate; a point is a hundredth"}};

struct HigherFigure {
    const char* name;
    double pricing::HigherGreeks::* member;
    const char* unit;
};

constexpr std::array higherFigures{
    HigherFigure{"vanna", &pricing::HigherGreeks::vanna, "of delta, per 1.00 of volatility"},
    HigherFigure{"volga", &pricing::HigherGreeks::volga, "of vega, per 1.00 of volatility"},
    HigherFigure{"charm", &pricing::HigherGreeks::charm, "of delta, per year of time passing"},
    HigherFigure{"speed", &pricing::HigherGreeks::speed, "of gamma, per 1.00 of spot"},
    HigherFigure{"zomma", &pricing::HigherGreeks::zomma, "of gamma, per 1.00 of volatility"},
    HigherFigure{"color", &pricing::HigherGreeks::color, "of gamma, per year of time passing"},
    HigherFigure{"rho_q", &pricing::HigherGreeks::dividendRho, "per 1.00 of yield"}};

std::string shown(double value)
{
    return std::isfinite(value) ? fmt::format("{:.12g}", value) : "not known";
}

QJsonObject greeksJson(auto valueOf)
{
    QJsonObject out;
    for (const Figure& each : figures)
        out.insert(QLatin1String(each.name), number(valueOf(each)));
    return out;
}

double difference(const PriceReport& report, const Figure& figure)
{
    return report.values[0].second.*figure.member - report.values[1].second.*figure.member;
}

} // namespace

std::string toText(const PriceReport& report)
{
    std::string out = fmt::format("{}: {} at {}, spot {}, {:.8g} years, rate {}, yield {}\n", report.model.title,
                                  report.isCall ? "call" : "put", report.strike, report.market.spot, report.years,
                                  report.market.rate, report.market.dividendYield);
    for (const base::ParameterSpec& spec : report.model.parameters)
        out +=
            fmt::format("  {} {}{}{}{}\n", spec.name, report.parameters.toText(spec.name), spec.unit.empty() ? "" : " ",
                        spec.unit, report.assumed.contains(spec.name) ? ", assumed" : "");
    const bool isPair = report.values.size() == 2;
    out += fmt::format("\n{:<8}", "");
    for (const auto& [engine, greeks] : report.values)
        out += fmt::format("{:>20}", engine);
    out += isPair ? fmt::format("{:>14}\n", "difference") : "\n";
    for (const Figure& each : figures) {
        out += fmt::format("{:<8}", each.name);
        for (const auto& [engine, greeks] : report.values)
            out += fmt::format("{:>20}", shown(greeks.*each.member));
        if (isPair)
            out += fmt::format("{:>14.2e}", difference(report, each));
        out += each.unit[0] == '\0' ? "\n" : fmt::format("  {}\n", each.unit);
    }
    if (report.bound && *report.bound == 0)
        out += "\nExercise never pays early here: this is the European price, and no network was asked\n";
    else if (report.bound && std::isnan(*report.bound))
        out += "\nNothing is promised of the network's price: too few prices were held out near it\n";
    else if (report.bound)
        out += fmt::format(
            "\nThe network's price is good to {:.3g}: held-out errors of its region, and half of them again.\n"
            "Of its Greeks nothing is promised: they are the network's own slopes\n",
            *report.bound);
    if (!report.note.empty())
        out += fmt::format("\n{}\n", report.note);
    if (report.higher) {
        out += "\n";
        for (const HigherFigure& each : higherFigures)
            out += fmt::format("{:<8}{:>20}  {}\n", each.name, shown((*report.higher).*each.member), each.unit);
    }
    return out;
}

QJsonObject toJson(const PriceReport& report)
{
    QJsonObject parameters, values;
    for (const base::ParameterSpec& spec : report.model.parameters)
        parameters.insert(QString::fromStdString(spec.name), number(report.parameters[spec.name]));
    QJsonArray assumed;
    for (const std::string& name : report.assumed)
        assumed.append(QString::fromStdString(name));
    for (const auto& [engine, greeks] : report.values)
        values.insert(QString::fromStdString(engine),
                      greeksJson([&](const Figure& each) { return greeks.*each.member; }));
    QJsonObject out{{u"model"_s, QString::fromStdString(report.model.id)},
                    {u"parameters"_s, parameters},
                    {u"assumed"_s, assumed},
                    {u"right"_s, report.isCall ? u"call"_s : u"put"_s},
                    {u"spot"_s, number(report.market.spot)},
                    {u"strike"_s, number(report.strike)},
                    {u"years"_s, number(report.years)},
                    {u"rate"_s, number(report.market.rate)},
                    {u"yield"_s, number(report.market.dividendYield)},
                    {u"values"_s, values}};
    if (report.bound)
        out.insert(u"bound"_s, number(*report.bound));
    if (!report.note.empty())
        out.insert(u"note"_s, QString::fromStdString(report.note));
    if (report.higher) {
        QJsonObject higher;
        for (const HigherFigure& each : higherFigures)
            higher.insert(QLatin1String(each.name), number((*report.higher).*each.member));
        out.insert(u"higher"_s, higher);
    }
    if (report.values.size() == 2)
        out.insert(u"difference"_s, greeksJson([&](const Figure& each) { return difference(report, each); }));
    return out;
}

} // namespace vegadesk::cli
