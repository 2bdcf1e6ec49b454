#include "backtest/report/trades_csv.h"

#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

std::string csvLine(std::span<const std::string> cells)
{
    std::string line;
    for (const std::string& cell : cells) {
        if (&cell != &cells.front())
            line += ',';
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char letter : cell)
            line += letter == '"' ? std::string("\"\"") : std::string(1, letter);
        line += '"';
    }
    return line + "\r\n";
}

std::string tradesCsv(const Report& report)
{
    std::vector<std::string> header{"group",       "title",  "opened", "closed", "is_open",
                                    "exit_reason", "orders", "fees",   "profit"};
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
        header.push_back(fmt::format("from_{}", portfolio::toText(static_cast<portfolio::ProfitSource>(i))));
    std::string out = csvLine(header);
    for (std::size_t t = 0; t < report.trades.size(); ++t) {
        const Trade& trade = report.trades[t];
        std::vector<std::string> cells{trade.group,
                                       trade.title,
                                       base::formatInstant(trade.openedAt),
                                       trade.isOpen ? "" : base::formatInstant(trade.closedAt),
                                       trade.isOpen ? "yes" : "no",
                                       trade.exitReason,
                                       std::to_string(trade.orders),
                                       fmt::format("{:.2f}", trade.fees),
                                       std::isfinite(trade.profit) ? fmt::format("{:.2f}", trade.profit) : ""};
        for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
            cells.push_back(
                t < report.attribution.trades.size() ? report.attribution.trades[t].parts.parts[i].toString() : "");
        out += csvLine(cells);
    }
    return out;
}

} // namespace vegadesk::backtest
