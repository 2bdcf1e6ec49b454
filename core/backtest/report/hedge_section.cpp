#include "backtest/report/hedge_section.h"

#include "backtest/report/html_parts.h"
#include "backtest/report/largest.h"
#include "backtest/report/svg_plots.h"
#include "base/escaped_text.h"

#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

using portfolio::HedgedProfit;
using portfolio::HedgeEvent;
using portfolio::HedgeLedger;
using portfolio::HedgeRow;

constexpr std::size_t ledgersShown = 25; ///< a line each
constexpr std::size_t detailsShown = 3;  ///< with their hedges
constexpr std::size_t eventsShown = 40;  ///< of each of those

constexpr auto about = "One line a hedged trade, the same cash by two accounts. By the books: what the marks of the "
                       "options and of the shares moved, "
                       "what was settled, and what trading and fees cost. By the reasons: gamma earns ½ Γ ΔS² and pays "
                       "theta for it, delta is what "
                       "was not hedged, and the residual (vega, higher order, unexplained) is what that identity does "
                       "not hold. Financing, the "
                       "interest on what the position ties up, is in the reasons, but moves no cash of the trade.";

struct Line {
    std::string name;
    HedgedProfit total;
    double trade = 0; ///< profit as the account has it

    double tie() const { return total.profit() - total.financing - trade; }
};

std::string rowOrSum(bool isSum, std::initializer_list<std::string> cells)
{
    return isSum ? sumRow(cells) : row(cells);
}

std::string bookLine(const Line& line, bool isSum)
{
    const HedgedProfit& of = line.total;
    return rowOrSum(isSum, {line.name, dollarText(of.options), dollarText(of.hedges), dollarText(of.settlements),
                            dollarText(of.costs), dollarText(of.profit() - of.financing), dollarText(line.trade),
                            dollarText(line.tie())});
}

std::string reasonLine(const Line& line, bool isSum)
{
    const HedgedProfit& of = line.total;
    return rowOrSum(isSum, {line.name, dollarText(of.gamma), dollarText(of.theta), dollarText(of.scalped()),
                            dollarText(of.delta), dollarText(of.residual()), dollarText(of.settlements + of.costs),
                            dollarText(of.explained()), dollarText(of.financing)});
}

std::vector<Line> linesOf(const Report& report)
{
    std::vector<Line> lines;
    for (const HedgeLedger& ledger : report.hedgeLedgers) {
        const auto trade = std::ranges::find(report.trades, ledger.group(), &Trade::group);
        const bool isKnown = trade != report.trades.end();
        lines.push_back({isKnown ? dayText(trade->openedAt) : base::xmlText(ledger.group()), ledger.total(),
                         isKnown ? trade->profit : market::unknown});
    }
    return lines;
}

std::string sums(const std::vector<Line>& lines)
{
    const std::vector<std::size_t> places =
        largest(lines.size(), ledgersShown, [&](std::size_t i) { return lines[i].trade; });
    Line all{"all", {}, 0}, rest;
    rest.name = fmt::format("{} smaller ones", lines.size() - places.size());
    std::string books, reasons;
    auto next = places.begin();
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool isShown = next != places.end() && *next == i;
        next += isShown ? 1 : 0;
        for (Line* const sum : {&all, isShown ? nullptr : &rest}) {
            if (!sum)
                continue;
            sum->total += lines[i].total;
            sum->trade += lines[i].trade;
        }
        if (isShown) {
            books += bookLine(lines[i], false);
            reasons += reasonLine(lines[i], false);
        }
    }
    if (places.size() < lines.size()) {
        books += bookLine(rest, false);
        reasons += reasonLine(rest, false);
    }
    return table(row({"by the books", "options", "shares", "settlements", "costs", "sum", "the trade's profit",
                      "difference"},
                     "th"),
                 books + bookLine(all, true)) +
           table(row({"by the reasons", "gamma", "theta", "both", "delta", "residual", "settlements, costs", "sum",
                      "financing in it"},
                     "th"),
                 reasons + reasonLine(all, true));
}

std::string decimals(double value, int count)
{
    return std::isfinite(value) ? fmt::format("{:.{}f}", value, count) : std::string();
}

std::string tradedText(const HedgeRow& row)
{
    if (row.event == HedgeEvent::Mark)
        return {};
    return base::xmlText(fmt::format("{:+g} {} at {}", row.quantity, row.symbol, decimals(row.price, 2)));
}

std::string eventRow(const HedgeRow& each, const HedgedProfit& step)
{
    std::string words(portfolio::toText(each.event));
    if (!each.reason.empty())
        words += ": " + each.reason;
    return fmt::format("<tr><td>{}</td><td class=\"words\">{}</td><td class=\"words\">{}</td><td>{}</td><td>{}</td>"
                       "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                       base::formatInstant(each.at).substr(0, 16), base::xmlText(words), tradedText(each),
                       decimals(each.spot, 2), decimals(each.deltaBefore, 1), decimals(each.deltaAfter, 1),
                       decimals(each.band, 1), dollarText(step.profit()), dollarText(step.scalped()),
                       dollarText(step.residual()));
}

/// The trade's events, the largest ones where they are many; what the others and the marks between made is in the row after.
std::string events(const std::string& name, const HedgeLedger& ledger)
{
    const std::vector<HedgeRow>& rows = ledger.rows();
    const auto traded = [&](std::size_t i) {
        const HedgeRow& each = rows[i];
        if (each.event == HedgeEvent::Hedge)
            return each.quantity;
        return each.event == HedgeEvent::Mark ? 0.0 : 1e12; // the options' own trades are few and come first
    };
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(rows, [](const HedgeRow& each) { return each.event != HedgeEvent::Mark; }));
    const std::vector<std::size_t> places = largest(rows.size(), std::min(count, eventsShown), traded);
    std::string body;
    HedgedProfit since;
    auto next = places.begin();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        since += rows[i].step;
        const bool isLast = i + 1 == rows.size();
        if ((next != places.end() && *next == i) || isLast) {
            next += next != places.end() && *next == i ? 1 : 0;
            body += eventRow(rows[i], since);
            since = {};
        }
    }
    const HedgedProfit& all = ledger.total();
    body += fmt::format("<tr class=\"sum\"><td colspan=\"7\">all</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                        dollarText(all.profit()), dollarText(all.scalped()), dollarText(all.residual()));
    const std::string note =
        count > eventsShown
            ? fmt::format("The {} largest of {} events; what the others made, and the {} marks, is in the row after.",
                          eventsShown, count, rows.size() - count)
            : fmt::format("What the {} marks between made is in the row after.", rows.size() - count);
    return fmt::format("<h3>Opened on {}</h3>\n", name) + smallText(note) +
           table("<tr><th>UTC</th><th class=\"words\">event</th><th class=\"words\">traded</th><th>spot</th><th>delta "
                 "before</th><th>after</th><th>band</th><th>profit, financed</th><th>gamma and "
                 "theta</th><th>residual</th></tr>",
                 body);
}

} // namespace

std::string hedgeSection(const Report& report)
{
    if (report.hedgeLedgers.empty())
        return {};
    const std::vector<Line> lines = linesOf(report);
    std::string out = smallText(about) + sums(lines);
    for (const std::size_t place : largest(lines.size(), detailsShown, [&](std::size_t i) { return lines[i].trade; }))
        out += events(lines[place].name, report.hedgeLedgers[place]);
    return section("Hedge ledgers", out);
}

} // namespace vegadesk::backtest
