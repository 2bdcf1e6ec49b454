#include "backtest/honesty.h"

#include "backtest/realism_report.h"
#include "backtest/signal_days.h"
#include "backtest/trials.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

namespace vegadesk::backtest
{

std::vector<std::string> honestyOf(const Report& report)
{
    const auto percent = [](double fraction) { return 100 * fraction; };
    const auto dollars = [](double value) { return fmt::format("{}${:.2f}", value < 0 ? "-" : "", std::abs(value)); };
    const execution::FillSettings& fills = report.config.fills;
    std::vector<std::string> lines;
    if (report.isSimulated)
        lines.push_back(
            fmt::format("Prices are not anybody's market: {}. The result says nothing about a real one.", report.data));
    std::ranges::move(signalSentences(report.config, report.first, report.last), std::back_inserter(lines));
    lines.push_back(sentenceOf(report.trials, report.metric("deflated_sharpe")));
    lines.push_back(fmt::format("Fills take {:.0f} % of the half-spread from the mid and {:.2f} % of the price on top; "
                                "{} at the mid.",
                                percent(fills.spreadFraction), percent(fills.slippage),
                                fills.spreadFraction > 0 ? "0 % are" : "all are"));
    lines.push_back(fmt::format("Paid: {} for spreads, {} assumed slippage, {} fees (regulatory ones are "
                                "estimates).",
                                dollars(report.costs.spread), dollars(report.costs.slippage),
                                dollars(report.costs.fees)));
    lines.push_back(
        fmt::format("{:.2f} % of {} option quotes were flagged ({} had one side only or none, {} were crossed or "
                    "invalid); nothing fills on those.",
                    report.quotes.asked > 0
                        ? percent(static_cast<double>(report.quotes.flagged) / static_cast<double>(report.quotes.asked))
                        : 0.0,
                    report.quotes.asked, report.quotes.oneSided, report.quotes.flagged - report.quotes.oneSided));
    if (report.trades.empty()) {
        for (const NoEntryCount& each : report.noEntries)
            lines.push_back(fmt::format("No trade, {} of {} times: {}.", each.times, report.snapshots, each.reason));
        if (report.noEntries.empty() && report.metric("refusals") > 0)
            lines.emplace_back("No trade: every entry was refused; the decisions say why.");
    }
    const auto ratio = [](double value) { return std::isfinite(value) ? fmt::format("{:.2f}", value) : "not known"; };
    for (const SensitivityRow& row : report.sensitivity)
        lines.push_back(fmt::format("At {:.0f} % of the spread{}: net profit {}, Sharpe {}, {} trades.",
                                    percent(row.spreadFraction), passiveWords(row, fills), dollars(row.netProfit),
                                    ratio(row.sharpe), row.trades));
    std::ranges::move(realismSentences(report), std::back_inserter(lines));
    return lines;
}

} // namespace vegadesk::backtest
