#include "backtest/report/html_report.h"

#include "backtest/report/attribution_section.h"
#include "backtest/report/hedge_section.h"
#include "backtest/report/html_parts.h"
#include "backtest/report/svg_plots.h"
#include "backtest/trials.h"
#include "base/escaped_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace vegadesk::backtest
{

namespace
{

constexpr std::size_t tradesShown = 500;
constexpr std::size_t periodsShown = 5;

constexpr auto style = R"(
:root { color-scheme: light dark; }
body { font: 15px/1.45 sans-serif; max-width: 1080px; margin: 2em auto; padding: 0 1em; }
h1 { margin-bottom: 0; } h2 { margin-top: 2em; border-bottom: 1px solid #7a7f8760; }
table { border-collapse: collapse; width: 100%; } .narrow table { width: auto; }
th, td { padding: 3px 9px; text-align: right; font-variant-numeric: tabular-nums; }
th:first-child, td:first-child, td.words, th.words { text-align: left; }
td { white-space: nowrap; } td.words { white-space: normal; } .scroll { margin-bottom: 1em; }
tr.sum td { border-top: 1px solid #7a7f87; font-weight: bold; }
h3 { margin: 1.6em 0 .3em; font-size: 1em; }
thead th { border-bottom: 1px solid #7a7f87; } tbody tr:nth-child(even) { background: #7a7f8714; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px; margin: 1.2em 0; }
.cards div { border: 1px solid #7a7f8760; border-radius: 6px; padding: 8px 10px; }
.cards b { display: block; font-size: 1.25em; } .cards span, .small { color: #7a7f87; font-size: .88em; }
.simulated { border: 1px solid #c98a1b; border-radius: 6px; padding: 8px 12px; }
.halves { display: grid; grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); gap: 0 3em; align-items: start; }
svg { width: 100%; height: auto; } .scroll { overflow-x: auto; }
@media print { body { margin: 0; } }
)";

std::string cards(const Report& report)
{
    static constexpr std::array<std::pair<const char*, const char*>, 10> chosen{
        {{"net_profit", "net profit"},
         {"cagr", "growth a year"},
         {"sharpe", "Sharpe ratio"},
         {"deflated_sharpe", "deflated Sharpe"},
         {"sortino", "Sortino ratio"},
         {"max_drawdown", "worst drawdown"},
         {"trades", "closed trades"},
         {"win_rate", "won"},
         {"profit_factor", "profit factor"},
         {"return_on_max_buying_power", "on most buying power"}}};
    std::string out = "<div class=\"cards\">\n";
    for (const auto& [id, name] : chosen) {
        const auto found = std::ranges::find(report.metrics, id, &Metric::id);
        if (found != report.metrics.end())
            out += fmt::format("<div><span>{}</span><b>{}</b></div>\n", name, shown(found->value, found->unit));
    }
    return out + "</div>\n";
}

std::string curves(const Report& report)
{
    std::vector<PlotPoint> equity, falls;
    for (std::size_t i = 0; i < report.equity.size(); ++i) {
        equity.push_back({report.equity[i].at, report.equity[i].equity});
        falls.push_back({report.equity[i].at, i < report.drawdown.size() ? report.drawdown[i] : market::unknown});
    }
    return section("Equity, open options marked to market", timePlot(equity, PlotUnit::Dollars, false, "Equity")) +
           section("Drawdown from the high before", timePlot(falls, PlotUnit::Percent, true, "Drawdown"));
}

std::string months(const Report& report)
{
    std::map<int, std::array<double, 13>> years; // the twelve months and the year; NaN: no day in it
    for (const PeriodProfit& month : profitByMonth(report.equity)) {
        const std::chrono::year_month_day date(month.first);
        auto& cells = years.try_emplace(static_cast<int>(date.year())).first->second;
        if (cells[12] == 0 && cells[0] == 0)
            std::fill(cells.begin(), cells.end() - 1, market::unknown);
        cells[static_cast<unsigned>(date.month()) - 1] = month.fraction;
        cells[12] = (1 + cells[12]) * (1 + month.fraction) - 1;
    }
    std::string body;
    for (const auto& [year, cells] : years) {
        body += fmt::format("<tr><td>{}</td>", year);
        for (const double cell : cells) {
            // Deeper colour for more, and the sign beside it: colour says nothing alone.
            const int depth = std::isfinite(cell) ? std::min(99, 12 + static_cast<int>(std::abs(cell) * 900)) : 0;
            body += std::isfinite(cell) ? fmt::format("<td style=\"background:{}{:02d}\">{:+.2f}</td>",
                                                      cell < 0 ? "#d0553f" : "#2f9e6e", depth, 100 * cell)
                                        : std::string("<td></td>");
        }
        body += "</tr>\n";
    }
    if (body.empty())
        return {};
    return section("Months, % of the equity before", table(row({"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                                                                "Aug", "Sep", "Oct", "Nov", "Dec", "Year"},
                                                               "th"),
                                                           body));
}

std::string figures(const Report& report)
{
    std::string halves;
    const std::size_t half = (report.metrics.size() + 1) / 2;
    for (std::size_t from = 0; from < report.metrics.size(); from += half) {
        std::string body;
        for (std::size_t i = from; i < std::min(from + half, report.metrics.size()); ++i)
            body += row({report.metrics[i].id, shown(report.metrics[i].value, report.metrics[i].unit)});
        halves += table(row({"figure", "value"}, "th"), body);
    }
    const Bootstrap& drawn = report.bootstrap;
    std::string intervals;
    if (std::isfinite(drawn.sharpe.low)) {
        intervals = row({"Sharpe ratio", shown(report.metric("sharpe"), "ratio"), shown(drawn.sharpe.low, "ratio"),
                         shown(drawn.sharpe.high, "ratio")}) +
                    row({"worst drawdown", percentText(report.metric("max_drawdown")),
                         percentText(drawn.maxDrawdown.low), percentText(drawn.maxDrawdown.high)}) +
                    row({"profit factor", shown(report.metric("profit_factor"), "ratio"),
                         shown(drawn.profitFactor.low, "ratio"), shown(drawn.profitFactor.high, "ratio")});
        intervals = fmt::format(
            "<p class=\"small\">5th and 95th percentile of {} draws by the stationary bootstrap, in blocks of {:.0f} "
            "days on average (the holding period), seed {}.</p>\n{}",
            drawn.settings.draws, drawn.settings.meanBlock, drawn.settings.seed,
            table(row({"", "this run", "5 %", "95 %"}, "th"), intervals));
    }
    return section("How far the figures can be relied on", intervals) +
           section("All figures", halves.empty() ? halves : "<div class=\"halves\">" + halves + "</div>\n");
}

std::string sensitivity(const Report& report)
{
    std::string body;
    for (const SensitivityRow& each : report.sensitivity)
        body += row({percentText(each.spreadFraction, 0), dollarText(each.netProfit), shown(each.sharpe, "ratio"),
                     std::to_string(each.trades)});
    return body.empty() ? body
                        : section("The same run at other parts of the spread",
                                  table(row({"spread paid", "net profit", "Sharpe ratio", "trades"}, "th"), body));
}

std::string basket(const Report& report)
{
    std::string body;
    for (const BasketEntry& name : report.basket)
        body += row({base::xmlText(name.underlying), percentText(name.weight)});
    return section(
        "Traded beside the index",
        body.empty() ? body : "<div class=\"narrow\">" + table(row({"name", "weight in it"}, "th"), body) + "</div>");
}

std::string tails(const Report& report)
{
    std::string body;
    const auto add = [&](const char* name, const std::vector<PeriodProfit>& periods) {
        for (const PeriodProfit& period : periods)
            body += row({name,
                         base::formatDate(period.first) +
                             (period.first == period.last ? "" : " to " + base::formatDate(period.last)),
                         dollarText(period.profit), percentText(period.fraction)});
    };
    add("day", worst(profitByDay(report.equity), periodsShown));
    add("week", worst(profitByWeek(report.equity), periodsShown));
    add("month", worst(profitByMonth(report.equity), periodsShown));
    std::string regimes;
    std::size_t days = 0;
    double profit = 0;
    for (const RegimeProfit& band : report.regimes) {
        regimes += row({band.name, std::to_string(band.days), dollarText(band.profit)});
        days += band.days;
        profit += band.profit;
    }
    if (!regimes.empty())
        regimes += sumRow({"all", std::to_string(days), dollarText(profit)});
    return section("Worst periods",
                   body.empty() ? body : table(row({"", "when", "profit", "of the equity before"}, "th"), body)) +
           section("By volatility: what options of 30 days implied the evening before",
                   regimes.empty() ? regimes
                                   : "<div class=\"narrow\">" +
                                         table(row({"implied", "days", "profit"}, "th"), regimes) + "</div>");
}

std::string trades(const Report& report)
{
    if (report.trades.empty())
        return section("Trades", "<p>None.</p>\n");
    std::vector<double> profits;
    for (const Trade& trade : report.trades)
        profits.push_back(trade.profit);
    std::string body;
    const std::size_t skipped = report.trades.size() > tradesShown ? report.trades.size() - tradesShown : 0;
    for (std::size_t i = skipped; i < report.trades.size(); ++i) {
        const Trade& trade = report.trades[i];
        body += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"words\">{}</td><td "
                            "class=\"words\">{}</td></tr>\n",
                            dayText(trade.openedAt), trade.isOpen ? "open" : dayText(trade.closedAt),
                            dollarText(trade.profit), dollarText(trade.fees), base::xmlText(trade.title),
                            base::xmlText(trade.isOpen ? "open at the end" : trade.exitReason));
    }
    std::string note;
    if (skipped > 0)
        note = fmt::format("<p class=\"small\">The last {} of {}; the others are in the CSV.</p>\n", tradesShown,
                           report.trades.size());
    return section("Profit of trades", distributionPlot(profits, "Profit of trades")) +
           section(
               "Trades",
               note +
                   table("<tr><th>opened</th><th>closed</th><th>profit</th><th>fees</th><th class=\"words\">what</th>"
                         "<th class=\"words\">why it was left</th></tr>",
                         body));
}

std::string assumptions(const Report& report)
{
    std::string body;
    for (const Setting& setting : settingsOf(report.config))
        body += row({base::xmlText(setting.name), base::xmlText(setting.value), base::xmlText(setting.unit)});
    body += row({"data", base::xmlText(report.data), ""}) + row({"data hash", report.dataHash, ""}) +
            row({"decision hash", report.decisionHash, ""});
    std::string lines = "<ul>\n";
    for (const std::string& line : report.honesty)
        lines += "<li>" + base::xmlText(line) + "</li>\n";
    return section("To keep in mind", lines + "</ul>\n") +
           section("Assumptions",
                   "<div class=\"narrow\">" + table(row({"setting", "value", ""}, "th"), body) + "</div>");
}

} // namespace

std::string htmlReport(const Report& report)
{
    const std::string title = fmt::format("{} on {}", report.config.strategy, report.underlying);
    std::string out =
        fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                    "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
                    base::xmlText(title), style);
    out += fmt::format("<h1>{}</h1>\n<p class=\"small\">{} to {}{}, {} snapshots of {}, {} contract quotes</p>\n",
                       base::xmlText(title), base::formatDate(report.first), base::formatDate(report.last),
                       report.isCancelled ? " (cancelled)" : "", report.snapshots, base::xmlText(report.data),
                       report.contractRows);
    if (report.isSimulated)
        out += "<p class=\"simulated\">Simulated market: these prices are nobody's.</p>\n";
    out += cards(report) + curves(report) + months(report) + sensitivity(report) + figures(report) +
           attributionSection(report) + basket(report) + hedgeSection(report) + tails(report) + trades(report) +
           assumptions(report);
    return out + "</body>\n</html>\n";
}

} // namespace vegadesk::backtest
