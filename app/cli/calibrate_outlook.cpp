#include "calibrate_outlook.h"

#include "json.h"
#include "pricing/surface/distribution.h"

#include <QJsonObject>

#include <array>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;
using pricing::Right;
using pricing::SurfaceSlice;

double profitOf(const SurfaceSlice& slice, const std::pair<double, double>& breakEvens)
{
    const std::array ends{breakEvens.first, breakEvens.second};
    return pricing::probabilityOfProfit(slice.svi, slice.forward, ends, false);
}

} // namespace

std::string outlookText(const CalibrationReport& report, const OutlookRequest& request)
{
    std::string out =
        "\nWhat the surface expects, in dollars: one standard deviation either way, and the mean absolute move, which "
        "is\n"
        "what the straddle costs. Probabilities are risk-neutral; a touch is by the strike's own volatility.\n\n";
    out += fmt::format("{:>9}{:>11}{:>11}{:>11}", "days", "forward", "deviation", "straddle");
    for (const double strike : request.strikes)
        out += fmt::format("{:>16}{:>9}{:>9}", fmt::format("{:g}: below", strike), "above", "touch");
    if (request.profit)
        out += fmt::format("{:>22}", fmt::format("{:g} to {:g}", request.profit->first, request.profit->second));
    out += '\n';
    for (const FittedExpiry& each : report.expiries) {
        const SurfaceSlice& slice = *each.slice;
        const auto move = pricing::expectedMove(slice.svi, slice.forward);
        out += fmt::format("{:>9.2f}{:>11.2f}{:>11.2f}{:>11.2f}", 365 * slice.years, slice.forward,
                           move.standardDeviation, move.straddle);
        for (const double strike : request.strikes)
            out += fmt::format(
                "{:>14.1f} %{:>7.1f} %{:>7.1f} %",
                100 * pricing::probabilityInTheMoney(Right::Put, slice.svi, slice.forward, strike),
                100 * pricing::probabilityInTheMoney(Right::Call, slice.svi, slice.forward, strike),
                100 * pricing::probabilityOfTouch(slice.svi, report.spot, slice.forward, slice.years, strike));
        if (request.profit)
            out += fmt::format("{:>20.1f} %", 100 * profitOf(slice, *request.profit));
        out += '\n';
    }
    return out;
}

QJsonArray outlookJson(const CalibrationReport& report, const OutlookRequest& request)
{
    QJsonArray out;
    for (const FittedExpiry& each : report.expiries) {
        const SurfaceSlice& slice = *each.slice;
        const auto move = pricing::expectedMove(slice.svi, slice.forward);
        QJsonArray strikes;
        for (const double strike : request.strikes)
            strikes.append(QJsonObject{
                {u"strike"_s, number(strike)},
                {u"below"_s, number(pricing::probabilityInTheMoney(Right::Put, slice.svi, slice.forward, strike))},
                {u"above"_s, number(pricing::probabilityInTheMoney(Right::Call, slice.svi, slice.forward, strike))},
                {u"touch"_s,
                 number(pricing::probabilityOfTouch(slice.svi, report.spot, slice.forward, slice.years, strike))}});
        QJsonObject expiry{{u"years"_s, number(slice.years)},
                           {u"standard_deviation"_s, number(move.standardDeviation)},
                           {u"straddle"_s, number(move.straddle)},
                           {u"strikes"_s, strikes}};
        if (request.profit)
            expiry.insert(u"profit"_s, number(profitOf(slice, *request.profit)));
        out.append(expiry);
    }
    return out;
}

} // namespace vegadesk::cli
