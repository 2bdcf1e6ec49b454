#include "risk_report.h"

#include "market/symbols.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::cli
{

namespace
{

std::string money(double value)
{
    return std::isnan(value) ? std::string("not known") : fmt::format("{:.2f}", value);
}

std::string percent(double fraction, bool isSigned = true)
{
    if (std::isnan(fraction))
        return "not known";
    return isSigned ? fmt::format("{:+.0f} %", 100 * fraction) : fmt::format("{:.1f} %", 100 * fraction);
}

std::string greeksLine(const std::string& name, const desk::GreekSums& greeks, double betaDelta)
{
    std::string line = fmt::format("{:<18} {:>11} {:>14} {:>10} {:>11} {:>11} {:>14}", name, money(greeks.delta),
                                   money(greeks.dollarDelta),
                                   std::isnan(greeks.gamma) ? "not known" : fmt::format("{:.4f}", greeks.gamma),
                                   money(greeks.theta), money(greeks.vega), money(betaDelta));
    if (greeks.unknownCount > 0)
        line += fmt::format("  without {} not known", greeks.unknownCount);
    return line + '\n';
}

std::string exposureText(const RiskReport& report)
{
    const desk::ExposureView& view = report.exposure;
    std::string out = "\nGreeks: delta in shares and in dollars per 100 %, gamma in shares per dollar, theta in "
                      "dollars a day, vega in\n"
                      "dollars per volatility point, delta weighted by beta in dollars of " +
                      view.index + "\n";
    out += fmt::format("{:<18} {:>11} {:>14} {:>10} {:>11} {:>11} {:>14}\n", "", "delta", "dollar delta", "gamma",
                       "theta", "vega", "beta-weighted");
    for (const desk::ExposureUnderlying& each : view.underlyings) {
        out += greeksLine(each.underlying, each.greeks, each.betaDelta);
        for (const desk::ExposureRow& row : each.rows)
            out += greeksLine(row.expiry ? "  " + base::formatDate(*row.expiry) : std::string("  shares"), row.greeks,
                              row.betaDelta);
    }
    out += greeksLine("book", view.greeks, view.betaDelta);
    out += fmt::format("\nMargin in dollars of buying power taken\n{:<18} {:>14} {:>20} {:>10}\n", "", "Reg-T",
                       "portfolio, estimate", "beta");
    for (const desk::ExposureUnderlying& each : view.underlyings)
        out += fmt::format("{:<18} {:>14} {:>20} {:>10}\n", each.underlying, money(each.margin),
                           money(each.portfolioMargin), money(each.beta));
    return out + fmt::format("{:<18} {:>14} {:>20}\n", "book", money(view.margin), money(view.portfolioMargin));
}

std::string valueAtRiskText(const RiskReport& report)
{
    const desk::ValueAtRiskView& view = report.valueAtRisk;
    if (view.rows.empty())
        return "\nValue at risk: " + view.why + "\n";
    std::string out =
        fmt::format("\nValue at risk in dollars lost, {:.0f} % over {} day(s), by {} days of history\n"
                    "{:<20} {:>14} {:>14} {:>14}\n",
                    100 * view.level, view.horizonDays, view.historyDays, "", "at risk", "shortfall", "error");
    for (std::size_t i = 0; i < view.rows.size(); ++i) {
        const desk::ValueAtRiskRow& row = view.rows[i];
        out +=
            fmt::format("{:<20} {:>14} {:>14} {:>14}{}{}\n", row.id, money(row.valueAtRisk),
                        money(row.expectedShortfall), std::isnan(row.standardError) ? "none" : money(row.standardError),
                        i == view.shown ? "  the one that limits go by" : "", row.note.empty() ? "" : "  " + row.note);
    }
    for (const desk::RiskContribution& part : view.contributions)
        out += fmt::format("  of it {}: {}\n", part.underlying, money(part.valueAtRisk));
    for (const std::string& symbol : view.modelledVolatility)
        out += fmt::format("  volatilities of {} have no history: they are taken to follow its price\n", symbol);
    for (const std::string& left : view.leftOut)
        out += fmt::format("  left out: {} is not known\n", left);
    return out;
}

std::string stressText(const RiskReport& report)
{
    const desk::StressView& view = report.stress;
    if (!view.why.empty())
        return "\nStress: " + view.why + "\n";
    std::string out =
        "\nStress: dollars gained (below 0 lost), by the move of spots (across) and of volatilities (down)\n";
    for (std::size_t day = 0; day < view.days.size(); ++day) {
        out += view.days[day] == 0 ? std::string("at once\n") : fmt::format("{} day(s) later\n", view.days[day]);
        out += fmt::format("{:>8}", "");
        for (const double move : view.spotMoves)
            out += fmt::format(" {:>10}", percent(move));
        out += '\n';
        for (std::size_t volatility = 0; volatility < view.volatilityMoves.size(); ++volatility) {
            out += fmt::format("{:>8}", percent(view.volatilityMoves[volatility]));
            for (std::size_t spot = 0; spot < view.spotMoves.size(); ++spot)
                out += fmt::format(" {:>10.0f}", view.profit(day, volatility, spot));
            out += '\n';
        }
    }
    out += fmt::format(
        "worst cell: {} gained with spots {}, volatilities {}, {} day(s) later; closing there across the spread: {}\n",
        money(view.worst.profit), percent(view.spotMoves[view.worst.spot]),
        percent(view.volatilityMoves[view.worst.volatility]), view.days[view.worst.day], money(view.liquidation));
    for (const desk::StressLeg& leg : view.worstLegs)
        out += fmt::format("  {:<24} {:>14}\n", market::contractName(leg.symbol), money(leg.profit));
    out += std::isnan(report.netLiquidation) ? std::string()
           : !view.isMarginCallKnown         ? std::string("margin call: not known\n")
           : std::isnan(view.marginCallMove)
               ? std::string("margin call: none within 50 % either way\n")
               : fmt::format("margin call: with spots {:+.1f} %\n", 100 * view.marginCallMove);
    out += "days of the past, dollars gained\n";
    for (const desk::HistoricalStress& each : view.historical)
        out += fmt::format("  {:<28} spots {:+.1f} %, volatilities {:+.0f} %: {}\n", each.title, 100 * each.spotMove,
                           100 * each.volatilityMove, money(each.profit));
    for (const std::string& left : view.leftOut)
        out += fmt::format("  left out: {} is not known\n", left);
    return out;
}

std::string limitsText(const RiskReport& report)
{
    const std::string title = fmt::format("\nLimits of the tolerance {}", risk::toText(report.tolerance));
    if (report.limits.empty())
        return title + ": not measured without net_liquidation in the file\n";
    std::string out = title + "\n";
    for (const RiskLimit& each : report.limits) {
        const bool isMultiple = each.id == "leverage";
        const auto shown = [&](double value) {
            return isMultiple && !std::isnan(value) ? fmt::format("{:.2f}x", value) : percent(value, false);
        };
        out += fmt::format("{:<18} {:>10} of {:>8}{}{}\n", each.id, shown(each.value), shown(each.limit),
                           each.value > each.limit ? "  beyond" : "",
                           each.id == "stress" ? "  (every spot 15 % lower, volatilities half as high again)" : "");
    }
    return out;
}

} // namespace

std::string toText(const RiskReport& report)
{
    std::string out = fmt::format("{} at {}, net liquidation {}\n", report.source, base::formatInstant(report.at),
                                  money(report.netLiquidation));
    for (const HistoryDays& history : report.history)
        out += toText(history) + '\n';
    for (const std::string& warning : report.warnings)
        out += "warning: " + warning + '\n';
    return out + exposureText(report) + valueAtRiskText(report) + stressText(report) + limitsText(report);
}

} // namespace vegadesk::cli
