#include "calibrate_report.h"

#include "json.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using pricing::SliceOrigin;

const char* textOf(SliceOrigin origin)
{
    switch (origin) {
    case SliceOrigin::Svi:
        return "best fit";
    case SliceOrigin::HeldBack:
        return "held back from arbitrage";
    case SliceOrigin::Level:
        return "a neighbour's shape";
    case SliceOrigin::Flat:
        return "flat";
    case SliceOrigin::Given:
        break;
    }
    return "given";
}

std::string percent(double share)
{
    return std::isfinite(share) ? fmt::format("{:.1f} %", 100 * share) : "-";
}

QJsonObject qualityJson(const FitQuality& quality)
{
    return {{u"quotes"_s, static_cast<qint64>(quality.quotes)},
            {u"rmse_vol_points"_s, number(100 * quality.rootMeanSquare)},
            {u"inside_share"_s, number(quality.insideShare)}};
}

QJsonObject expiryJson(const FittedExpiry& expiry)
{
    QJsonObject out = qualityJson(expiry.quality);
    out.insert(u"years"_s, number(expiry.years));
    out.insert(u"forward"_s, number(expiry.forward));
    if (expiry.slice) {
        const pricing::SviSlice& svi = expiry.slice->svi;
        out.insert(u"svi"_s, QJsonObject{{u"a"_s, number(svi.a)},
                                         {u"b"_s, number(svi.b)},
                                         {u"rho"_s, number(svi.rho)},
                                         {u"m"_s, number(svi.m)},
                                         {u"sigma"_s, number(svi.sigma)}});
        out.insert(u"origin"_s, text(textOf(expiry.slice->origin)));
    }
    return out;
}

/// "sigma" says little to whoever reads a line alone.
std::string_view wordsFor(std::string_view parameter)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> words{{{"v0", "variance now"},
                                                                                  {"kappa", "speed of reversion"},
                                                                                  {"theta", "long-run variance"},
                                                                                  {"sigma", "vol of vol"},
                                                                                  {"rho", "correlation"}}};
    const auto found = std::ranges::find(words, parameter, [](const auto& each) { return each.first; });
    return found == words.end() ? std::string_view() : found->second;
}

std::string edgeText(const CalibrationReport& report)
{
    std::string out;
    for (const auto& each : report.atEdge) {
        const std::string_view words = wordsFor(each.name);
        out +=
            fmt::format("  At the edge of its range: {}{} = {:.6g}, allowed are {} to {}. The quotes do not tell it.\n",
                        each.name, words.empty() ? "" : fmt::format(" ({})", words), each.value, each.low, each.high);
    }
    return out;
}

QJsonArray edgeJson(const CalibrationReport& report)
{
    QJsonArray out;
    for (const auto& each : report.atEdge)
        out.append(QJsonObject{{u"parameter"_s, text(each.name)},
                               {u"value"_s, number(each.value)},
                               {u"lowest"_s, number(each.low)},
                               {u"highest"_s, number(each.high)}});
    return out;
}

} // namespace

std::string toText(const CalibrationReport& report)
{
    std::string out = fmt::format("{} on {}, spot {:.2f}: {} quotes of {} expiries\n\n", report.model, report.source,
                                  report.spot, report.quality.quotes, report.expiries.size());
    for (const auto& [name, value] : report.parameters)
        out += fmt::format("  {:<15}{:.8g}\n", name, value);
    if (report.isFeller)
        out += fmt::format("  Feller's condition {}\n", *report.isFeller ? "holds" : "is broken");
    if (!report.outcome.empty())
        out += fmt::format("  The search {}.\n{}\n", report.outcome, edgeText(report));
    if (report.isFar)
        out += "  Far from the quotes: its errors are a quarter of their volatilities or more. Do not rely on it.\n\n";
    out += fmt::format("{:>9}{:>11}{:>8}{:>12}{:>9}", "days", "forward", "quotes", "RMSE, pts", "inside");
    const bool isSurface = report.model == "svi";
    if (isSurface)
        out += fmt::format("{:>13}{:>12}{:>10}{:>11}{:>11}  {}", "a", "b", "rho", "m", "sigma", "slice");
    out += '\n';
    for (const FittedExpiry& each : report.expiries) {
        out += fmt::format("{:>9.2f}{:>11.2f}{:>8}{:>12.3f}{:>9}", 365 * each.years, each.forward, each.quality.quotes,
                           100 * each.quality.rootMeanSquare, percent(each.quality.insideShare));
        if (each.slice) {
            const pricing::SviSlice& svi = each.slice->svi;
            out += fmt::format("{:>13.6g}{:>12.5g}{:>10.5f}{:>11.5g}{:>11.5g}  {}", svi.a, svi.b, svi.rho, svi.m,
                               svi.sigma, textOf(each.slice->origin));
        }
        out += '\n';
    }
    out += fmt::format("\nRMSE {:.3f} vol points", 100 * report.quality.rootMeanSquare);
    out += std::isfinite(report.quality.insideShare)
               ? fmt::format("; the model is inside bid and ask at {} of the quotes.\n",
                             percent(report.quality.insideShare))
               : ".\n";
    out += fmt::format("Left out: {}.\n", toText(report.leftOut));
    out += fmt::format("Arbitrage: {} butterflies, {} calendars.\n", report.butterflies, report.calendars);
    return out;
}

QJsonObject toJson(const CalibrationReport& report)
{
    QJsonObject out = qualityJson(report.quality);
    QJsonObject parameters;
    for (const auto& [name, value] : report.parameters)
        parameters.insert(QString::fromStdString(name), number(value));
    QJsonArray expiries;
    for (const FittedExpiry& each : report.expiries)
        expiries.append(expiryJson(each));
    out.insert(u"model"_s, text(report.model));
    out.insert(u"chain"_s, text(report.source));
    out.insert(u"spot"_s, number(report.spot));
    out.insert(u"parameters"_s, parameters);
    if (report.isFeller)
        out.insert(u"is_feller"_s, *report.isFeller);
    if (!report.outcome.empty())
        out.insert(u"outcome"_s, text(report.outcome));
    out.insert(u"at_edge"_s, edgeJson(report));
    out.insert(u"is_far"_s, report.isFar);
    QJsonObject leftOut;
    for (const LeftOutLine& each : report.leftOut)
        leftOut.insert(QLatin1String(each.key.data(), static_cast<qsizetype>(each.key.size())),
                       static_cast<qint64>(each.count));
    out.insert(u"left_out"_s, leftOut);
    out.insert(u"expiries"_s, expiries);
    out.insert(u"butterflies"_s, static_cast<qint64>(report.butterflies));
    out.insert(u"calendars"_s, static_cast<qint64>(report.calendars));
    return out;
}

} // namespace vegadesk::cli
