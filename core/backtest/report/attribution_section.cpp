#include "backtest/report/attribution_section.h"

#include "backtest/report/html_parts.h"
#include "backtest/report/largest.h"
#include "backtest/report/svg_plots.h"
#include "base/escaped_text.h"

#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

using portfolio::ProfitParts;
using portfolio::ProfitSource;

constexpr std::size_t tradesShown = 25;

std::vector<ProfitSource> sourcesOf(const RunAttribution& attribution)
{
    std::vector<ProfitSource> used;
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i) {
        const auto source = static_cast<ProfitSource>(i);
        if (!attribution.other[source].isZero() ||
            std::ranges::any_of(attribution.trades,
                                [source](const TradeAttribution& trade) { return !trade.parts[source].isZero(); }))
            used.push_back(source);
    }
    return used;
}

std::string line(const std::string& name, const ProfitParts& parts, const std::vector<ProfitSource>& sources,
                 bool isSum = false)
{
    std::string out = fmt::format("<tr{}><td>{}</td>", isSum ? " class=\"sum\"" : "", name);
    for (const ProfitSource source : sources)
        out += fmt::format("<td>{}</td>", dollarText(parts[source].toDouble()));
    return out + fmt::format("<td>{}</td></tr>\n", dollarText(parts.total().toDouble()));
}

std::string tradesTable(const Report& report)
{
    const RunAttribution& attribution = report.attribution;
    const std::vector<ProfitSource> sources = sourcesOf(attribution);
    std::string header = "<tr><th>trade</th>";
    for (const ProfitSource source : sources)
        header += fmt::format("<th>{}</th>", portfolio::toText(source));
    header += "<th>profit</th></tr>";
    const auto profitOf = [&](std::size_t i) { return attribution.trades[i].parts.total().toDouble(); };
    const std::vector<std::size_t> places = largest(attribution.trades.size(), tradesShown, profitOf);
    std::string body;
    ProfitParts rest = attribution.total;
    for (const std::size_t place : places) {
        const TradeAttribution& trade = attribution.trades[place];
        const auto known = std::ranges::find(report.trades, trade.group, &Trade::group);
        body += line(known == report.trades.end() ? base::xmlText(trade.group) : dayText(known->openedAt), trade.parts,
                     sources);
        for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
            rest.parts[i] -= trade.parts.parts[i];
    }
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
        rest.parts[i] -= attribution.other.parts[i];
    if (const std::size_t left = attribution.trades.size() - places.size(); left > 0)
        body += line(fmt::format("{} smaller ones", left), rest, sources);
    if (!(attribution.other == ProfitParts{}))
        body += line("of no trade", attribution.other, sources);
    return table(header, body + line("net profit", attribution.total, sources, true));
}

/// What the strategy itself says the trades lived of.
std::string linesTable(const RunAttribution& attribution)
{
    if (attribution.lines.empty())
        return {};
    std::string body;
    for (const strategies::AttributionLine& each : attribution.lines)
        body += row({base::xmlText(each.what.english()), dollarText(each.amount.toDouble())});
    return "<div class=\"narrow\">" + table(row({"of the trades, as the strategy sees it", "dollars"}, "th"), body) +
           "</div>";
}

} // namespace

std::string attributionSection(const Report& report)
{
    const RunAttribution& attribution = report.attribution;
    if (attribution.trades.empty())
        return {};
    std::vector<PlotBar> bars;
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
        bars.push_back(
            {std::string(portfolio::toText(static_cast<ProfitSource>(i))), attribution.total.parts[i].toDouble()});
    bars.push_back({"net profit", attribution.total.total().toDouble()});
    std::string out = barPlot(bars, "Where the profit came from") + linesTable(attribution) + tradesTable(report);
    if (!(attribution.other == ProfitParts{}))
        out += smallText("Of no trade are interest, dividends and borrow.");
    if (attribution.unknownCount > 0)
        out +=
            smallText(fmt::format("{} positions lacked a mark or volatility at the end; what they made is unexplained.",
                                  attribution.unknownCount));
    return section("Where the profit came from", out);
}

} // namespace vegadesk::backtest
